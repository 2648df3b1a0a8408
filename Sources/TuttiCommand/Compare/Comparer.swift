import CompareReport
import Tutti

/// What was found, even when it was cut short.
struct Findings: Sendable {
    var comparison: Comparison
    /// What each run did, where that was recorded.
    var runs: [RecordedRun] = []
    /// What each workload is, by its name.
    var captions: [String: String] = [:]
    /// Wrong results and failed runs, as sentences.
    var problems: [String] = []
    var wasInterrupted = false
}

/// Runs a plan: starts the server, measures each run in a process of its own, sums up.
struct Comparer: Sendable {
    let plan: Plan
    let quiet: Bool

    /// Measures until the plan is done or the task is cancelled.
    ///
    /// - Throws: ``Failure`` when nothing can be measured at all, or `SystemError`.
    /// - Returns: what was measured.
    func run() async throws -> Findings {
        // One process for the server, and a fresh one for each run.
        // The server goes on between its jobs: its worker is never idle, whatever the pool sees.
        let serverPool = ProcessPool(width: 1, options: WorkerOptions(idleTime: nil))
        let runPool = RunRecorder.pool(isRecorded: plan.isRecorded)
        var results: [Plan.Step: Result<RunRecorder.Run, any Error>] = [:]
        var failure: (any Error)?
        do {
            let port = try await startServer(in: serverPool)
            results = try await measure(in: runPool, port: port)
        } catch {
            failure = error
        }
        await serverPool.shutdown()
        await runPool.shutdown()
        // Interrupted before the server was up: there is nothing to show, and nothing wrong.
        if let failure, !Task.isCancelled { throw failure }
        var findings = Summary(
            plan: plan, results: results.compactMapValues { try? $0.get() }
        ).findings
        findings.wasInterrupted = Task.isCancelled
        for step in plan.steps {
            // The run that was interrupted did not fail.
            guard case .failure(let error)? = results[step], !(error is CancellationError)
            else { continue }
            findings.problems.append("\(step.label): \(error)")
        }
        return findings
    }

    /// Takes one step of the plan after the other, until the task is cancelled.
    private func measure(
        in pool: ProcessPool, port: Int
    ) async throws -> [Plan.Step: Result<RunRecorder.Run, any Error>] {
        let display = ProgressDisplay(plan: plan, isQuiet: quiet)
        defer { display.finish() }
        var results: [Plan.Step: Result<RunRecorder.Run, any Error>] = [:]
        for step in plan.steps where !Task.isCancelled {
            let progress = try ProgressFile()
            let run = MeasuredRun(
                workload: step.workload, executor: step.executor,
                count: plan.jobs(of: step.workload), port: port, progressFile: progress.path,
                framesFolder: step.writesFrames(in: plan) ? plan.framesFolder : nil)
            let recorder = RunRecorder(
                pool: pool, isRecorded: plan.isRecorded && step.round == 0)
            do {
                results[step] = .success(
                    try await display.show(step, progress) { try await recorder.measure(run) })
            } catch {
                results[step] = .failure(error)
            }
        }
        return results
    }

    private func startServer(in pool: ProcessPool) async throws -> Int {
        guard plan.workloads.contains(where: \.waits) else { return 0 }
        do {
            return try await pool.run(
                StartServer(port: plan.port, delayMilliseconds: plan.delay))
        } catch let error as SystemError {
            throw Failure(
                sentence: """
                    The server of the comparison could not listen on port \(plan.port): \
                    \(error). Choose another with --port, or leave it out to take a free one.
                    """)
        }
    }
}

extension Plan.Step {
    /// Frames are written once, by the first run that renders them.
    func writesFrames(in plan: Plan) -> Bool {
        workload == .frames && round == 0 && executor == plan.executors.first
    }
}
