/// Wakes sleeping tasks when their time has come: one thread and one heap for the process.
///
/// The thread starts with the first sleeper and sleeps while nobody does. A cancelled sleeper is
/// taken out at once, at O(log n).
final class Timers: Sendable {
    static let shared = Timers()

    private typealias Continuation = UnsafeContinuation<Void, any Error>

    private struct State: Sendable {
        var sleepers = SleeperHeap<Continuation>()
        var isStarted = false
        /// What the thread sleeps until.
        var alarm = UInt64.max
    }

    private let state = Locked(State())
    private let parker = Parker()

    /// The number of tasks that sleep; for tests.
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Suspends the task until the monotonic clock shows `deadline`.
    ///
    /// - Throws: `CancellationError`, at once when the task is cancelled.
    func sleep(until deadline: UInt64) async throws {
        let sleeper = Sleeper<Continuation>(deadline: deadline)
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { layDown(sleeper, $0) }
        } onCancel: {
            cancel(sleeper)
        }
    }

    private func layDown(_ sleeper: Sleeper<Continuation>, _ continuation: Continuation) {
        let next = state.withLock { state -> Next in
            guard !sleeper.isCancelled else { return .refuse }
            sleeper.waking = continuation
            state.sleepers.insert(sleeper)
            guard sleeper.deadline < state.alarm else { return .nothing }
            state.alarm = sleeper.deadline
            defer { state.isStarted = true }
            return state.isStarted ? .hurry : .start
        }
        switch next {
        case .nothing: break
        case .refuse: continuation.resume(throwing: CancellationError())
        case .hurry: parker.unpark()
        case .start: start()
        }
    }

    private enum Next: Sendable {
        case nothing
        case refuse
        case hurry
        case start
    }

    private func cancel(_ sleeper: Sleeper<Continuation>) {
        let wasHere = state.withLock { state in
            // The cancellation may be here before the task lay down; then it will not.
            sleeper.isCancelled = true
            return state.sleepers.remove(sleeper)
        }
        // Whoever took it out of the heap wakes it, so that happens once.
        if wasHere { sleeper.waking.take()?.resume(throwing: CancellationError()) }
    }

    private func start() {
        do throws(SystemError) {
            try Thread(name: "tutti-timers", stackSize: 256 << 10) { [self] in run() }.detach()
        } catch {
            fatalError("The system has no thread left for timers: \(error). Raise the limit.")
        }
    }

    private func run() -> Never {
        while true {
            let now = MonotonicClock.nanoseconds
            let (due, alarm) = state.withLock { state in
                var due: [Sleeper<Continuation>] = []
                while let sleeper = state.sleepers.popFirst(dueBy: now) { due.append(sleeper) }
                state.alarm = state.sleepers.earliestDeadline ?? .max
                return (due, state.alarm)
            }
            for sleeper in due { sleeper.waking.take()?.resume() }
            if alarm == .max {
                parker.park()
            } else {
                let now = MonotonicClock.nanoseconds
                _ = parker.park(nanoseconds: Int64(clamping: alarm - min(now, alarm)))
            }
        }
    }
}
