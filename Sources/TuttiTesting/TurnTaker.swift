internal import Tutti

/// Runs tasks one at a time; a seed decides which of those that are ready goes next.
///
/// What goes wrong in one order of a thousand is found by trying a thousand orders, and a seed
/// brings the one back that failed:
///
/// ```swift
/// @Test func `no deposit is lost`() async throws {
///     try await TurnTaker.explore(seeds: 0..<1000) { turns in
///         let account = Account()
///         await withDiscardingTaskGroup { group in
///             for _ in 0..<3 { group.addTask { await account.deposit(1) } }
///         }
///         try #require(await account.balance == 3)
///     }
/// }
/// ```
///
/// A turn lasts from one suspension of a task to its next: an `await` that has nothing to wait for
/// is no turn, `Task.yield()` is. Each choice is made at random among all that are ready, a
/// random walk. The same seed gives the same order as long as the body decides by nothing else:
/// no real time, no random numbers, no address or hash as a key.
///
/// Everything must run here. Child tasks and actors do by themselves; `Task { }` does not, write
/// `Task(executorPreference: turns) { }`; what would sleep sleeps on ``clock``. A check that fails
/// must throw for the seed to be told: `#require`, or `#expect` with the comment `"\(turns)"`.
public final class TurnTaker: TaskExecutor {
    /// The seed that decides the order.
    public let seed: UInt64

    /// The time of this run: it leaps to the next deadline whenever no task is ready.
    ///
    /// So sleeps cost nothing, and a task that computes never makes another one late.
    public let clock = ManualClock()

    private let turnLimit: Int
    private let order: Locked<TurnOrder<UnownedJob>>
    private let isBodyDone = Locked(false)

    private init(seed: UInt64, turnLimit: Int) {
        precondition(turnLimit > 0, "A run needs at least one turn.")
        self.seed = seed
        self.turnLimit = turnLimit
        order = Locked(TurnOrder(seed: seed, turnLimit: turnLimit))
    }

    /// Runs `body` and the tasks that it starts once for each seed, until one fails.
    ///
    /// The caller's thread is busy meanwhile: nothing here waits.
    ///
    /// - Parameters:
    ///   - seeds: The orders to try; 100 take milliseconds if the body is short.
    ///   - turnLimit: How many turns a run may take before it is said to have no end.
    ///   - body: What is tested. It makes its own state each time; the argument is the executor.
    /// - Throws: ``Failure``, which has the seed; `CancellationError` when the task is cancelled.
    public static func explore(
        seeds: some Sequence<UInt64> & Sendable, turnLimit: Int = 1_000_000,
        _ body: @escaping @Sendable (TurnTaker) async throws -> Void
    ) async throws {
        for seed in seeds {
            try await run(seed: seed, turnLimit: turnLimit, body)
        }
    }

    /// Runs `body` and the tasks that it starts in the order that `seed` gives.
    ///
    /// Ends when no task is ready any more: those that the body left behind have run, too. After a
    /// deadlock the body is cancelled; tasks that do not react to that stay suspended for good.
    ///
    /// - Parameters:
    ///   - seed: Decides the order.
    ///   - turnLimit: How many turns the run may take before it is said to have no end.
    ///   - body: What is tested; the argument is the executor.
    /// - Throws: ``Failure``; `CancellationError` when the task is cancelled.
    /// - Returns: What `body` returns.
    @discardableResult @concurrent public static func run<Value: Sendable>(
        seed: UInt64, turnLimit: Int = 1_000_000,
        _ body: @escaping @Sendable (TurnTaker) async throws -> Value
    ) async throws -> Value {
        let turns = TurnTaker(seed: seed, turnLimit: turnLimit)
        // Made here and not where the turns are taken, so that it inherits the task-local values by
        // which a testing library knows the test.
        let task = Task(executorPreference: turns) {
            defer { turns.isBodyDone.withLock { $0 = true } }
            return try await body(turns)
        }
        let obstacle = turns.takeTurns(cancellingAtAnEnd: task.cancel)
        if Task.isCancelled { throw CancellationError() }
        if let obstacle { throw Failure(reason: obstacle, seed: seed, turns: turns.turns) }
        do {
            return try await task.value
        } catch {
            throw Failure(reason: .threw(error), seed: seed, turns: turns.turns)
        }
    }

    /// How many turns have been taken so far.
    public var turns: Int { order.withLock { $0.turns } }

    /// Takes a job that is ready to run.
    ///
    /// After the end of the run the job goes to the global pool: none is lost.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let job = order.withLock({ $0.append(job) }) { Self.runElsewhere(job) }
    }

    /// Runs jobs until none is left; returns what kept the body from its end, if anything did.
    private func takeTurns(cancellingAtAnEnd cancel: () -> Void) -> Failure.Reason? {
        let executor = asUnownedTaskExecutor()
        var obstacle: Failure.Reason?
        var isCancelled = false
        while true {
            if !isCancelled, Task.isCancelled {
                isCancelled = true
                cancel()
            }
            switch order.withLock({ $0.next() }) {
            case .run(let job):
                // Nested in the job of the caller's task, whose place the runtime keeps. A thread of
                // our own would cost each seed two switches.
                job.runSynchronously(on: executor)
            case .idle:
                if clock.advanceToNextDeadline() != nil { continue }
                if isBodyDone.withLock({ $0 }) || obstacle != nil {
                    // Another thread may have brought one this very moment.
                    for job in order.withLock({ $0.close() }) { Self.runElsewhere(job) }
                    return obstacle
                }
                obstacle = .deadlock
                cancel()
            case .exhausted:
                if obstacle != nil {
                    // They ignore their cancellation: they are left where they are, for elsewhere
                    // they would go on for ever.
                    _ = order.withLock { $0.close() }
                    return obstacle
                }
                obstacle = .noEnd
                order.withLock { $0.allow(turnLimit) }
                cancel()
            }
        }
    }

    private static func runElsewhere(_ job: UnownedJob) {
        globalConcurrentExecutor.enqueue(ExecutorJob(job))
    }
}

extension TurnTaker: CustomStringConvertible {
    /// The seed, for the comment of an expectation.
    public var description: String { "seed \(seed)" }
}
