/// Long-lived workers, as many at once as a limit says: a task for each job in flight, none a job.
@usableFromInline
enum Workers {
    /// Most jobs in flight under an automatic limit.
    ///
    /// Each costs memory, and most servers would take more for an attack.
    static let automaticMaximum = 1000

    /// Runs workers until none is left; the first error cancels the others.
    ///
    /// - Parameters:
    ///   - limit: how many run at once.
    ///   - jobs: how many jobs there are, if that is known: there are no more workers than jobs.
    ///   - executor: where they prefer to run; nil for where the caller's children run.
    ///   - worker: works until there is nothing more to do or its shift is over.
    /// - Throws: the first error of a worker; `CancellationError` when the caller was cancelled.
    @usableFromInline
    static func run(
        limit: Policy.Limit, jobs: Int?, on executor: (any TaskExecutor)? = nil,
        _ worker: @escaping @Sendable (inout Shift) async throws -> Void
    ) async throws {
        switch limit {
        case .atMost(let count):
            let count = min(count, jobs ?? count)
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<count {
                    group.addTask(executorPreference: executor) {
                        var shift = Shift(limit: nil)
                        try await worker(&shift)
                    }
                }
            }
        case .automatic:
            let limit = AutomaticLimit(maximum: min(automaticMaximum, max(1, jobs ?? .max)))
            try await run(limit, on: executor, worker)
        }
        try Task.checkCancellation()
    }

    private static func run(
        _ limit: AutomaticLimit, on executor: (any TaskExecutor)?,
        _ worker: @escaping @Sendable (inout Shift) async throws -> Void
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                // Cancelled when the workers have ended.
                while limit.rampUp() {
                    try? await MonotonicClock().sleep(for: .milliseconds(1))
                    if Task.isCancelled { break }
                }
            }
            while let count = await limit.workersToStart() {
                for _ in 0..<count {
                    group.addTask(executorPreference: executor) {
                        var shift = Shift(limit: limit)
                        defer { shift.end() }
                        try await worker(&shift)
                    }
                }
            }
            group.cancelAll()
        }
    }
}

/// A worker's time at work: job after job, as long as it is not one worker too many.
@usableFromInline
struct Shift: Sendable {
    private let limit: AutomaticLimit?
    private var ticket: LimitFinder.Ticket?
    private var isOneTooMany = false

    init(limit: AutomaticLimit?) {
        self.limit = limit
    }

    /// Ends the last job, if there was one; false when the worker is not to look for another.
    ///
    /// It is not when there are too many workers, and when the task was cancelled.
    @usableFromInline
    mutating func goesOn(after ending: LimitFinder.Ending = .succeeded) -> Bool {
        if let limit, let ticket {
            self.ticket = nil
            isOneTooMany = !limit.end(ticket, ending)
        }
        return !isOneTooMany && !Task.isCancelled
    }

    /// The worker has found a job and begins it.
    @usableFromInline
    mutating func begins() {
        ticket = limit?.begin()
    }

    /// How many jobs may be in flight; nil when it is fixed.
    var limitNow: Int? { limit?.finding.limit }

    fileprivate func end() {
        if let limit, let ticket { _ = limit.end(ticket, .failed) }
        limit?.leave(isOutOfJobs: !isOneTooMany)
    }
}
