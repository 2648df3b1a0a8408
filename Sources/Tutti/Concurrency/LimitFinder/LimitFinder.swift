/// Finds how many jobs had best be in flight, by measuring while they run.
///
/// It is told when jobs start and end, and says at any time how many may be in flight. It begins
/// near the number of processors, grows while throughput grows with it, holds at the knee, where
/// more jobs in flight only wait longer, and goes on asking whether the knee has moved. A pure
/// state machine without a clock: all times are given, as durations since any fixed moment.
///
/// ```swift
/// var finder = LimitFinder(at: start.duration(to: .now))
/// while finder.inFlight < finder.limit { begin(finder.started(at: start.duration(to: .now))) }
/// ```
///
/// Throughput comes from how long jobs took and how many were in flight (Little's law). Only jobs
/// that started under the present limit count, so each limit is judged by what happened under it.
/// `LimitFinder.md` beside the code has the rules and what they cost.
public struct LimitFinder: Sendable {
    /// A job in flight.
    public struct Ticket: Hashable, Sendable {
        fileprivate let startedAt: Int64
        /// The number of jobs in flight then, this one among them.
        fileprivate let inFlight: Int
        fileprivate let window: Int
    }

    /// How a job ended.
    public enum Ending: Hashable, Sendable {
        /// It did its work.
        case succeeded
        /// It did not, for reasons that say nothing about how many are in flight.
        case failed
        /// It was refused because too many were in flight.
        case overloaded
    }

    /// How many jobs may be in flight now; 1 at least.
    public private(set) var limit: Int

    private let maximum: Int
    private let processors: Int
    private var search: LimitSearch
    private var window: LimitWindow
    /// The first window when half of its jobs had ended, for comparison with the second.
    private var early: LimitWindow?
    private var usage = ProcessorUsage()
    /// Where the ramp ends; nil when it has ended.
    private var rampEnd: Int?
    private var lastOverload = -1
    private var isShortOfJobs = false

    /// Until jobs have ended, the limit may grow to so many a processor.
    ///
    /// Every server takes that many, and a thousand short waits are not begun two by two.
    private static let rampPerProcessor = 32

    /// Begins with few jobs.
    ///
    /// - Parameters:
    ///   - initial: the limit to begin with; by default one job a processor.
    ///   - maximum: the most that may ever be in flight.
    ///   - processors: how many processors the jobs share.
    ///   - now: the time.
    public init(
        initial: Int? = nil, maximum: Int = 1000, processors: Int = Processors.usable.count,
        at now: Duration
    ) {
        self.init(
            initial: initial, maximum: maximum, processors: processors, now: now.nanoseconds)
    }

    init(initial: Int?, maximum: Int, processors: Int, now: Int64) {
        self.maximum = max(1, maximum)
        self.processors = max(1, processors)
        limit = min(max(1, initial ?? self.processors), self.maximum)
        search = LimitSearch(maximum: self.maximum, processors: self.processors)
        window = LimitWindow(number: 0, limit: limit, inFlight: 0, at: now)
        rampEnd = min(self.maximum, Self.rampPerProcessor * self.processors)
    }

    /// The number of jobs in flight.
    public var inFlight: Int { window.inFlight }

    /// Whether too few jobs have ended to measure anything.
    public var isRampingUp: Bool { rampEnd != nil }

    // MARK: Events

    /// A job starts now.
    public mutating func started(at now: Duration) -> Ticket {
        started(now: now.nanoseconds)
    }

    /// A job has ended.
    public mutating func ended(_ ticket: Ticket, _ ending: Ending = .succeeded, at now: Duration) {
        ended(ticket, ending, now: now.nanoseconds)
    }

    /// Time has passed: every millisecond while it ramps up, a few times a second later.
    ///
    /// - Parameters:
    ///   - cpu: the processor time that the process has used so far.
    ///   - now: the time.
    public mutating func tick(cpu: Duration, at now: Duration) {
        tick(cpu: cpu.nanoseconds, now: now.nanoseconds)
    }

    mutating func started(now: Int64) -> Ticket {
        window.started(at: now)
        return Ticket(startedAt: now, inFlight: window.inFlight, window: window.number)
    }

