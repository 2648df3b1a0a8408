/// A place where jobs run: an event loop, threads, cores, worker processes.
///
/// An executor knows how to run one job and nothing else. How many are in flight, timeouts,
/// retries and what an error does to the rest is decided in one place for all, by `Batch`.
public protocol JobExecutor: Sendable {
    /// The name that reports use, such as `cores`.
    var name: String { get }

    /// The number of jobs in flight that uses this executor fully.
    ///
    /// Nil when a job in flight costs it next to nothing, so that the work and not the executor
    /// sets the limit.
    var capacity: Int? { get }

    /// Where code that hands over many jobs had best run, so that each costs no switch of threads.
    ///
    /// Nil when it does not matter.
    var taskExecutor: (any TaskExecutor)? { get }

    /// Runs one job and returns what it gave.
    ///
    /// When the calling task is cancelled, the job is told (or killed, in a worker process) and
    /// still waited for: nothing runs on behind the caller's back.
    ///
    /// - Throws: the job's own error, or the executor's when the job could not be run to its end.
    func run<Work: Job>(_ job: Work) async throws -> Work.Output
}

/// Runs jobs where the caller is, one after the other: the measure of all other executors.
public struct InOrder: JobExecutor {
    /// Makes the executor; it holds nothing.
    public init() {}

    /// `in-order`.
    public var name: String { "in-order" }

    /// One job at a time.
    public var capacity: Int? { 1 }

    /// Nil: wherever the caller is.
    public var taskExecutor: (any TaskExecutor)? { nil }

    /// Runs the job here, with the form that waits: the caller's thread may not be ours to block.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        try await job.run()
    }
}

extension JobExecutor where Self == InOrder {
    /// One job after the other, where the caller is.
    public static var inOrder: InOrder { InOrder() }
}
