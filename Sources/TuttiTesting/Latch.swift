internal import Tutti

/// Holds up the tasks that come to it until it is opened, then lets all pass for good.
///
/// The code under test waits at the latch, the test learns that it has come there, does what is to
/// happen meanwhile, and opens:
///
/// ```swift
/// let latch = Latch()
/// let task = Task { try await store.load { try await latch.waitUntilOpen() } }
/// try await latch.waitForArrivals(1)    // the load is under way
/// store.clear()
/// latch.open()
/// ```
///
/// *Latch* is the term of the literature for what closes once (Goetz and others, "Java Concurrency
/// in Practice", 2006, 5.5.1); a *barrier* is where a group of tasks waits for each other.
public final class Latch: Sendable {
    private let state = Locked(LatchState<Waiter>())

    /// Makes a latch that is closed.
    public init() {}

    /// Whether the latch has been opened.
    public var isOpen: Bool { state.withLock { $0.isOpen } }

    /// How often ``waitUntilOpen()`` was called by a task that was not cancelled then.
    public var arrivals: Int { state.withLock { $0.arrivals } }

    /// Waits until the latch is open; counts as an arrival.
    ///
    /// Tasks are let through in the order in which they came.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled.
    public func waitUntilOpen() async throws {
        let ticket = Ticket()
        try await state.suspend { state, waiter in
            state.arrive(waiter, as: ticket)
        } leave: { state in
            state.leave(ticket)
        }
    }

    /// Waits until tasks have come to the latch `count` times in all, whether or not they still wait.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled.
    public func waitForArrivals(_ count: Int) async throws {
        let ticket = Ticket()
        try await state.suspend { state, waiter in
            state.watch(waiter, as: ticket, for: count)
        } leave: { state in
            state.leave(ticket)
        }
    }

    /// Opens the latch and lets through who waits; has no effect on one that is open.
    public func open() {
        for waiter in state.withLock({ $0.open() }) { waiter.resume() }
    }
}
