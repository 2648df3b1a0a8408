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
        _ worker: @escaping @concurrent @Sendable (inout Shift) async throws -> Void
    ) async throws {
        switch limit {
        case .atMost(let count):
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<min(count, jobs ?? count) {
                    group.addTask(preferring: executor) {
                        var shift = Shift(limit: nil)
                        try await worker(&shift)
                    }
                }
            }
        case .automatic:
            let limit = AutomaticLimit(maximum: min(automaticMaximum, max(1, jobs ?? .max)))
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
                        group.addTask(preferring: executor) {
                            var shift = Shift(limit: limit)
                            defer { shift.end() }
                            try await worker(&shift)
                        }
                    }
                }
                group.cancelAll()
            }
        }
        try Task.checkCancellation()
    }
}

extension ThrowingDiscardingTaskGroup where Failure == any Error {
    /// Adds a child task; without an executor it runs where the children of the caller do.
    ///
    /// Not `addTask(executorPreference:)` alone: optimised by Swift 6.3.1, a nil there takes the
    /// caller's preference away from the child.
    fileprivate mutating func addTask(
        preferring executor: (any TaskExecutor)?,
        _ body: sending @escaping @isolated(any) () async throws -> Void
    ) {
        if let executor {
            addTask(executorPreference: executor, operation: body)
        } else {
            addTask(operation: body)
        }
    }
}

/// A worker's time at work: job after job, as long as it is not one worker too many.
@usableFromInline
struct Shift: Sendable {
    /// Nil when it is fixed.
    @usableFromInline let limit: AutomaticLimit?
    @usableFromInline var ticket: LimitFinder.Ticket?
    @usableFromInline var isOneTooMany = false

    init(limit: AutomaticLimit?) {
        self.limit = limit
    }

    /// Ends the last job, if there was one; false when the worker is not to look for another.
    ///
    /// It is not when there are too many workers, and when the task was cancelled.
    @inlinable
    mutating func goesOn(after ending: LimitFinder.Ending = .succeeded) -> Bool {
        if let limit, let ticket {
            self.ticket = nil
            isOneTooMany = !limit.end(ticket, ending)
        }
        return !isOneTooMany && !Task.isCancelled
    }

    /// The worker has found a job and begins it.
    @inlinable
    mutating func begins() {
        if let limit { ticket = limit.begin() }
    }

    /// The limit that was found so far; nil when it is fixed.
    var finding: LimitFinder.Finding? { limit?.finding }

    fileprivate func end() {
        if let limit, let ticket { _ = limit.end(ticket, .failed) }
        limit?.leave(isOutOfJobs: !isOneTooMany)
    }
}
