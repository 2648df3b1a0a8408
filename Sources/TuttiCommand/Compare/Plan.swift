import Tutti

/// What is to be measured.
struct Plan: Sendable {
    let workloads: [WorkloadName]
    let executors: [ExecutorName]
    let count: Int?
    let delay: Int
    let rounds: Int
    let port: Int
    let framesFolder: String?
    /// Whether the first round is recorded, for the page.
    let isRecorded: Bool

    /// One run among those of the plan.
    struct Step: Hashable, Sendable {
        let round: Int
        let workload: WorkloadName
        let executor: ExecutorName
    }

    /// All runs, interleaved: what disturbs the machine for a while disturbs all executors.
    var steps: [Step] {
        (0..<rounds).flatMap { round in
            workloads.flatMap { workload in
                executors.map { Step(round: round, workload: workload, executor: $0) }
            }
        }
    }

    func jobs(of workload: WorkloadName) -> Int {
        count ?? workload.defaultCount
    }

    func expectedSeconds(of step: Step) -> Double {
        step.executor.expectedSeconds(
            jobs: jobs(of: step.workload),
            waiting: step.workload.waits ? Double(delay) / 1000 : 0,
            computing: step.workload.expectedComputing, cores: Processors.usable.count)
    }
}
