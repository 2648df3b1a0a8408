/// The jobs that wait, the keepers, and who does what: a state machine without side effects.
///
/// Its methods say what the caller has to do after (or, for a worker's handle, before) it lets go
/// of the lock.
struct CrewState: Sendable {
    /// One job, or a slice of many, from submission to end.
    ///
    /// What does not change is behind a reference: tickets are copied at each step of their way.
    struct Ticket: Sendable {
        private final class Order: Sendable {
            let request: Slice
            let answer: AnswerSink

            init(request: Slice, answer: AnswerSink) {
                self.request = request
                self.answer = answer
            }
        }

        private let order: Order
        /// How many of its jobs have no end yet.
        fileprivate(set) var open: Int
        /// How often jobs of it were sent to a worker.
        fileprivate(set) var attempts = 0
        /// How often a worker died that had jobs of it which had not begun.
        fileprivate(set) var returns = 0
        fileprivate(set) var isCancelled = false

        init(request: Slice, answer: AnswerSink) {
            order = Order(request: request, answer: answer)
            open = request.count
        }

        var request: Slice { order.request }
        /// How many jobs it has.
        var count: Int { order.request.count }
        var answer: AnswerSink { order.answer }

        /// How many bytes they have.
        var bytes: Int { order.request.frame.bytes.count }

        /// Large, or with attachments: sent alone, since a keeper that is still sending when the
        /// first job runs can do nothing else.
        var needsOwnLoad: Bool {
            !request.frame.attachments.isEmpty || bytes > CrewState.mostBytes
        }
    }

    /// Consecutive jobs of a ticket.
    struct Part: Sendable, Equatable {
        let ticket: Int
        var jobs: Range<Int>
    }

    /// What others may know about a keeper.
    struct Seat: Sendable {
        /// Wakes the keeper; nil before and after its work.
        var bell: Int32?
        /// The worker, as long as it is not buried.
        var worker: WorkerProcess.Handle?
        /// Whether the worker has said hello.
        var isServing = false
        /// Whether the worker was killed or told to end, and is to be buried.
        fileprivate(set) var isKilled = false
        /// Until when a worker that was told to end has time; nanoseconds.
        fileprivate(set) var endsBy: UInt64?
        /// Whether the keeper is sending a large load, which the worker may never read.
        fileprivate(set) var isSending = false
        /// Since when the worker has nothing to do; nanoseconds, nil while it has.
        fileprivate(set) var idleSince: UInt64?
        /// The jobs that the worker has, in the order in which they run.
        fileprivate(set) var load: [Part] = []
        /// How many jobs of the load have ended.
        fileprivate(set) var ended = 0
    }

    /// What a keeper does next.
    enum Step: Sendable {
        case start
        case serve(Load)
        case sleep(milliseconds: Int32)
        /// Dismisses its worker, and asks again.
        case bury
        case leave
    }

    /// How those are told that there are jobs.
    enum Call: Sendable {
        case ring(Int32)
        case addKeeper(Int)
    }

    /// What follows a submission.
    enum Admission: Sendable {
        case queued
        case calls(Call)
        case refused
    }

    /// Jobs that have ended together, and who waits for them.
    struct Ending: Sendable {
        let ticket: Ticket
        let jobs: Range<Int>
    }

    /// How many failed starts in a row, without any worker alive, mean that none will start.
    static let hopeless = 3
    /// How often a job may come back from workers that died before it began.
    static let mostReturns = 10
    /// Frames of a load of several are so small together that sending them never waits.
    static let mostBytes = 64 << 10

    let width: Int
    /// How long a worker stays with nothing to do; nanoseconds, nil for ever.
    let idleTime: UInt64?
    private let backoff = Backoff(initial: .milliseconds(20), maximum: .seconds(2))
    private(set) var tickets: [Int: Ticket] = [:]
    private var queue = PartQueue()
    private(set) var seats: [Int: Seat] = [:]
    private var idle: [Int] = []
    private var keepersMade = 0
    private var failedStarts = 0
    /// Before this time no worker is started; nanoseconds.
    private var nextStart: UInt64 = 0
    private(set) var isClosing = false
    var loadSize = LoadSize(target: .milliseconds(1), most: 1024)
    var closers: [CheckedContinuation<Void, Never>] = []
    var usage = ResourceUsage.zero

