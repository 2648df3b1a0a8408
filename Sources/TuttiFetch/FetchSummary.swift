/// How far a run is.
public struct FetchProgress: Hashable, Sendable {
    /// How many URLs the list has.
    public var total = 0
    /// How many of them are done, well or badly.
    public var done = 0
    /// How many have failed.
    public var failed = 0
    /// How many requests are in flight.
    public var inFlight = 0
    /// How many bytes of content came.
    public var bytes = 0
    /// The time since the start.
    public var elapsed: Duration = .zero
}

/// What a whole run came to.
public struct FetchSummary: Sendable {
    /// What kept the run from being faster.
    public enum Bottleneck: String, Hashable, Sendable {
        /// The servers' time to answer, or their refusals.
        case server
        /// The time that the content takes on its way.
        case network
        /// The processor time that this machine has.
        case cpu
        /// A number that was asked for: the limits or the rate.
        case limit
    }

    /// How many URLs the list had.
    public internal(set) var urls = 0
    /// How many files were fetched.
    public internal(set) var fetched = 0
    /// How many were there already.
    public internal(set) var skipped = 0
    /// How many the server had nothing newer of.
    public internal(set) var notModified = 0
    /// How many have failed.
    public internal(set) var failed = 0
    /// How many attempts were made.
    public internal(set) var attempts = 0
    /// How many bytes of content came.
    public internal(set) var bytes = 0
    /// From start to end.
    public internal(set) var wall: Duration = .zero
    /// The processor time that this process used.
    public internal(set) var cpu: Duration = .zero
    /// The most requests that were in flight at once.
    public internal(set) var mostInFlight = 0
    /// How many might be in flight at the end.
    public internal(set) var limit = 0
    /// Why it was this many, where it was found by measuring.
    public internal(set) var limitReason: String?
    /// Whether the run was cancelled before the end.
    public internal(set) var wasCancelled = false

    // What the bottleneck is judged by: sums over all attempts, in nanoseconds.
    var waiting: UInt64 = 0
    var receiving: UInt64 = 0
    var connecting: UInt64 = 0
    var refusals = 0
    var isLimited = false
    /// Seconds a URL, of those that were fetched.
    var seconds: [Float] = []

    /// How long a URL took at most, for a share of those that were fetched: 0.95 for 95 of 100.
    ///
    /// - Returns: nil when none was fetched.
    public func percentile(_ share: Double) -> Duration? {
        guard !seconds.isEmpty else { return nil }
        let sorted = seconds.sorted()
        let rank = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return .seconds(Double(sorted[min(max(rank, 0), sorted.count - 1)]))
    }

    /// What kept the run from being faster.
    public var bottleneck: Bottleneck {
        // One loop runs everything: it can use one processor and no more.
        if cpu > wall * 0.85 { return .cpu }
        if refusals * 20 > attempts { return .server }
        if isLimited { return .limit }
        return receiving > waiting + connecting ? .network : .server
    }

    /// A sentence with the figures behind ``bottleneck``.
    public var bottleneckReason: String {
        func share(_ part: UInt64) -> Int {
            Int(100 * Double(part) / Double(max(1, waiting + receiving + connecting)))
        }
        switch bottleneck {
        case .cpu:
            let percent = Int(100 * (cpu / wall))
            return "This machine's CPU was the limit: the loop used \(percent) % of a processor."
        case .server where refusals * 20 > attempts:
            return "The server was the limit: it refused \(refusals) of \(attempts) requests."
        case .server:
            return
                "The server was the limit: of the requests' time, \(share(waiting)) % passed before "
                + "the first byte and \(share(connecting)) % until there was a connection."
        case .network:
            return "The network was the limit: \(share(receiving)) % of the requests' time passed "
                + "while content came."
        case .limit:
            return "The limit that was asked for was the limit: \(limit) in flight, "
                + "\(share(waiting)) % of their time before the first byte."
        }
    }
}
