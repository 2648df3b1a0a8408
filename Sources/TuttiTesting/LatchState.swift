/// Whether a latch is open, who waits for that, and who waits for others to arrive.
///
/// A pure state machine: each event returns the waiters that are to be resumed, in order.
struct LatchState<Waiter> {
    private(set) var isOpen = false
    private(set) var arrivals = 0
    private var held = WaitList<Int, Waiter>()
    private var watchers = WaitList<Int, Waiter>()

    /// The number of tasks that wait for the latch to open.
    var heldCount: Int { held.count }

    /// A task has come to the latch; it is kept until the latch opens.
    mutating func arrive(_ waiter: Waiter, as ticket: Ticket) -> [Waiter] {
        arrivals += 1
        let watching = watchers.take(upTo: arrivals)
        guard !isOpen else { return watching + [waiter] }
        held.insert(waiter, as: ticket, at: arrivals)
        return watching
    }

    /// Keeps a task until that many have arrived; returns it at once when they have.
    mutating func watch(_ waiter: Waiter, as ticket: Ticket, for count: Int) -> [Waiter] {
        guard count > arrivals else { return [waiter] }
        watchers.insert(waiter, as: ticket, at: count)
        return []
    }

    /// Takes out a task that was cancelled; nil when it has been returned before.
    mutating func leave(_ ticket: Ticket) -> Waiter? {
        held.remove(ticket) ?? watchers.remove(ticket)
    }

    /// Opens the latch for good.
    mutating func open() -> [Waiter] {
        isOpen = true
        return held.take(upTo: arrivals)
    }
}
