/// Jobs that are run together, by one executor under one policy.
///
/// Each job gets exactly one ``Outcome``. Take them as they come:
///
/// ```swift
/// for await outcome in Batch(jobs, on: .cores, policy: Policy(onError: .collect)) { … }
/// ```
///
/// or all at the end, in the order of the jobs, with ``outcomes()`` and ``values()``. Each of the
/// three runs the jobs anew. A batch costs a task for each job in flight, not for each job.
public struct Batch<Work: Job, Executor: JobExecutor>: Sendable {
    private let jobs: [Work]
    private let executor: Executor
    private let policy: Policy
    private let report: (@Sendable (BatchProgress) -> Void)?

    /// Makes a batch; nothing runs yet.
    ///
    /// - Parameters:
    ///   - jobs: the jobs, kept until the batch goes.
    ///   - executor: where they run.
    ///   - policy: how they run.
    ///   - progress: called after each start, retry and end of a job, one call at a time, from the
    ///     thread where that happened; it must be quick.
    public init(
        _ jobs: some Sequence<Work>, on executor: Executor, policy: Policy = Policy(),
        progress: (@Sendable (BatchProgress) -> Void)? = nil
    ) {
        self.jobs = Array(jobs)
        self.executor = executor
        self.policy = policy
        report = progress
    }

    /// Runs the jobs and returns an outcome for each, in the order of the jobs.
    ///
    /// When the calling task is cancelled, the jobs in flight are cancelled, awaited, and the rest
    /// is not started.
    ///
    /// - Returns: as many outcomes as there are jobs.
    public func outcomes() async -> [Outcome<Work.Output>] {
        await execute { _ in }.outcomes.compactMap { $0 }
    }

    /// Runs the jobs and returns their values, in the order of the jobs.
    ///
    /// - Throws: the error of the job that failed first; `CancellationError` when the calling task
    ///   was cancelled before the end.
    /// - Returns: as many values as there are jobs.
    public func values() async throws -> [Work.Output] {
        let end = await execute { _ in }
        if let first = end.firstFailure, let error = end.outcomes[first]?.error { throw error }
        return try end.outcomes.map { outcome in
            guard let outcome, outcome.attempts > 0 else { throw CancellationError() }
            return try outcome.value
        }
    }

    /// The number of jobs that may be in flight.
    ///
    /// An executor that says how many use it fully is believed; else it is found by measuring.
    private var limit: Policy.Limit {
        guard policy.limit == .automatic, let capacity = executor.capacity else {
            return policy.limit
        }
        return .atMost(capacity)
    }

    /// Runs all jobs; `each` gets every outcome as it comes, from any thread.
    private func execute(
        each: @escaping @Sendable (Outcome<Work.Output>) -> Void
    ) async -> BatchState<Work.Output> {
        let run = BatchRun(
            jobs: jobs, executor: executor, policy: policy, report: report, each: each)
        // Throws when the batch is stopped or cancelled: each outcome says that for itself.
        try? await Workers.run(limit: limit, jobs: jobs.count, on: executor.taskExecutor) {
            try await run.work(&$0)
        }
        return run.close()
    }
}

extension Batch: AsyncSequence {
    /// Gives the outcomes one by one; giving it up cancels the jobs that are left.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var stream: AsyncStream<Outcome<Work.Output>>.Iterator
        private var reorder: Reorder<Outcome<Work.Output>>?

        fileprivate init(_ stream: AsyncStream<Outcome<Work.Output>>, order: Policy.Order) {
            self.stream = stream.makeAsyncIterator()
            reorder = order == .ordered ? Reorder() : nil
        }

        /// Waits for the next outcome, in the order that the policy asks for.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async -> Outcome<Work.Output>? {
            guard reorder != nil else { return await stream.next(isolation: actor) }
            while true {
                if let outcome = reorder?.take() { return outcome }
                guard let outcome = await stream.next(isolation: actor) else { return nil }
                reorder?.put(outcome, at: outcome.index)
            }
        }
    }

    /// Starts the jobs.
    public func makeAsyncIterator() -> AsyncIterator {
        // The task belongs to the stream: it ends when the stream is finished or given up.
        let stream = AsyncStream<Outcome<Work.Output>> { continuation in
            let task = Task {
                _ = await execute { continuation.yield($0) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
        return AsyncIterator(stream, order: policy.order)
    }
}

extension Sequence where Element: Job {
    /// Runs the jobs on `executor` and returns their values, in the order of the jobs.
    ///
    /// ```swift
    /// let pages = try await urls.map(Fetch.init).run(on: .threads)
    /// ```
    ///
    /// - Parameters:
    ///   - executor: where they run: `.inOrder`, `.threads`, `.cores`, `.processes`, …
    ///   - policy: how they run.
    /// - Throws: the error of the job that failed first; the others were cancelled then, unless
    ///   the policy says otherwise.
    /// - Returns: as many values as there are jobs.
    public func run(
        on executor: some JobExecutor, policy: Policy = Policy()
    ) async throws -> [Element.Output] {
        try await Batch(self, on: executor, policy: policy).values()
    }
}
