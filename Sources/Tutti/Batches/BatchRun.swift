/// One run of a batch: what its tasks share.
final class BatchRun<Work: Job, Executor: JobExecutor>: Sendable {
    private let jobs: [Work]
    private let executor: Executor
    private let policy: Policy
    private let report: (@Sendable (BatchProgress) -> Void)?
    private let each: @Sendable (Outcome<Work.Output>) -> Void
    private let state: Locked<BatchState<Work.Output>>
    private let start = ContinuousClock.now

    init(
        jobs: [Work], executor: Executor, policy: Policy,
        report: (@Sendable (BatchProgress) -> Void)?,
        each: @escaping @Sendable (Outcome<Work.Output>) -> Void
    ) {
        self.jobs = jobs
        self.executor = executor
        self.policy = policy
        self.report = report
        self.each = each
        state = Locked(BatchState(count: jobs.count, onError: policy.onError))
    }

    /// Runs one job after the other until none is left or the shift is over.
    ///
    /// - Throws: `CancellationError` when the others must be cancelled.
    func work(_ shift: inout Shift) async throws {
        var ending = LimitFinder.Ending.succeeded
        while shift.goesOn(after: ending) {
            let finding = report == nil ? nil : shift.finding
            guard let index = change({ $0.admit(under: finding) }) else { return }
            shift.begins()
            let outcome = await outcome(of: index)
            ending = LimitFinder.Ending(of: outcome)
            let mustStop = change { $0.finish(outcome) }
            each(outcome)
            if mustStop { throw CancellationError() }
        }
    }

    /// Gives the jobs that were never started their outcome, and ends the run.
    func close() -> BatchState<Work.Output> {
        let waited = start.duration(to: .now)
        for outcome in state.withLock({ $0.closeRest(waited: waited) }) { each(outcome) }
        return state.withLock { $0 }
    }

    /// Starts a job as often as the policy allows.
    private func outcome(of index: Int) async -> Outcome<Work.Output> {
        let started = ContinuousClock.now
        var attempts = 0
        var losses = 0
        var result: Result<Work.Output, any Error>
        repeat {
            if attempts > 0 { change { $0.retried() } }
            attempts += 1
            let span = OpenSpan.begin(.flight, Work.self, number: index, attempt: attempts)
            result = await attempt(jobs[index])
            span.end()
            if case .failure(let error as any WorkerLossError) = result, error.isWorkerLoss {
                losses += 1
            }
        } while await isTriedAgain(result, attempts: attempts, losses: losses)
        return Outcome(
            index: index, result: result, attempts: attempts,
            waited: start.duration(to: started), ran: started.duration(to: .now))
    }

    private func attempt(_ job: Work) async -> Result<Work.Output, any Error> {
        do {
            guard let timeout = policy.timeout else { return .success(try await executor.run(job)) }
            let executor = executor
            return .success(try await withTimeout(timeout) { try await executor.run(job) })
        } catch {
            return .failure(error)
        }
    }

    /// After a failure that may be tried again, waits as the backoff says.
    private func isTriedAgain(
        _ result: Result<Work.Output, any Error>, attempts: Int, losses: Int
    ) async -> Bool {
        guard case .failure = result, attempts <= policy.retries, losses < policy.losses,
            !Task.isCancelled
        else { return false }
        let wait = policy.backoff.wait(beforeRetry: attempts)
        guard wait > .zero else { return true }
        do { try await Task.sleep(for: wait, clock: .continuous) } catch { return false }
        return true
    }

    /// Changes the state and reports it; reports come one at a time, in the order of the changes.
    @discardableResult
    private func change<Answer: Sendable>(
        _ body: (inout BatchState<Work.Output>) -> Answer
    ) -> Answer {
        state.withLock { state in
            let answer = body(&state)
            report?(state.progress)
            return answer
        }
    }
}

extension LimitFinder.Ending {
    fileprivate init(of outcome: Outcome<some Sendable>) {
        switch outcome.error {
        case nil: self = .succeeded
        case is any OverloadError: self = .overloaded
        default: self = .failed
        }
    }
}
