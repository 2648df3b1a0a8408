/// What happened under one limit since it was set; times are in nanoseconds.
struct LimitWindow: Sendable {
    /// Windows are numbered in order.
    let number: Int
    /// The limit of this window.
    var limit: Int
    /// Jobs in flight now, from whatever window.
    private(set) var inFlight: Int
    /// Jobs that both started and ended in this window.
    private(set) var ended = 0
    /// When the first job of this window started: until then old ones make room.
    private var began: Int64?
    private var lastChange: Int64
    /// Jobs in flight, summed over time.
    private var area = 0.0
    private var timeInAll = 0.0
    private var squares = 0.0
    /// Jobs in flight when a job started, summed over those that ended.
    private var company = 0

    /// Fewer say nothing.
    static let fewestJobs = 8
    /// A shorter time is a turn of the system's scheduler.
    private static let shortest: Int64 = 2_000_000
    /// More take too long, whatever they would say.
    private static let longest: Int64 = 1_000_000_000
    private static let mostJobs = 400
    private static let mostRounds = 2

    init(number: Int, limit: Int, inFlight: Int, at now: Int64) {
        self.number = number
        self.limit = limit
        self.inFlight = inFlight
        lastChange = now
    }

    mutating func started(at now: Int64) {
        if began == nil { begin(at: now) }
        pass(to: now)
        inFlight += 1
    }

    mutating func ended(at now: Int64) {
        pass(to: now)
        inFlight -= 1
    }

    /// A job that had started in this window, as one of so many in flight, took that long.
    mutating func count(lasting nanoseconds: Int64, among inFlight: Int) {
        let time = Double(nanoseconds)
        ended += 1
        company += inFlight
        timeInAll += time
        squares += time * time
    }

    /// Forgets how many were in flight until now.
    mutating func begin(at now: Int64) {
        began = now
        lastChange = now
        area = 0
    }

    private mutating func pass(to now: Int64) {
        area += Double(inFlight) * Double(now - lastChange)
        lastChange = now
    }

    /// Whether it has seen a share of the jobs that may be in flight, and knows their mean time.
    ///
    /// `error` is how far the mean may be off, relative to it.
    func isFull(share: Double, error: Double, at now: Int64) -> Bool {
        guard ended >= Self.fewestJobs, Double(ended) >= share * Double(limit), let began,
            now - began >= Self.shortest
        else { return false }
        // The standard error of the mean, relative to it.
        return spread / Double(ended).squareRoot() <= error
            || ended >= max(Self.mostJobs, Self.mostRounds * limit) || now - began >= Self.longest
    }

    func meanInFlight(at now: Int64) -> Double {
        guard let began, now > began else { return Double(inFlight) }
        return area / Double(now - began)
    }

    /// Jobs a second, by Little's law: those in flight divided by the time that each takes.
    func throughput(at now: Int64) -> Double {
        meanInFlight(at: now) / max(meanTime, 1) * 1e9
    }

    /// Jobs a second if each waited for those alone that were in flight when it started.
    var leastThroughput: Double { Double(company) / max(timeInAll, 1) * 1e9 }

    /// How long a job took.
    var meanTime: Double { timeInAll / Double(max(ended, 1)) }

    /// The coefficient of variation of the jobs' times: 0 when all take the same.
    var spread: Double {
        max(0, squares * Double(ended) / max(timeInAll * timeInAll, 1) - 1).squareRoot()
    }
}