    init(width: Int, idleTime: UInt64?) {
        self.width = width
        self.idleTime = idleTime
    }

    /// Whether every keeper is at work, and there may be no more of them.
    ///
    /// Then nobody needs to be called for a job: a keeper looks for more before it sleeps.
    var isAtWork: Bool { idle.isEmpty && seats.count >= width && !isClosing }

    // MARK: Jobs

    mutating func submit(_ id: Int, _ ticket: Ticket) -> Admission {
        guard !isClosing else { return .refused }
        tickets[id] = ticket
        queue.append(Part(ticket: id, jobs: 0..<ticket.count))
        return call().map { .calls($0) } ?? .queued
    }

    /// Somebody to do a job; nil when everybody is busy and will look for more.
    private mutating func call() -> Call? {
        while let keeper = idle.popLast() {
            if let bell = seats[keeper]?.bell { return .ring(bell) }
        }
        guard seats.count < width else { return nil }
        keepersMade += 1
        seats[keepersMade] = Seat()
        return .addKeeper(keepersMade)
    }

    /// Cancels a ticket: who waits for jobs that have not begun, and the keepers that have others.
    mutating func cancel(_ id: Int) -> (waited: [Ending], keepers: [Int]) {
        guard tickets[id] != nil else { return ([], []) }
        tickets[id]?.isCancelled = true
        let keepers = seats.filter { $0.value.load.contains { $0.ticket == id } }.map(\.key)
        guard tickets[id]?.count == 1 else {
            return (queue.remove(ticket: id).map { close($0) }, keepers)
        }
        guard keepers.isEmpty else { return ([], keepers) }
        // Its part stays in the queue, since many single jobs may be cancelled at once; a part
        // without a ticket is passed over.
        queue.jobs -= 1
        return ([close(Part(ticket: id, jobs: 0..<1))], [])
    }

    /// Takes back the jobs of a keeper that cannot begin any more: all but the first `begun`.
    ///
    /// - Returns: those that were cancelled meanwhile, and whom to call for the others.
    mutating func recall(_ keeper: Int, begun: Int) -> (cancelled: [Ending], calls: [Call]) {
        guard var seat = seats[keeper] else { return ([], []) }
        var keep = max(0, begun - seat.ended)
        var back: [Part] = []
        var load: [Part] = []
        for part in seat.load {
            let kept = min(keep, part.jobs.count)
            keep -= kept
            let (first, rest) = part.split(at: kept)
            if !first.jobs.isEmpty { load.append(first) }
            if !rest.jobs.isEmpty { back.append(rest) }
        }
        seat.load = load
        seats[keeper] = seat
        return putBack(back)
    }

    private mutating func putBack(_ parts: [Part]) -> (cancelled: [Ending], calls: [Call]) {
        var endings: [Ending] = []
        var calls: [Call] = []
        for part in parts.reversed() {
            if tickets[part.ticket]?.isCancelled == true {
                endings.append(close(part))
            } else {
                queue.prepend(part)
            }
        }
        for _ in 0..<(parts.count - endings.count) {
            guard let call = call() else { break }
            calls.append(call)
        }
        return (endings, calls)
    }

    /// Whether cancelling `id` takes the keeper's worker, now that nothing more begins there.
    ///
    /// It does when the job runs, or when the worker is still being sent it: that may take for ever.
    func mustKill(_ keeper: Int, over id: Int, isRunning: Bool) -> Bool {
        guard let seat = seats[keeper] else { return false }
        guard let last = seat.load.last else { return seat.isSending }
        return last.ticket == id && isRunning
    }

    mutating func sent(_ keeper: Int) {
        seats[keeper]?.isSending = false
    }

    /// How many jobs a keeper's worker has, and how many of its load have ended.
    func load(of keeper: Int) -> (open: Int, ended: Int) {
        guard let seat = seats[keeper] else { return (0, 0) }
        return (seat.load.reduce(0) { $0 + $1.jobs.count }, seat.ended)
    }

