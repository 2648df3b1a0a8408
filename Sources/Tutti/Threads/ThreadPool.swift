/// Threads for calls that block: as many as the blocking needs, no number to give.
///
/// ```swift
/// let rows = try await ThreadPool.shared.run { try database.query(sql) }
/// ```
///
/// A call that computes gets one of as many threads as there are processors. When a thread is
/// seen blocked (asleep in the kernel), another may run in its place; threads that have had
/// nothing to do for a while end. So 200 calls that wait overlap, and 200 that compute do not
/// fight for the processors. `ThreadPool.md` has the rules.
///
/// It is a `TaskExecutor`: tasks that prefer it run on its threads, and an `await` frees the thread.
public final class ThreadPool: TaskExecutor, JobExecutor {
    private let crew: ThreadCrew

    /// The pool of the process, made at its first use and never shut down.
    public static let shared = ThreadPool()

    /// Makes a pool; threads start with the first calls.
    ///
    /// - Parameter maximum: the most threads it may have. The default is a bound against
    ///   exhausting memory, not a number to tune.
    public init(maximum: Int = 4096) {
        if maximum < 1 { fatalError("A thread pool of at most \(maximum) threads runs nothing.") }
        // A thread holds a descriptor; half of them are left to the calls.
        let bound = max(1, min(maximum, descriptorLimit() / 2))
        crew = ThreadCrew(processors: Processors.usable.count, maximum: bound)
    }

    deinit { crew.shutDown() }

    /// Runs `body`, which may block, on a thread of the pool.
    ///
    /// - Throws: what `body` throws.
    /// - Returns: what `body` returns.
    public func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // Concurrent: otherwise the body would run on the actor that the caller is isolated to.
        try await withTaskExecutorPreference(self) {
            @concurrent () async throws(Failure) -> Value in
            try body()
        }
    }

    /// Puts a task's next piece in the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        crew.add(UnownedJob(job), executor: asUnownedTaskExecutor())
    }

    /// `threads`.
    public var name: String { "threads" }

    /// Nil: the pool grows with the calls that block.
    public var capacity: Int? { nil }

    /// The pool itself.
    public var taskExecutor: (any TaskExecutor)? { self }

    /// Runs the job's blocking form on a thread of the pool.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        try await perform { try await job.runBlocking() }
    }

    /// The number of threads there are now.
    var threadCount: Int { crew.threadCount }
}

extension JobExecutor where Self == ThreadPool {
    /// The shared pool of threads, for jobs that block.
    public static var threads: ThreadPool { .shared }
}
