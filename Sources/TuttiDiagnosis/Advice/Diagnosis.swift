/// What a program does with its time, what to change, and what that would gain.
public struct Diagnosis: Sendable {
    /// A stretch of time, or several of the same verdict.
    public struct Finding: Sendable {
        /// What the program does.
        public let verdict: Verdict
        /// The sums that say so.
        public let slice: Slice
        /// What would change it.
        public let remedy: Remedy
        /// What that would gain.
        public let prediction: Prediction
        /// What was seen, in a few words.
        public let seen: String
    }

    /// What was diagnosed.
    public let recording: Recording
    /// All of it as one.
    public let whole: Finding
    /// Stretches that follow each other.
    public let phases: [Finding]
    /// The phases, those of the same verdict together, in the order of their first.
    public let rows: [Finding]
    /// The slices that the phases are made of.
    public let slices: [Slice]

    /// Diagnoses a recording.
    public init(_ recording: Recording) {
        self.recording = recording
        let slices = recording.folded + Sweep.slices(of: recording)
        self.slices = slices
        let total = slices.reduce(0) { $0 + $1.wall }
        func finding(_ part: ArraySlice<Slice>) -> Finding? {
            guard let sum = Slice.sum(part) else { return nil }
            // Slices in which nothing is asked for say nothing about looks.
            let looks: Int? =
                recording.source == .switches || total == 0
                ? nil : Int(Double(recording.looks) * sum.wall / total)
            let verdict = Rules(
                slice: sum, isUnbalanced: Balance(part, of: recording).isUnbalanced,
                isLedByOneThread: sum.isLedByOneThread(of: recording), looks: looks
            ).verdict
            return Finding(verdict, sum, recording)
        }
        let cuts = Self.withTails(Phases.cut(slices), of: slices, recording)
        let phases = cuts.compactMap { finding(slices[$0]) }
        self.phases = Self.joined(phases, recording)
        rows = Self.rows(of: self.phases, recording)
        let sum = self.phases.dropFirst().reduce(self.phases.first?.prediction) { sum, phase in
            sum.map { $0 + phase.prediction }
        }
        whole =
            finding(slices[...])?.with(sum)
            ?? Finding(
                .unsure(.tooShort), Slice(start: 0, end: 0, cores: max(1, recording.processors)),
                recording)
    }

    /// Quiet seconds that the program takes now.
    public var now: Double { whole.prediction.now }
    /// Quiet seconds that it could take.
    public var after: Double { whole.prediction.after }
    /// How many times faster that is.
    public var gain: Double { after > 0 ? now / after : 1 }

    /// A phase in which all compute, and the one in which one of them goes on alone, are one.
    private static func withTails(
        _ cuts: [Range<Int>], of slices: [Slice], _ recording: Recording
    ) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for cut in cuts {
            if let last = joined.last, last.upperBound == cut.lowerBound,
                let sum = Slice.sum(slices[cut]), sum.fullShare < 0.5, sum.idleShare < 0.5,
                Balance(slices[last.lowerBound..<cut.upperBound], of: recording)
                    .isUnbalanced
            {
                joined[joined.count - 1] = last.lowerBound..<cut.upperBound
            } else {
                joined.append(cut)
            }
        }
        return joined
    }

    /// Neighbours with the same verdict become one.
    private static func joined(_ phases: [Finding], _ recording: Recording) -> [Finding] {
        var joined: [Finding] = []
        for phase in phases {
            if let last = joined.last, last.verdict == phase.verdict {
                joined[joined.count - 1] = last.joined(with: phase, recording)
            } else {
                joined.append(phase)
            }
        }
        return joined
    }

    private static func rows(of phases: [Finding], _ recording: Recording) -> [Finding] {
        var rows: [Finding] = []
        for phase in phases {
            if let place = rows.firstIndex(where: { $0.verdict == phase.verdict }) {
                rows[place] = rows[place].joined(with: phase, recording)
            } else {
                rows.append(phase)
            }
        }
        return rows
    }
}

extension Diagnosis.Finding {
    init(_ verdict: Verdict, _ slice: Slice, _ recording: Recording) {
        let busiest = slice.processorTime.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        let name =
            recording.threads.indices.contains(busiest) ? recording.threads[busiest].name : ""
        let advisor = Advisor(
            verdict: verdict, slice: slice, program: Program(name: name),
            alone: slice.busiestProcess(of: recording))
        self.init(
            verdict: verdict, slice: slice, remedy: advisor.remedy, prediction: advisor.prediction,
            seen: Sight(verdict: verdict, slice: slice, program: Program(name: name)).sentence)
    }

    fileprivate func joined(with other: Self, _ recording: Recording) -> Self {
        var sum = slice
        sum += other.slice
        return Self(verdict, sum, recording).with(prediction + other.prediction)
    }

    fileprivate func with(_ prediction: Prediction?) -> Self {
        Self(
            verdict: verdict, slice: slice, remedy: remedy,
            prediction: prediction ?? self.prediction, seen: seen)
    }
}
