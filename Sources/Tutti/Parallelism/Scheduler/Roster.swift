/// Who may run, who sleeps, who waits for a turn: the slow half of the scheduler, as plain values.
///
/// A pool has as many *permits* as its width. A thread runs in the pool only while it holds one,
/// and gives it up before it sleeps. So at most `width` threads run, whether they belong to the
/// pool or are callers, and nobody who holds a permit waits for anybody: each permit comes back.
/// Callers that must not wait run in *debt*, without a permit, until one is given up for them.
///
/// A pure state machine under the scheduler's lock: each event returns whom to unpark, and whoever
/// is unparked holds a permit. Workers are named by their number.
struct Roster {
    /// Why a worker sleeps, and so what it may be woken for.
    enum Sleep {
        /// It is a thread of the pool without work.
        case idle
        /// It waits for a branch that was stolen; meanwhile it may run other branches, not tasks.
        case joining
    }

    /// What there is to do.
    enum Work {
        case branches, tasks
    }

    /// The permits that nobody holds; below 0, those that are out on debt.
    private(set) var free: Int
    /// Sleepers, the one that slept last at the end: its caches are warmest.
    private var idle: [Int]
    private var joining: [Int] = []
    /// Those who can go on as soon as there is a permit, the one that waited longest first.
    private var queue: [Int] = []
    /// Seats that no caller sits on.
    private var vacantSeats: [Int] = []
    private var isStopping = false

    /// Every thread of the pool is born asleep.
    init(width: Int) {
        free = width
        idle = Array((0..<width).reversed())
    }

    /// How many could be woken for work if there is a permit.
    var asleep: Int { idle.count + joining.count }

    /// How many permits are waited for, by those who queue and by those who run in debt.
    var wanted: Int { queue.count + max(0, -free) }

    // MARK: Permits

    /// Takes a permit.
    ///
    /// - Parameters:
    ///   - worker: who takes it.
    ///   - inDebt: asked when there is none; true to take one all the same.
    /// - Returns: false when `worker` has to park until it is handed one.
    mutating func acquire(_ worker: Int, inDebt: @autoclosure () -> Bool) -> Bool {
        guard free <= 0, !inDebt() else {
            free -= 1
            return true
        }
        queue.append(worker)
        return false
    }

    /// Gives a permit up; returns the worker that has it now and must be unparked.
    mutating func release() -> Int? {
        // A debt is paid back before anybody gets a turn.
        guard free >= 0, !queue.isEmpty else {
            free += 1
            return nil
        }
        return queue.removeFirst()
    }

    /// Gives the permit up if others wait for one or run in debt, and queues behind them.
    ///
    /// - Returns: the worker to unpark, and whether `worker` must park.
    mutating func yield(_ worker: Int) -> (unpark: Int?, parks: Bool) {
        guard wanted > 0 else { return (nil, false) }
        let next = release()
        queue.append(worker)
        return (next, true)
    }

    // MARK: Sleeping and waking

    /// Gives the permit up and sleeps.
    ///
    /// - Returns: the worker to unpark, and whether `worker` must end instead of parking.
    mutating func sleep(_ worker: Int, _ sleep: Sleep) -> (unpark: Int?, ends: Bool) {
        let next = release()
        switch sleep {
        case .idle where isStopping: return (next, true)
        case .idle: idle.append(worker)
        case .joining: joining.append(worker)
        }
        return (next, false)
    }

    /// Chooses a sleeper for work and gives it a permit.
    mutating func wake(for work: Work) -> Int? {
        guard free > 0 else { return nil }
        guard let worker = idle.popLast() ?? (work == .branches ? joining.popLast() : nil) else {
            return nil
        }
        free -= 1
        return worker
    }

    /// Lets a joining worker go on, now or when there is a permit; nothing if it is awake already.
    ///
    /// - Parameters:
    ///   - worker: whose branch is done.
    ///   - inDebt: whether it never waits for a permit.
    /// - Returns: the worker to unpark.
    mutating func resume(_ worker: Int, inDebt: Bool) -> Int? {
        guard let place = joining.lastIndex(of: worker) else { return nil }
        joining.remove(at: place)
        return acquire(worker, inDebt: inDebt) ? worker : nil
    }

    /// Lets no thread sleep any more; returns the idle ones, to be unparked without a permit.
    mutating func stop() -> [Int] {
        isStopping = true
        defer { idle = [] }
        return idle
    }

    // MARK: Seats

    /// A vacant seat; nil when a new one is needed.
    mutating func takeSeat() -> Int? {
        vacantSeats.popLast()
    }

    /// Makes a seat vacant and gives its permit up; returns the worker to unpark.
    mutating func leaveSeat(_ seat: Int) -> Int? {
        vacantSeats.append(seat)
        return release()
    }
}
