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
    ///   exhausting memory, not a number to tune; a small machine or control group has a smaller
    ///   one, half of what its descriptors, memory, address space and number of tasks allow.
    public convenience init(maximum: Int = 4096) {
        self.init(maximum: maximum, seesSleep: SleepProbe.works)
    }

    /// Makes a pool that does without /proc when it sees no thread sleep.
    init(maximum: Int = 4096, seesSleep: Bool) {
        if maximum < 1 { fatalError("A thread pool of at most \(maximum) threads runs nothing.") }
        crew = ThreadCrew(
            processors: Processors.usable.count, maximum: ThreadBound(maximum: maximum).count,
            seesSleep: seesSleep)
    }

    deinit { crew.shutDown() }

    /// Runs `body`, which may block, on a thread of the pool.
    ///
    /// When the calling task is cancelled while the call still waits for a thread, the call throws
    /// `CancellationError` at once and `body` never runs, provided that `body` throws any error:
    /// with `throws(SomeError)`, or with nothing to throw, there would be no way to say so, and
    /// the call waits its turn. `try Task.checkCancellation()` in front makes any body one that
    /// throws any error. A call that has begun cannot be interrupted; it may ask
    /// `Task.isCancelled`, for it runs as a part of the calling task, with its task-local values.
    ///
    /// - Throws: what `body` throws, or `CancellationError` when it did not run.
    /// - Returns: what `body` returns.
    public func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // One function that asks whether the error type can hold a cancellation, and no overload for
        // `any Error`: the compiler would take that one for closures that throw nothing, too.
        guard Failure.self != Never.self, let cancellation = CancellationError() as? Failure else {
            // Concurrent: otherwise the body would run on the actor that the caller is isolated to.
            return try await withTaskExecutorPreference(self) {
                @concurrent () async throws(Failure) -> Value in
                let span = OpenSpan.begin(.call)
                defer { span.end() }
                return try body()
            }
        }
        if Task.isCancelled { throw cancellation }
        let call = PendingCall(on: crew)
        let result = await withTaskCancellationHandler {
            await withTaskExecutorPreference(call) { @concurrent () -> Result<Value, Failure> in
                guard call.begins() else { return .failure(cancellation) }
                let span = OpenSpan.begin(.call)
                defer { span.end() }
                do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
            }
        } onCancel: {
            call.callOff()
        }
        return try result.get()
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
    ///
    /// - Throws: what the job throws, or `CancellationError` when the calling task was cancelled
    ///   while the job waited for a thread; then it does not run.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        try Task.checkCancellation()
        let call = PendingCall(on: crew)
        return try await withTaskCancellationHandler {
            try await withTaskExecutorPreference(call) { @concurrent in
                guard call.begins() else { throw CancellationError() }
                let span = OpenSpan.begin(.job, Work.self)
                defer { span.end() }
                return try await job.runBlocking()
            }
        } onCancel: {
            call.callOff()
        }
    }

    /// The number of threads there are now.
    var threadCount: Int { crew.threadCount }

    /// The number of calls that wait for a thread.
    var queuedCount: Int { crew.queuedCount }
}

extension JobExecutor where Self == ThreadPool {
    /// The shared pool of threads, for jobs that block.
    public static var threads: ThreadPool { .shared }
}
