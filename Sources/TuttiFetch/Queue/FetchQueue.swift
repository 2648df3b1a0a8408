internal import Tutti

/// Decides which URL is fetched next.
///
/// A pure state machine: what happened goes in with its time, what is to be done comes out. It holds
/// the limits, overall and for each host, the pauses of hosts, the waits before retries, and the rate.
/// A step costs O(log n) at most. A URL costs 8 bytes here.
struct FetchQueue {
    /// What is to be done next.
    enum Step: Equatable {
        /// Fetch it.
        case start(Flight)
        /// Report it as failed without trying: the host was given up, or the run was stopped.
        case abandon(job: Int, host: Int)
        /// Nothing until then, unless a request ends before.
        case wait(until: UInt64)
        /// Nothing until a request ends.
        case busy
        /// All are done.
        case finished
    }

    /// A request in flight; given back when it ends.
    struct Flight: Equatable {
        let job: Int
        let host: Int
        let startedAt: UInt64
        fileprivate let ticket: FlightLimit.Ticket
        fileprivate let hostTicket: FlightLimit.Ticket
    }

    /// What a request says of its host.
    enum Ending: Equatable {
        /// It answered.
        case succeeded
        /// It answered badly, or the connection broke.
        case failed
        /// It asks for less, and for a pause of so many nanoseconds.
        case overloaded(pause: UInt64)
        /// There was no connection; final when trying again is no use.
        case unreachable(isFinal: Bool)
    }

    private struct Host {
        /// The waiting jobs, a list through `nextJob`.
        var head: Int32 = -1
        var tail: Int32 = -1
        var inFlight = 0
        var limit: FlightLimit
        var pausedUntil: UInt64 = 0
        /// When it last turned out that nobody answers.
        var unreachableSince: UInt64 = 0
        /// How many rounds in a row found nobody; requests in flight together are one round.
        var lostRounds = 0
        var isGivenUp = false
    }

    private enum Event {
        case host(Int32)
        case job(Int32)
    }

    private var hosts: [Host] = []
    private var nextJob: [Int32] = []
    private var hostOfJob: [Int32] = []
    private var order = HostOrder()
    private var delays = DelayHeap<Event>()
    private var abandoned: [Int] = []
    private var isStopped = false
    private var pace: Pace
    private let perHost: FetchConfiguration.Limit
    private let maximum: Int
    private let backoff: Backoff
    private let lostRoundsAllowed: Int

    /// The limit for all together.
    private(set) var limit: FlightLimit
    /// How many requests are in flight.
    private(set) var inFlight = 0
    /// How many URLs are not done.
    private(set) var open = 0

    /// Makes an empty queue; no limit allows more than `maximum`, whatever was asked for.
    init(configuration: FetchConfiguration, maximum: Int, at now: UInt64) {
        limit = FlightLimit(configuration.limit, maximum: maximum, at: now)
        perHost = configuration.perHost
        self.maximum = maximum
        pace = Pace(perSecond: configuration.rate, at: now)
        backoff = configuration.backoff
        lostRoundsAllowed = configuration.retries
    }

    /// Adds a job at the end of its host's list; hosts are numbered from 0 as they appear.
    mutating func add(_ job: Int, host: Int, at now: UInt64) {
        while nextJob.count <= job {
            nextJob.append(-1)
            hostOfJob.append(-1)
        }
        hostOfJob[job] = Int32(host)
        open += 1
        makeRoom(forHost: host, at: now)
        append(job, to: host)
        refresh(host, at: now)
    }

    /// What is to be done next.
    mutating func next(at now: UInt64) -> Step {
        popDue(at: now)
        if let step = nextAbandoned() { return step }
        guard open > 0 else { return .finished }
        guard inFlight < limit.count else { return .busy }
        guard let host = order.first else {
            return delays.nextTime.map { .wait(until: $0) } ?? .busy
        }
        if let time = pace.wait(at: now) { return .wait(until: time) }
        pace.started(at: now)
        let job = popFirst(of: host)
        inFlight += 1
        hosts[host].inFlight += 1
        let flight = Flight(
            job: job, host: host, startedAt: now, ticket: limit.started(at: now),
            hostTicket: hosts[host].limit.started(at: now))
        refresh(host, at: now)
        return .start(flight)
    }

    /// A request ended; the job is done unless ``retry(_:notBefore:)`` or ``move(_:to:at:)`` follows.
    mutating func ended(_ flight: Flight, _ ending: Ending, at now: UInt64) {
        inFlight -= 1
        open -= 1
        let host = flight.host
        hosts[host].inFlight -= 1
        // Among many hosts, what one of them refuses says nothing of how many the others take.
        let isAlone = hosts.count == 1
        limit.ended(flight.ticket, isAlone ? ending.ofHost : ending.ofAll, at: now)
        hosts[host].limit.ended(flight.hostTicket, ending.ofHost, at: now)
        switch ending {
        case .succeeded, .failed:
            hosts[host].lostRounds = 0
        case .overloaded(let pause):
            hosts[host].lostRounds = 0
            self.pause(host, until: now + pause)
        case .unreachable(let isFinal):
            wasUnreachable(flight, isFinal: isFinal, at: now)
        }
        refresh(host, at: now)
    }

    /// Puts a job that ended back, to be tried again from `time` on.
    mutating func retry(_ job: Int, notBefore time: UInt64) {
        open += 1
        delays.insert(.job(Int32(job)), at: isStopped ? 0 : time)
    }

