/// The jobs that wait, the keepers, and who does what: a state machine without side effects.
///
/// Its methods say what the caller has to do after (or, for a worker's handle, before) it lets go
/// of the lock.
struct CrewState: Sendable {
    typealias Answer = CheckedContinuation<Frame, any Error>

    /// A job from its submission to its end.
    struct Ticket: Sendable {
        let request: Frame
        let work: any Job.Type
        let answer: Answer
        /// How often it was sent to a worker.
        var attempts = 0
        /// The keeper that has it; nil while it waits.
        var keeper: Int?
        var isCancelled = false
    }

    /// What others may know about a keeper.
    struct Seat: Sendable {
        /// Wakes the keeper; nil before and after its work.
        var bell: Int32?
        /// The worker, as long as it is not buried.
        var worker: WorkerProcess.Handle?
        /// Whether the worker has said hello.
        var isServing = false
    }

    /// What a keeper does next.
    enum Step: Sendable {
        case start
        case serve(Int, Frame)
        case sleep(milliseconds: Int32)
        case leave
    }

    /// What follows a submission.
    enum Admission: Sendable {
        case queued
        case ring(Int32)
        case addKeeper(Int)
        case refused
    }

    /// How many failed starts in a row, without any worker alive, mean that none will start.
    static let hopeless = 3

    let width: Int
    private let backoff = Backoff(initial: .milliseconds(20), maximum: .seconds(2))
    private(set) var tickets: [Int: Ticket] = [:]
    private var queue: [Int] = []
    private var queueStart = 0
    private(set) var seats: [Int: Seat] = [:]
    private var idle: [Int] = []
    private var keepersMade = 0
    private var failedStarts = 0
    /// Before this time no worker is started; nanoseconds.
    private var nextStart: UInt64 = 0
    private(set) var isClosing = false
    var closers: [CheckedContinuation<Void, Never>] = []
    var usage = ResourceUsage.zero

    init(width: Int) {
        self.width = width
    }

    // MARK: Jobs

    mutating func submit(_ id: Int, _ ticket: Ticket) -> Admission {
        guard !isClosing else { return .refused }
        tickets[id] = ticket
        queue.append(id)
        if let keeper = idle.popLast() {
            return seats[keeper]?.bell.map { .ring($0) } ?? .queued
        }
        guard seats.count < width else { return .queued }
        keepersMade += 1
        seats[keepersMade] = Seat()
        return .addKeeper(keepersMade)
    }

    /// The answer of a job that waited, or the worker of one that runs and is to be killed now.
    mutating func cancel(_ id: Int) -> (waited: Answer?, kill: WorkerProcess.Handle?) {
        guard let ticket = tickets[id] else { return (nil, nil) }
        guard let keeper = ticket.keeper else {
            tickets[id] = nil
            return (ticket.answer, nil)
        }
        tickets[id]?.isCancelled = true
        return (nil, seats[keeper]?.worker)
    }

    /// Takes a job out; it has ended.
    mutating func finish(_ id: Int) -> Ticket? {
        tickets.removeValue(forKey: id)
    }

    /// Puts a job that has not begun back to the front; false when it is not to be tried again.
    mutating func putBack(_ id: Int) -> Bool {
        guard let ticket = tickets[id], !ticket.isCancelled, !isClosing,
            ticket.attempts < Self.hopeless
        else { return false }
        tickets[id]?.keeper = nil
        if queueStart > 0 {
            queueStart -= 1
            queue[queueStart] = id
        } else {
            queue.insert(id, at: 0)
        }
        return true
    }

    /// Takes out all jobs that wait.
    mutating func takeQueued() -> [Answer] {
        let waiting = queue[queueStart...].compactMap { tickets.removeValue(forKey: $0)?.answer }
        queue = []
        queueStart = 0
        return waiting
    }

    // MARK: Keepers

    /// What `keeper` does next.
    mutating func next(_ keeper: Int, hasWorker: Bool, now: UInt64) -> Step {
        // It may have woken by itself.
        idle.removeAll { $0 == keeper }
        if isClosing { return .leave }
        // Jobs that were cancelled while they waited are still in the queue.
        while queueStart < queue.count, tickets[queue[queueStart]] == nil { queueStart += 1 }
        if queueStart > 64, queueStart * 2 > queue.count {
            queue.removeFirst(queueStart)
            queueStart = 0
        }
        guard queueStart < queue.count, let request = tickets[queue[queueStart]]?.request else {
            queue = []
            queueStart = 0
            idle.append(keeper)
            return .sleep(milliseconds: -1)
        }
        guard hasWorker else {
            guard now < nextStart else { return .start }
            return .sleep(milliseconds: Int32((nextStart - now) / 1_000_000 + 1))
        }
        let id = queue[queueStart]
        queueStart += 1
        tickets[id]?.keeper = keeper
        tickets[id]?.attempts += 1
        return .serve(id, request)
    }

    /// Says how to wake a keeper; nil when it wakes no more.
    mutating func sat(_ keeper: Int, bell: Int32?) {
        seats[keeper]?.bell = bell
    }

    /// Lets others see a worker; false when it is no longer wanted.
    mutating func started(_ keeper: Int, _ worker: WorkerProcess.Handle) -> Bool {
        seats[keeper]?.worker = worker
        seats[keeper]?.isServing = false
        return !isClosing
    }

    mutating func greeted(_ keeper: Int) {
        seats[keeper]?.isServing = true
        failedStarts = 0
    }

    /// Counts a failed start; how many in a row, when there is no hope left for those who wait.
    mutating func failedStart(now: UInt64, isFinal: Bool) -> Int? {
        failedStarts += 1
        let wait = backoff.ceiling(beforeRetry: failedStarts)
        let (seconds, attoseconds) = wait.components
        nextStart = now + UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        let anyAlive = seats.values.contains { $0.isServing }
        guard isFinal || failedStarts >= Self.hopeless && !anyAlive else { return nil }
        return failedStarts
    }

    /// Hides the worker from others; from here on nobody kills it.
    mutating func hide(_ keeper: Int) -> WorkerProcess.Handle? {
        defer {
            seats[keeper]?.worker = nil
            seats[keeper]?.isServing = false
        }
        return seats[keeper]?.worker
    }

    /// Takes the keeper away; those who wait for the end of the last one.
    mutating func left(_ keeper: Int) -> [CheckedContinuation<Void, Never>] {
        seats[keeper] = nil
        idle.removeAll { $0 == keeper }
        guard isClosing, seats.isEmpty else { return [] }
        defer { closers = [] }
        return closers
    }

    /// Closes: who waited, which workers are dismissed, which bells ring.
    mutating func close() -> (waiting: [Answer], workers: [WorkerProcess.Handle], bells: [Int32]) {
        isClosing = true
        return (
            takeQueued(), seats.values.compactMap(\.worker), seats.values.compactMap(\.bell)
        )
    }
}
