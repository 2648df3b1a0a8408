/// Notices when an attempt takes too long.
///
/// A pure state machine that is asked now and then, so that a request costs no timer: it sees from the
/// count of bytes whether something came since it was asked last.
struct Watch {
    /// The limits in nanoseconds.
    struct Limits: Equatable {
        var connect: UInt64?
        var idle: UInt64?
        var total: UInt64?
        var slowest: (bytesPerSecond: Int, window: UInt64)?

        init(_ configuration: FetchConfiguration) {
            connect = configuration.timeouts.connect?.nanoseconds
            idle = configuration.timeouts.idle?.nanoseconds
            total = configuration.timeouts.total?.nanoseconds
            slowest = configuration.slowest.map {
                ($0.bytesPerSecond, max(1, $0.window.nanoseconds))
            }
        }

        /// How often a watch must be asked to be a tenth late at most; nil when nothing is limited.
        var interval: UInt64? {
            [connect, idle, total, slowest?.window].compactMap { $0 }.min().map {
                min(max($0 / 10, 5_000_000), 250_000_000)
            }
        }

        static func == (left: Self, right: Self) -> Bool {
            left.connect == right.connect && left.idle == right.idle && left.total == right.total
                && left.slowest?.bytesPerSecond == right.slowest?.bytesPerSecond
                && left.slowest?.window == right.slowest?.window
        }
    }

    private let startedAt: UInt64
    private var isConnected = false
    private var bytes = 0
    private var lastProgress: UInt64
    private var windowStart: UInt64
    private var windowBytes = 0

    /// An attempt starts.
    init(at now: UInt64) {
        startedAt = now
        lastProgress = now
        windowStart = now
    }

    /// Looks at an attempt.
    ///
    /// - Returns: why it must end; nil when it may go on.
    mutating func look(
        isConnected: Bool, bytes: Int, limits: Limits, at now: UInt64
    ) -> FetchError? {
        if isConnected != self.isConnected || bytes != self.bytes {
            if isConnected != self.isConnected {
                windowStart = now
                windowBytes = bytes
            }
            self.isConnected = isConnected
            self.bytes = bytes
            lastProgress = now
        }
        if let total = limits.total, now - startedAt >= total {
            return .timedOut(.total, after: .nanoseconds(Int64(total)))
        }
        guard isConnected else {
            guard let connect = limits.connect, now - startedAt >= connect else { return nil }
            return .timedOut(.connect, after: .nanoseconds(Int64(connect)))
        }
        if let idle = limits.idle, now - lastProgress >= idle {
            return .timedOut(.idle, after: .nanoseconds(Int64(idle)))
        }
        return slowness(limits, at: now)
    }

    private mutating func slowness(_ limits: Limits, at now: UInt64) -> FetchError? {
        guard let slowest = limits.slowest, now - windowStart >= slowest.window else { return nil }
        let seconds = Double(now - windowStart) / 1e9
        let speed = Int(Double(bytes - windowBytes) / seconds)
        windowStart = now
        windowBytes = bytes
        guard speed < slowest.bytesPerSecond else { return nil }
        return .tooSlow(bytesPerSecond: speed, required: slowest.bytesPerSecond)
    }
}