    /// Notes the end of the next `count` jobs of a keeper's load.
    mutating func ended(_ keeper: Int, _ count: Int) -> [Ending] {
        guard count > 0, var load = seats[keeper]?.load else { return [] }
        // Not in two places while it changes: it would be copied.
        seats[keeper]?.load = []
        var left = count
        var whole = 0
        var endings: [Ending] = []
        endings.reserveCapacity(min(count, load.count))
        while left > 0, whole < load.count {
            let (first, rest) = load[whole].split(at: min(left, load[whole].jobs.count))
            left -= first.jobs.count
            endings.append(close(first))
            load[whole] = rest
            if rest.jobs.isEmpty { whole += 1 }
        }
        load.removeFirst(whole)
        seats[keeper]?.load = load
        seats[keeper]?.ended += count - left
        return endings
    }

    /// Takes a keeper's load away after the death of its worker: the job that ran, if one did.
    ///
    /// What had not begun goes back to the front of the queue, unless it came back too often.
    ///
    /// `begun` is nil when the worker's memory is not to be trusted: then any of them may have.
    mutating func lost(
        _ keeper: Int, begun: Int?
    ) -> (culprits: [Ending], cancelled: [Ending], calls: [Call]) {
        let ran = begun.map { max(0, $0 - (seats[keeper]?.ended ?? 0)) }
        var culprits = ended(keeper, ran ?? .max)
        let rest = seats[keeper]?.load ?? []
        seats[keeper]?.load = []
        guard !isClosing else { return (culprits + rest.map { close($0) }, [], []) }
        var back: [Part] = []
        for part in rest {
            tickets[part.ticket]?.returns += 1
            if let ticket = tickets[part.ticket], ticket.returns < Self.mostReturns {
                back.append(part)
            } else {
                culprits.append(close(part))
            }
        }
        let (cancelled, calls) = putBack(back)
        return (culprits, cancelled, calls)
    }

    /// Takes out all jobs that wait.
    mutating func takeQueued() -> [Ending] {
        queue.removeAll().filter { tickets[$0.ticket] != nil }.map { close($0) }
    }

    /// Ends jobs; the ticket goes with the last of them.
    private mutating func close(_ part: Part) -> Ending {
        guard var ticket = tickets[part.ticket] else {
            preconditionFailure("Jobs without a ticket.")
        }
        ticket.open -= part.jobs.count
        tickets[part.ticket] = ticket.open > 0 ? ticket : nil
        return Ending(ticket: ticket, jobs: part.jobs)
    }

    // MARK: Keepers

    /// What `keeper` does next.
    ///
    /// `most`: how many jobs its worker may get; nil when it has none.
    mutating func next(_ keeper: Int, most: Int?, now: UInt64) -> Step {
        // It may have woken by itself.
        idle.removeAll { $0 == keeper }
        if isClosing { return .leave }
        if most != nil, seats[keeper]?.isKilled == true { return .bury }
        while let part = queue.first, tickets[part.ticket] == nil { queue.passOver() }
        guard queue.first != nil else { return rest(keeper, hasWorker: most != nil, now) }
        seats[keeper]?.idleSince = nil
        guard let most else {
            guard now < nextStart else { return .start }
            return .sleep(milliseconds: Int32((nextStart - now) / 1_000_000 + 1))
        }
        return .serve(takeLoad(keeper, most: most))
    }

    /// Nothing to do: a worker that has been idle for long goes.
    private mutating func rest(_ keeper: Int, hasWorker: Bool, _ now: UInt64) -> Step {
        guard hasWorker else {
            // Called last: others still have a worker.
            idle.insert(keeper, at: 0)
            return .sleep(milliseconds: -1)
        }
        let since = seats[keeper]?.idleSince ?? now
        seats[keeper]?.idleSince = since
        guard let idleTime else {
            idle.append(keeper)
            return .sleep(milliseconds: -1)
        }
        guard now - since < idleTime else {
            seats[keeper]?.idleSince = nil
            return .bury
        }
        idle.append(keeper)
        let left = (idleTime - (now - since)) / 1_000_000 + 1
        return .sleep(milliseconds: Int32(clamping: left))
    }