    mutating func ended(_ ticket: Ticket, _ ending: Ending, now: Int64) {
        window.ended(at: now)
        switch ending {
        case .failed:
            return
        case .overloaded:
            // Those that started before the last answer to an overload know nothing new.
            guard ticket.window > lastOverload else { return }
            lastOverload = window.number
            rampEnd = nil
            go(to: search.overloaded(at: min(limit, window.inFlight + 1)), at: now)
        case .succeeded:
            guard ticket.window == window.number else { return }
            window.count(lasting: now - ticket.startedAt, among: ticket.inFlight)
            if window.ended >= LimitWindow.fewestJobs { rampEnd = nil }
            if early == nil, window.isFull(share: 0.5, error: 1, at: now) { early = window }
            if isWindowFull(at: now) { judge(at: now) }
        }
    }

    mutating func tick(cpu: Int64, now: Int64) {
        usage.measured(cpu, at: now)
        guard let used = usage.processors else { return }
        // Jobs that compute are slower, not fewer, while other programs take processors.
        search.fewest = used > 0.5 * Double(processors) ? min(processors, maximum) : 1
        guard let rampEnd, window.inFlight >= limit else { return }
        // Nobody has come back yet, and a processor idles: those in flight wait.
        guard used < Double(processors) - 0.5, limit < rampEnd else { return }
        limit = min(rampEnd, limit * 2)
        window.limit = limit
        window.begin(at: now)
    }

    // MARK: Decisions

    /// The smaller the step, the more exact both its ends must be known.
    private func isWindowFull(at now: Int64) -> Bool {
        let error = search.isFirstClimb ? 0.15 * search.step : min(0.15 * search.step, 0.05)
        if search.phase == .begun, window.number > 0 {
            return window.isFull(share: 0.5, error: error, at: now)
        }
        if search.isFirstClimb, window.isFull(share: 0.5, error: error, at: now),
            search.isProportional(seen(at: now))
        {
            return true
        }
        return window.isFull(share: 1, error: error, at: now)
    }

    private func seen(at now: Int64) -> LimitSearch.Level {
        LimitSearch.Level(
            limit: limit, throughput: window.throughput(at: now),
            atLeast: window.leastThroughput)
    }

    private mutating func judge(at now: Int64) {
        // With fewer jobs in flight than allowed, the limit is not what was measured.
        isShortOfJobs = window.meanInFlight(at: now) < 0.75 * Double(limit)
        guard !isShortOfJobs else { return go(to: limit, at: now) }
        guard search.phase == .begun else {
            let next = search.measured(seen(at: now), spread: window.spread)
            return go(to: next, at: now)
        }
        // The first jobs all came at once. If they took the same nevertheless, nobody queued.
        if window.number == 0, window.spread < 0.15 {
            return go(to: search.begin(with: seen(at: now), stretch: 1), at: now)
        }
        // Else the first half met nobody: what they took, compared with what those took that came
        // after them, says whether there is a queue, if they take about the same otherwise.
        guard let early, window.number > 0 else { return go(to: limit, at: now) }
        let isEven = max(early.spread, window.spread) < 0.5
        let stretch = isEven ? window.meanTime / early.meanTime : nil
        go(to: search.begin(with: seen(at: now), stretch: stretch), at: now)
    }

    private mutating func go(to next: Int, at now: Int64) {
        limit = next
        window = LimitWindow(
            number: window.number + 1, limit: next, inFlight: window.inFlight, at: now)
    }

    /// Why the limit is what it is.
    public var reason: Reason {
        if isShortOfJobs { return .tooFewJobs }
        switch search.phase {
        case .begun: return .begun
        case .resting(let level, _) where level.throughput == 0: return .overload
        case .trial(let level), .resting(let level, _):
            if let used = usage.processors, used > 0.85 * Double(processors) {
                return .processors(perSecond: level.throughput)
            }
            if level.limit >= maximum { return .maximum(perSecond: level.throughput) }
            return .throughput(perSecond: level.throughput, inFlight: level.limit)
        }
    }
}

/// How many processors the process keeps busy.
private struct ProcessorUsage: Sendable {
    /// Between the last two measurements; nil before the second.
    private(set) var processors: Double?
    private var last: (cpu: Int64, at: Int64)?

    mutating func measured(_ cpu: Int64, at now: Int64) {
        if let last, now > last.at {
            processors = Double(cpu - last.cpu) / Double(now - last.at)
        }
        last = (cpu, now)
    }
}

extension Duration {
    /// In whole nanoseconds.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }
}
