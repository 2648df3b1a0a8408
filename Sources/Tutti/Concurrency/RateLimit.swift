/// Lets so many tasks through a second, and no more than a burst at once.
///
/// ```swift
/// let limit = RateLimit(20, per: .seconds(1), burst: 5)
/// for url in urls { try await limit.wait(); … }
/// ```
///
/// First come, first served. A task that is cancelled leaves the line, and its turn goes to the
/// next. Costs a lock to pass, and a timer only for the first in line.
public final class RateLimit: Sendable {
    private let line = Gate(limit: 1)
    private let bucket: Locked<TokenBucket>

    /// Makes a limit; traps when a number makes no sense.
    ///
    /// - Parameters:
    ///   - count: how many may pass in `period`.
    ///   - period: the time in which they may.
    ///   - burst: how many may pass at once after a time in which nobody did.
    public init(_ count: Int, per period: Duration = .seconds(1), burst: Int = 1) {
        guard count > 0, burst > 0, period > .zero else {
            fatalError("A rate of \(count) per \(period), burst \(burst), lets nobody pass.")
        }
        bucket = Locked(TokenBucket(count: count, period: period.wholeNanoseconds, burst: burst))
    }

    /// Waits for its turn.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile; then its turn is not
    ///   used up.
    public func wait() async throws {
        try await line.withPermit {
            while let deadline = bucket.withLock({ $0.take(at: MonotonicClock.nanoseconds) }) {
                let span = OpenSpan.begin(.wait, "rate")
                defer { span.end() }
                try await Timers.shared.sleep(until: deadline)
            }
        }
    }
}

/// Tokens that come at a steady rate and are kept up to a number; a pure state machine.
///
/// Kept as the moment at which the bucket will be full: one number. It counts in nanoseconds divided
/// by `count`, so that every rate is exact.
/// Source: ITU-T I.371, the generic cell rate algorithm.
struct TokenBucket: Sendable {
    private let count: UInt128
    /// Between two tokens.
    private let interval: UInt128
    private let depth: UInt128
    private var fullAt: UInt128 = 0

    init(count: Int, period: UInt64, burst: Int) {
        self.count = UInt128(count)
        interval = UInt128(period)
        depth = interval * UInt128(burst)
    }

    /// Takes a token; when there is none, says at which nanosecond there will be one.
    mutating func take(at nanosecond: UInt64) -> UInt64? {
        let now = UInt128(nanosecond) * count
        let next = max(fullAt, now) + interval
        guard next > now + depth else {
            fullAt = next
            return nil
        }
        return UInt64(clamping: (next - depth + count - 1) / count)
    }
}
