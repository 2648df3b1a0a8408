internal import Tutti

/// Shows the time that a test sets, and wakes who sleeps on it when the test says so.
///
/// Code that takes a `Clock` runs on it without waiting:
///
/// ```swift
/// let clock = ManualClock()
/// async let answer = poll(on: clock)
/// try await clock.waitForSleepers(1)    // it has gone to sleep
/// clock.advance(by: .seconds(5))        // wakes it
/// #expect(try await answer == 42)
/// ```
///
/// The clock leaps: who wakes sees the new time, and sleeps again from there. To go through the
/// ticks of a task that sleeps again and again, alternate ``waitForSleepers(_:)`` and
/// ``advanceToNextDeadline()``. Sleepers are resumed by deadline, those with the same deadline in
/// the order in which they lay down; in which order they then run is their executors' affair.
public final class ManualClock: Clock {
    /// A time on a manual clock: how long after its start.
    public struct Instant: InstantProtocol, CustomStringConvertible {
        /// The time since the start of the clock.
        public let offset: Duration

        /// Makes the time that is `offset` after the start.
        public init(offset: Duration = .zero) {
            self.offset = offset
        }

        /// Returns the time that is `duration` later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(offset: offset + duration)
        }

        /// Returns how much later `other` is.
        public func duration(to other: Instant) -> Duration {
            other.offset - offset
        }

        /// Tells whether `lhs` is before `rhs`.
        public static func < (lhs: Instant, rhs: Instant) -> Bool {
            lhs.offset < rhs.offset
        }

        /// The time since the start.
        public var description: String { "\(offset)" }
    }

    private let state = Locked(ManualClockState<Waiter>())

    /// Makes a clock that shows zero until it is advanced.
    public init() {}

    /// What the clock shows.
    public var now: Instant { state.withLock { $0.now } }

    /// The smallest step that a `Duration` can name.
    public var minimumResolution: Duration {
        Duration(secondsComponent: 0, attosecondsComponent: 1)
    }

    /// The number of tasks that sleep at this moment.
    public var sleeperCount: Int { state.withLock { $0.sleeperCount } }

    /// When the next sleeper wakes; nil when nobody sleeps.
    public var nextDeadline: Instant? { state.withLock { $0.nextDeadline } }

    /// Sleeps until the clock is advanced to `deadline` or beyond.
    ///
    /// Returns at once when the clock shows that already. The tolerance has no effect.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let ticket = Ticket()
        try await state.suspend { state, waiter in
            state.sleep(waiter, as: ticket, until: deadline)
        } leave: { state in
            state.leave(ticket)
        }
    }

    /// Waits until at least `count` tasks sleep on this clock at the same time.
    ///
    /// So a test knows, without polling, that the code under test has come to its sleep.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled.
    public func waitForSleepers(_ count: Int) async throws {
        let ticket = Ticket()
        try await state.suspend { state, waiter in
            state.watch(waiter, as: ticket, for: count)
        } leave: { state in
            state.leave(ticket)
        }
    }

    /// Moves the clock by `duration` and wakes the sleepers whose deadline has come.
    ///
    /// Traps when `duration` is negative.
    public func advance(by duration: Duration) {
        resume(state.withLock { $0.advance(to: $0.now.advanced(by: duration)) })
    }

    /// Moves the clock to `instant` and wakes the sleepers whose deadline has come.
    ///
    /// Traps when the clock shows a later time already.
    public func advance(to instant: Instant) {
        resume(state.withLock { $0.advance(to: instant) })
    }

    /// Moves the clock to the deadline of its first sleeper and wakes all that have the same.
    ///
    /// - Returns: The new time; nil when nobody sleeps and so nothing happened.
    @discardableResult public func advanceToNextDeadline() -> Instant? {
        let (deadline, woken) = state.withLock { state -> (Instant?, [Waiter]) in
            guard let deadline = state.nextDeadline else { return (nil, []) }
            return (deadline, state.advance(to: deadline))
        }
        resume(woken)
        return deadline
    }

    private func resume(_ woken: [Waiter]) {
        for waiter in woken { waiter.resume() }
    }
}