    /// Puts a job that ended in front of the queue of another host, or of the same.
    mutating func move(_ job: Int, to host: Int, at now: UInt64) {
        open += 1
        makeRoom(forHost: host, at: now)
        hostOfJob[job] = Int32(host)
        prepend(job, to: host)
        refresh(host, at: now)
    }

    /// Starts nothing more: all that wait are abandoned.
    mutating func stop(at now: UInt64) {
        isStopped = true
        abandoned = Array(hosts.indices)
        while let event = delays.popFirst(dueBy: .max) {
            if case .job(let job) = event { prepend(Int(job), to: Int(hostOfJob[Int(job)])) }
        }
        for host in hosts.indices { refresh(host, at: now) }
    }

    /// Time has passed: lets the limits measure.
    mutating func tick(cpu: UInt64, at now: UInt64) {
        limit.tick(cpu: cpu, at: now)
        for host in hosts.indices where hosts[host].limit.isAutomatic && hosts[host].inFlight > 0 {
            hosts[host].limit.tick(cpu: cpu, at: now)
            refresh(host, at: now)
        }
    }

    /// Whether time is to be told often, since nothing has been measured yet.
    var isRampingUp: Bool { limit.isRampingUp }

    /// How many may be in flight to a host.
    ///
    /// The only host of a list has no limit of its own unless one was given: two that measure the same
    /// requests would wait for each other.
    private func limit(ofHost host: Int) -> Int {
        hosts.count == 1 && hosts[host].limit.isAutomatic ? maximum : hosts[host].limit.count
    }

    // MARK: Hosts

    private mutating func makeRoom(forHost host: Int, at now: UInt64) {
        while hosts.count <= host {
            hosts.append(Host(limit: FlightLimit(perHost, maximum: maximum, at: now)))
        }
    }

    /// Puts a host where it belongs after anything about it has changed.
    private mutating func refresh(_ number: Int, at now: UInt64) {
        let host = hosts[number]
        // While nobody answers, one request at a time finds out whether that is over.
        let limit = host.lostRounds > 0 ? 1 : self.limit(ofHost: number)
        if (host.isGivenUp || isStopped) && host.head >= 0 {
            abandoned.append(number)
            order.remove(number)
        } else if host.head >= 0, host.inFlight < limit, host.pausedUntil <= now {
            order.put(number, load: host.inFlight)
        } else {
            order.remove(number)
        }
    }

    private mutating func pause(_ host: Int, until time: UInt64) {
        guard time > hosts[host].pausedUntil else { return }
        hosts[host].pausedUntil = time
        delays.insert(.host(Int32(host)), at: time)
    }

    private mutating func wasUnreachable(_ flight: Flight, isFinal: Bool, at now: UInt64) {
        let host = flight.host
        // Those that had started before the last one failed say nothing new.
        guard hosts[host].lostRounds == 0 || flight.startedAt >= hosts[host].unreachableSince else {
            return
        }
        hosts[host].lostRounds += 1
        hosts[host].unreachableSince = now
        if isFinal || hosts[host].lostRounds > lostRoundsAllowed {
            hosts[host].isGivenUp = true
        } else {
            let wait = backoff.ceiling(beforeRetry: hosts[host].lostRounds)
            pause(host, until: now + wait.nanoseconds)
        }
    }

    private mutating func popDue(at now: UInt64) {
        while let event = delays.popFirst(dueBy: now) {
            switch event {
            case .host(let host): refresh(Int(host), at: now)
            case .job(let job):
                let host = Int(hostOfJob[Int(job)])
                prepend(Int(job), to: host)
                refresh(host, at: now)
            }
        }
    }

    private mutating func nextAbandoned() -> Step? {
        while let host = abandoned.last {
            guard hosts[host].head >= 0 else {
                abandoned.removeLast()
                continue
            }
            open -= 1
            return .abandon(job: popFirst(of: host), host: host)
        }
        return nil
    }

    // MARK: The list of a host

    private mutating func append(_ job: Int, to host: Int) {
        if hosts[host].tail >= 0 {
            nextJob[Int(hosts[host].tail)] = Int32(job)
        } else {
            hosts[host].head = Int32(job)
        }
        hosts[host].tail = Int32(job)
    }

    private mutating func prepend(_ job: Int, to host: Int) {
        nextJob[job] = hosts[host].head
        hosts[host].head = Int32(job)
        if hosts[host].tail < 0 { hosts[host].tail = Int32(job) }
    }

    private mutating func popFirst(of host: Int) -> Int {
        let job = Int(hosts[host].head)
        hosts[host].head = nextJob[job]
        nextJob[job] = -1
        if hosts[host].head < 0 { hosts[host].tail = -1 }
        return job
    }
}

extension FetchQueue.Ending {
    /// What it says of how many its host takes.
    fileprivate var ofHost: LimitFinder.Ending {
        switch self {
        case .succeeded: .succeeded
        case .failed: .failed
        case .overloaded, .unreachable: .overloaded
        }
    }

    /// What it says of how many all hosts take together.
    fileprivate var ofAll: LimitFinder.Ending {
        self == .succeeded ? .succeeded : .failed
    }
}

extension Duration {
    /// In nanoseconds, from 0 to 146 years.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 1 << 32 else { return 1 << 62 }
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }
}