    /// Gives a keeper its share of the queue, as much as its worker runs in a short time.
    private mutating func takeLoad(_ keeper: Int, most room: Int) -> Load {
        let share = (queue.jobs + width - 1) / width
        let most = min(share, loadSize.jobs, room)
        var load = Load()
        var parts: [Part] = []
        while var part = queue.first {
            guard let ticket = tickets[part.ticket] else {
                queue.passOver()
                continue
            }
            // Slices are taken whole, if the worker lives so long: whoever made them chose their
            // size.
            let fits =
                load.count + part.jobs.count <= most && !ticket.needsOwnLoad
                && load.bytes + ticket.bytes <= Self.mostBytes
            guard load.count == 0 || fits else { break }
            queue.removeFirst()
            if part.jobs.count > room {
                let (first, rest) = part.split(at: room)
                queue.prepend(rest)
                part = first
            }
            parts.append(part)
            tickets[part.ticket]?.attempts += 1
            load.append(ticket, part.jobs)
            load.isLarge = ticket.needsOwnLoad
            if load.isLarge { break }
        }
        seats[keeper]?.isSending = load.isLarge
        seats[keeper]?.load = parts
        seats[keeper]?.ended = 0
        return load
    }

    /// Says how to wake a keeper; nil when it wakes no more.
    mutating func sat(_ keeper: Int, bell: Int32?) {
        seats[keeper]?.bell = bell
    }

    /// Lets others see a worker; false when it is no longer wanted.
    mutating func started(_ keeper: Int, _ worker: WorkerProcess.Handle) -> Bool {
        seats[keeper]?.worker = worker
        seats[keeper]?.isServing = false
        seats[keeper]?.isKilled = false
        seats[keeper]?.endsBy = nil
        seats[keeper]?.isSending = false
        return !isClosing
    }

    mutating func greeted(_ keeper: Int) {
        seats[keeper]?.isServing = true
        failedStarts = 0
    }

    /// Notes that a keeper's worker was killed, or has time to end until `deadline`.
    mutating func killed(_ keeper: Int, endsBy deadline: UInt64? = nil) {
        seats[keeper]?.isKilled = true
        seats[keeper]?.endsBy = deadline
    }

    /// Whether a keeper's worker has had its time to end.
    func isOverdue(_ keeper: Int, now: UInt64) -> Bool {
        seats[keeper]?.endsBy.map { now >= $0 } ?? false
    }

    /// Counts a failed start; how many in a row, when there is no hope left for those who wait.
    mutating func failedStart(now: UInt64, isFinal: Bool) -> Int? {
        failedStarts += 1
        let (seconds, attoseconds) = backoff.ceiling(beforeRetry: failedStarts).components
        nextStart = now + UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        // As long as another worker serves, those who wait can wait for it.
        let isHopeless = failedStarts >= Self.hopeless && !seats.values.contains(where: \.isServing)
        return isFinal || isHopeless ? failedStarts : nil
    }

    /// Takes the worker's handle away: from here on nobody else touches the worker.
    mutating func hide(_ keeper: Int) -> WorkerProcess.Handle? {
        seats[keeper]?.isServing = false
        defer { seats[keeper]?.worker = nil }
        return seats[keeper]?.worker
    }

    /// A keeper is gone; those who waited for the end of the last one.
    mutating func left(_ keeper: Int) -> [CheckedContinuation<Void, Never>] {
        seats[keeper] = nil
        idle.removeAll { $0 == keeper }
        guard isClosing, seats.isEmpty else { return [] }
        defer { closers = [] }
        return closers
    }

    /// Closes: who waited, which workers are dismissed, which bells ring.
    mutating func close() -> (waiting: [Ending], workers: [WorkerProcess.Handle], bells: [Int32]) {
        isClosing = true
        return (
            takeQueued(), seats.values.compactMap(\.worker), seats.values.compactMap(\.bell)
        )
    }
}

extension CrewState.Part {
    /// The first `count` jobs, and the others.
    fileprivate func split(at count: Int) -> (first: Self, rest: Self) {
        let middle = jobs.lowerBound + count
        return (
            Self(ticket: ticket, jobs: jobs.lowerBound..<middle),
            Self(ticket: ticket, jobs: middle..<jobs.upperBound)
        )
    }
}
