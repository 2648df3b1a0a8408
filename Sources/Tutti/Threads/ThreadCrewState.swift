/// Who runs, who may start, who may end: the decisions of a thread pool, without its threads.
///
/// A pure state machine. A *call* is one piece of queued work; a thread is *idle* or *busy*. A busy
/// one counts as *blocked* once it was seen asleep twice in a row during the same call, as *awake*
/// once it was seen running, and is *fresh* before.
struct ThreadCrewState<Call: Sendable>: Sendable {
    /// What the pool has to do after an event, outside its lock.
    enum Action: Hashable, Sendable {
        case nothing
        /// Wake this idle thread; it was taken off the list.
        case wake(Int)
        /// Start a thread; it is counted already.
        case start
        /// Calls wait and all threads are busy: somebody must watch whether they block.
        case watch
    }

    private(set) var queue = CallQueue<Call>()
    /// Idle threads; the one that became idle last is woken first, so that the others can end.
    private(set) var idle: [Int] = []
    /// What is known of each thread that runs a call.
    private(set) var busy: [Int: Busy] = [:]
    private(set) var threads = 0
    private(set) var stopped = false
    private var blocked = 0
    private var awake = 0
    /// The share of the last calls that blocked: what a fresh thread is likely to do.
    private var habit = 0.0
    private let processors: Int
    private let maximum: Int

    struct Busy: Sendable {
        /// How often in a row the thread was seen asleep during this call.
        var asleep = 0
        /// Whether it was seen running since it was last blocked.
        var isAwake = false
        /// Whether the call has told what calls do.
        var hasCounted = false
        var isBlocked: Bool { asleep >= 2 }
    }

    /// Of calls that mostly block, so many a processor are tried at a time.
    private static var freshPerProcessor: Int { 8 }
    /// The last call counts for so much in the habit.
    private static var weight: Double { 1 / 8 }

    init(processors: Int, maximum: Int) {
        self.processors = processors
        self.maximum = maximum
    }

    /// Busy threads that are not known to be blocked.
    var running: Int { busy.count - blocked }

    /// Whether the processors can be expected to have time for one more than `fresh` new threads.
    ///
    /// When calls compute, no more run than there are processors; when nine of ten block, ten fresh
    /// ones are as good as one.
    private func hasRoom(besides fresh: Int) -> Bool {
        let expected = Double(awake) + Double(fresh + 1) * (1 - habit)
        return expected <= Double(processors) && fresh < Self.freshPerProcessor * processors
    }

    private var fresh: Int { running - awake }

    /// Threads that were started or woken and have not yet taken a call.
    private(set) var coming = 0

    /// Queues a call; the ticket takes it out again.
    mutating func add(_ call: Call) -> (action: Action, ticket: CallQueue<Call>.Ticket) {
        let ticket = queue.append(call)
        return (reinforce(), ticket)
    }

    /// Takes a call out of the queue; nil when a thread has it already.
    mutating func remove(_ ticket: CallQueue<Call>.Ticket) -> Call? {
        queue.remove(ticket)
    }

    /// Finds whether one more thread may run, and which.
    mutating func reinforce() -> Action {
        guard queue.count > coming, !stopped else { return .nothing }
        guard hasRoom(besides: fresh + coming) else { return .watch }
        if let thread = idle.popLast() {
            coming += 1
            return .wake(thread)
        }
        guard threads < maximum else { return .watch }
        threads += 1
        coming += 1
        return .start
    }

    /// A thread that was started or woken has arrived.
    mutating func arrived() {
        coming -= 1
    }

    /// A thread could not be started.
    mutating func startFailed() {
        threads -= 1
        coming -= 1
    }

    /// Gives a thread its next call; nil makes it idle.
    ///
    /// A thread that comes from a call gives way when the processors have enough to do without it.
    mutating func take(_ thread: Int) -> Call? {
        if let ended = busy.removeValue(forKey: thread) {
            if ended.isBlocked { blocked -= 1 }
            if ended.isAwake { awake -= 1 }
            if !ended.hasCounted { count(blocks: false) }
        }
        if hasRoom(besides: fresh), let call = queue.popFirst() {
            busy[thread] = Busy()
            return call
        }
        idle.append(thread)
        return nil
    }

    /// Gives a thread its next call, and says what is to be done besides.
    ///
    /// After a call that ran for long the watcher looks seldom: it has to learn that this is over.
    mutating func takeAndReinforce(_ thread: Int) -> (call: Call, next: Action)? {
        let ranLong = busy[thread]?.isAwake ?? false
        guard let call = take(thread) else { return nil }
        let action = reinforce()
        return (call, action == .watch && !ranLong ? .nothing : action)
    }

    /// An idle thread had nothing to do for long; true when it may end.
    mutating func retire(_ thread: Int) -> Bool {
        guard let place = idle.lastIndex(of: thread) else { return false }
        idle.remove(at: place)
        threads -= 1
        return true
    }

    /// A busy thread was looked at; true when that made it count as blocked.
    mutating func saw(_ thread: Int, asleep: Bool) -> Bool {
        guard var seen = busy[thread] else { return false }
        let before = seen
        seen.asleep = asleep ? seen.asleep + 1 : 0
        seen.isAwake = !seen.isBlocked && (seen.isAwake || !asleep)
        let blocks = seen.isBlocked && !before.isBlocked
        if !seen.hasCounted, seen.isBlocked || seen.isAwake {
            seen.hasCounted = true
            count(blocks: blocks)
        }
        busy[thread] = seen
        blocked += (seen.isBlocked ? 1 : 0) - (before.isBlocked ? 1 : 0)
        awake += (seen.isAwake ? 1 : 0) - (before.isAwake ? 1 : 0)
        return blocks
    }

    /// A call has told what calls do.
    private mutating func count(blocks: Bool) {
        habit += ((blocks ? 1 : 0) - habit) * Self.weight
    }

    /// Ends the pool; the idle threads that are returned must be woken.
    mutating func stop() -> [Int] {
        stopped = true
        defer { idle = [] }
        threads -= idle.count
        return idle
    }
}
