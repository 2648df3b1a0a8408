import TuttiTesting

@testable import Tutti

/// A server and its client in simulated time: jobs arrive as a ``LimitFinder`` allows.
///
/// `channels` jobs are served at a time, the others queue up first-in first-out; each takes
/// `service` seconds, stretched when many are in flight.
struct SimulatedServer {
    /// Seconds for one job that starts to be served at a time.
    var service: (inout SplitMix64, _ now: Double) -> Double
    var channels = Int.max
    /// How much longer a job takes with so many in flight.
    var stretch: (_ inFlight: Int) -> Double = { _ in 1 }
    /// Jobs beyond are refused after 5 ms.
    var refusesBeyond = Int.max
    /// Whether jobs use a processor each while they are served.
    var computes = false

    struct Record {
        /// Seconds from the first start to the last end.
        var seconds = 0.0
        var succeeded = 0
        /// Among those, in the second half of the time.
        var succeededLate = 0
        /// Each limit, and since when.
        var limits: [(time: Double, limit: Int)] = []
        var reason = ""
        var lastLimit: Int { limits.last?.limit ?? 0 }
    }

    /// Serves `jobs` jobs, or as many as fit into `until` seconds; `fixed` replaces the finder.
    func serve(
        jobs: Int = .max, until end: Double = .infinity, fixed: Int? = nil, maximum: Int = 1000,
        processors: Int = 2, seed: UInt64 = 1
    ) -> Record {
        var run = Run(
            server: self, fixed: fixed, jobs: jobs,
            finder: LimitFinder(maximum: maximum, processors: processors, at: .zero),
            random: SplitMix64(seed: seed))
        run.play(until: end)
        if end.isFinite { run.record.seconds = end }
        run.record.reason = "\(run.finder.reason)"
        return run.record
    }

    /// The throughput of the best fixed limit, in jobs a second, and that limit.
    func best(
        jobs: Int = .max, until end: Double = .infinity, upTo maximum: Int = 1000
    ) -> (limit: Int, perSecond: Double) {
        let limits = [
            1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40, 48, 64, 96, 128, 200, 256, 384, 512, 768, 1000,
            2000, 5000,
        ]
        let all = limits.filter { $0 <= maximum }.map { limit in
            let record = serve(jobs: jobs, until: end, fixed: limit)
            return (limit: limit, perSecond: Double(record.succeeded) / record.seconds)
        }
        return all.max { $0.perSecond < $1.perSecond } ?? (0, 0)
    }
}

/// One run of a ``SimulatedServer``.
private struct Run {
    let server: SimulatedServer
    let fixed: Int?
    let jobs: Int
    var finder: LimitFinder
    var random: SplitMix64
    var record = SimulatedServer.Record()
    private var now = 0.0
    private var events: [Event] = []
    private var sequence = 0
    private var started = 0
    private var ended = 0
    private var inFlight = 0
    private var served = 0
    private var cpu = 0.0
    private var queue: [LimitFinder.Ticket] = []
    private var queueStart = 0

    private enum What {
        case served(LimitFinder.Ticket)
        case refused(LimitFinder.Ticket)
        case tick
    }

    private struct Event {
        let time: Double
        let sequence: Int
        let what: What
        func isBefore(_ other: Self) -> Bool {
            (time, sequence) < (other.time, other.sequence)
        }
    }

    init(
        server: SimulatedServer, fixed: Int?, jobs: Int, finder: LimitFinder, random: SplitMix64
    ) {
        self.server = server
        self.fixed = fixed
        self.jobs = jobs
        self.finder = finder
        self.random = random
    }

    mutating func play(until end: Double) {
        startJobs()
        schedule(.tick, in: 0.001)
        while ended < jobs, let event = popEvent(), event.time < end {
            if server.computes { cpu += (event.time - now) * Double(served) }
            now = event.time
            switch event.what {
            case .tick:
                finder.tick(cpu: .seconds(cpu), at: .seconds(now))
                schedule(.tick, in: finder.isRampingUp ? 0.001 : 0.1)
            case .refused(let ticket):
                finish(ticket, .overloaded)
            case .served(let ticket):
                served -= 1
                record.succeeded += 1
                if now > end / 2 { record.succeededLate += 1 }
                finish(ticket, .succeeded)
                if queueStart < queue.count {
                    serve(queue[queueStart])
                    queueStart += 1
                }
            }
            startJobs()
        }
        record.seconds = now
    }

    private mutating func finish(_ ticket: LimitFinder.Ticket, _ ending: LimitFinder.Ending) {
        inFlight -= 1
        ended += 1
        finder.ended(ticket, ending, at: .seconds(now))
    }

    private mutating func startJobs() {
        while inFlight < fixed ?? finder.limit, started < jobs {
            started += 1
            inFlight += 1
            let ticket = finder.started(at: .seconds(now))
            if inFlight > server.refusesBeyond {
                schedule(.refused(ticket), in: 0.005)
            } else if served < server.channels {
                serve(ticket)
            } else {
                queue.append(ticket)
            }
        }
        if record.lastLimit != finder.limit { record.limits.append((now, finder.limit)) }
    }

    private mutating func serve(_ ticket: LimitFinder.Ticket) {
        served += 1
        schedule(.served(ticket), in: server.service(&random, now) * server.stretch(inFlight))
    }

    // A binary heap by time.

    private mutating func schedule(_ what: What, in seconds: Double) {
        sequence += 1
        events.append(Event(time: now + seconds, sequence: sequence, what: what))
        var place = events.count - 1
        while place > 0, events[place].isBefore(events[(place - 1) / 2]) {
            events.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func popEvent() -> Event? {
        guard let first = events.first else { return nil }
        let last = events.removeLast()
        guard !events.isEmpty else { return first }
        events[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < events.count && events[child].isBefore(events[least]) { least = child }
            guard least != place else { return first }
            events.swapAt(place, least)
            place = least
        }
    }
}

extension SplitMix64 {
    /// A number between 0 and 1.
    mutating func fraction() -> Double {
        Double.random(in: 0..<1, using: &self)
    }
}
