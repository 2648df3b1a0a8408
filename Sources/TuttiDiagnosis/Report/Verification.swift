/// What a program took with one, two and more workers, beside what was predicted from one.
public struct Verification: CustomStringConvertible {
    /// Without line ends.
    public let lines: [String]

    /// The lines with their ends.
    public var description: String { lines.map { $0 + "\n" }.joined() }

    /// Sets the runs beside the predictions that follow from the one with the fewest workers.
    public init(_ runs: [(jobs: Int, diagnosis: Diagnosis)]) {
        let runs = runs.sorted { $0.jobs < $1.jobs }
        guard let first = runs.first else {
            lines = []
            return
        }
        var lines = ["Jobs, measured, and predicted from \(first.jobs):"]
        for run in runs {
            var line = "  \(run.jobs): \(Figure.seconds(run.diagnosis.now))"
            if run.jobs > first.jobs {
                let prediction = first.diagnosis.predicted(jobs: run.jobs)
                let error = prediction.after / max(run.diagnosis.now, 1e-12) - 1
                line +=
                    ", \(prediction.isBound ? "at best" : "about") "
                    + "\(Figure.seconds(prediction.after)) "
                    + "(\(error < 0 ? "-" : "+")\(Figure.percent(abs(error))))"
            }
            lines.append(line + ", \(run.diagnosis.whole.verdict.inSentence).")
        }
        self.lines = lines
    }
}

extension Diagnosis {
    /// What the program would take if as many workers shared its waits and its computing.
    func predicted(jobs: Int) -> Prediction {
        let predictions = phases.map { phase in
            Advisor(
                verdict: phase.verdict, slice: phase.slice, program: Program(name: ""),
                alone: phase.slice.busiestProcess(of: recording), jobs: jobs
            )
            .prediction
        }
        return predictions.dropFirst().reduce(predictions.first ?? whole.prediction, +)
    }
}
