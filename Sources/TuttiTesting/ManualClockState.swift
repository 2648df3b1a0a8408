/// Who sleeps on a manual clock, and who waits for how many to sleep.
///
/// A pure state machine: each event returns the waiters that are to be resumed, in order.
struct ManualClockState<Waiter> {
    private(set) var now = ManualClock.Instant()
    private var sleepers = WaitList<ManualClock.Instant, Waiter>()
    private var watchers = WaitList<Int, Waiter>()

    /// The number of tasks that sleep.
    var sleeperCount: Int { sleepers.count }

    /// When the first of them wakes.
    var nextDeadline: ManualClock.Instant? { sleepers.leastKey }

    /// Lays a task down; returns it at once when its time has come already.
    mutating func sleep(
        _ waiter: Waiter, as ticket: Ticket, until deadline: ManualClock.Instant
    ) -> [Waiter] {
        guard deadline > now else { return [waiter] }
        sleepers.insert(waiter, as: ticket, at: deadline)
        return watchers.take(upTo: sleepers.count)
    }

    /// Keeps a task until that many sleep; returns it at once when they do already.
    mutating func watch(_ waiter: Waiter, as ticket: Ticket, for count: Int) -> [Waiter] {
        guard count > sleepers.count else { return [waiter] }
        watchers.insert(waiter, as: ticket, at: count)
        return []
    }

    /// Takes out a task that was cancelled; nil when it has been returned before.
    mutating func leave(_ ticket: Ticket) -> Waiter? {
        sleepers.remove(ticket) ?? watchers.remove(ticket)
    }

    /// Moves the time; returns the sleepers whose deadline has come.
    mutating func advance(to instant: ManualClock.Instant) -> [Waiter] {
        guard instant >= now else {
            fatalError("A clock goes forward: \(instant) is before \(now), which it shows now.")
        }
        now = instant
        return sleepers.take(upTo: instant)
    }
}
