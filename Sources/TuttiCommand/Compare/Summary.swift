import CompareReport
import Tutti
import TuttiDiagnosis

/// Turns the measurements of a plan into what is shown: medians, speed-ups, checked digests.
struct Summary {
    let plan: Plan
    let results: [Plan.Step: RunRecorder.Run]

    var findings: Findings {
        var findings = Findings(
            comparison: Comparison(cores: Processors.usable.count, workloads: []))
        for workload in plan.workloads {
            var rounds: [ExecutorName: [Measurement]] = [:]
            for executor in plan.executors {
                rounds[executor] = self.rounds(of: workload, on: executor)
            }
            let measured = plan.executors.filter { rounds[$0]?.isEmpty == false }
            guard !measured.isEmpty else { continue }
            let baseline = median(
                figures(of: workload, on: .inOrder).map(\.wallSeconds))
            findings.comparison.workloads.append(
                WorkloadResult(
                    name: workload.rawValue, jobs: plan.jobs(of: workload),
                    runs: measured.map { executor in
                        row(
                            of: figures(of: workload, on: executor), on: executor,
                            baseline: baseline)
                    }))
            findings.captions[workload.rawValue] = workload.caption(
                count: plan.jobs(of: workload), delay: plan.delay)
            findings.runs += measured.compactMap { drawn(workload, on: $0) }
            findings.problems += wrongDigests(of: workload, rounds: rounds)
        }
        return findings
    }

    private func rounds(of workload: WorkloadName, on executor: ExecutorName) -> [Measurement] {
        runs(of: workload, on: executor).map(\.measurement)
    }

    private func runs(of workload: WorkloadName, on executor: ExecutorName) -> [RunRecorder.Run] {
        (0..<plan.rounds).compactMap {
            results[Plan.Step(round: $0, workload: workload, executor: executor)]
        }
    }

    /// What the figures are taken from: to be recorded slows many threads by some per cent, so
    /// rounds that were not are preferred.
    private func figures(of workload: WorkloadName, on executor: ExecutorName) -> [Measurement] {
        let runs = runs(of: workload, on: executor)
        let undisturbed = runs.filter { $0.recording == nil }
        return (undisturbed.isEmpty ? runs : undisturbed).map(\.measurement)
    }

    private func row(
        of rounds: [Measurement], on executor: ExecutorName, baseline: Double?
    ) -> RunResult {
        func middle(_ figure: (Measurement) -> Double) -> Double { median(rounds.map(figure)) ?? 0 }
        let wall = middle(\.wallSeconds)
        return RunResult(
            executor: executor.rawValue,
            wall: wall,
            cpu: middle(\.usage.cpuSeconds),
            speedup: baseline.map { $0 / wall },
            coresUsed: middle { $0.usage.cpuSeconds / $0.wallSeconds },
            inFlightMean: middle(\.inFlight.mean),
            inFlightMax: Int(middle { Double($0.inFlight.most) }),
            voluntarySwitches: Int(middle { Double($0.usage.voluntarySwitches) }),
            involuntarySwitches: Int(middle { Double($0.usage.involuntarySwitches) }),
            peakMemory: middle { Double($0.usage.peakMemoryBytes) / 1_048_576 },
            digest: rounds.first?.digest ?? "")
    }

    private func drawn(_ workload: WorkloadName, on executor: ExecutorName) -> RecordedRun? {
        let run = runs(of: workload, on: executor).first { $0.recording != nil }
        guard let run, let recording = run.recording else { return nil }
        return RecordedRun(
            workload: workload.rawValue, executor: executor.rawValue,
            diagnosis: Diagnosis(recording), gap: run.gap)
    }

    private func median(_ numbers: [Double]) -> Double? {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Every round of every executor must give the same results.
    private func wrongDigests(
        of workload: WorkloadName, rounds: [ExecutorName: [Measurement]]
    ) -> [String] {
        let digests = plan.executors.flatMap { executor in
            (rounds[executor] ?? []).map { (executor, $0.digest) }
        }
        guard let right = Self.rightDigest(digests) else { return [] }
        var wrong: [ExecutorName] = []
        for (executor, digest) in digests where digest != right && !wrong.contains(executor) {
            wrong.append(executor)
        }
        return wrong.map { executor in
            """
            \(workload.rawValue): \(executor.rawValue) gave other results than the rest. \
            This is a bug in Tutti: please report it with the output of --json.
            """
        }
    }

    /// What running in order gave, or else what most runs gave.
    static func rightDigest(_ digests: [(ExecutorName, String)]) -> String? {
        if let first = digests.first(where: { $0.0 == .inOrder }) { return first.1 }
        let counts = Dictionary(digests.map { ($0.1, 1) }, uniquingKeysWith: +)
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
