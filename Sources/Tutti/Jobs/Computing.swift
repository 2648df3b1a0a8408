/// Runs the part of a job that computes: on the cores its executor feeds, else right here.
///
/// A job that waits and then computes says where the one ends and the other begins:
///
/// ```swift
/// func run() async throws -> Index {
///     let page = try await client.get(url)          // waits
///     return await computing { Index(of: page) }    // computes
/// }
/// ```
///
/// Run `on: .eventLoop` it computes on the loop, which holds up all others; run
/// `on: .eventLoop.feeding(.cores)` the waits stay on the loop and the computing is spread over
/// the cores. On any other executor this is a plain call.
///
/// - Throws: what `body` throws.
/// - Returns: what `body` returns.
public func computing<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    guard let cores = FedCores.executor else { return try body() }
    // Concurrent: otherwise the body would run on the actor that the caller is isolated to.
    return try await withTaskExecutorPreference(cores) {
        @concurrent () async throws(Failure) -> Value in
        try body()
    }
}

/// Where the current job's computing goes.
private enum FedCores {
    @TaskLocal static var executor: (any TaskExecutor)?
}

/// An executor whose jobs wait on one place and compute on another.
///
/// See ``computing(_:)`` for how a job says which part computes.
public struct Feeding<Waits: JobExecutor>: JobExecutor {
    private let waits: Waits
    private let cores: any TaskExecutor

    /// The name that reports use.
    public let name: String

    /// Combines two executors.
    ///
    /// - Parameters:
    ///   - waits: where jobs run, mostly waiting.
    ///   - cores: where they compute.
    ///   - name: the name that reports use; the default joins both.
    public init(_ waits: Waits, cores: any TaskExecutor & JobExecutor, name: String? = nil) {
        self.waits = waits
        self.cores = cores
        self.name = name ?? "\(waits.name)+\(cores.name)"
    }

    /// As many as the executor that waits takes: those that compute queue up at the cores.
    public var capacity: Int? { waits.capacity }

    /// Where the waiting executor wants its callers.
    public var taskExecutor: (any TaskExecutor)? { waits.taskExecutor }

    /// Runs the job where it waits; its ``computing(_:)`` parts go to the cores.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        try await FedCores.$executor.withValue(cores) { try await waits.run(job) }
    }
}

extension JobExecutor {
    /// This executor for the waits of each job, `cores` for what it computes.
    public func feeding(_ cores: some TaskExecutor & JobExecutor) -> Feeding<Self> {
        Feeding(self, cores: cores)
    }
}
