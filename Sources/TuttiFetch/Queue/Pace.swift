/// Spaces starts evenly: at most so many each second.
///
/// A start that comes late does not let the next come early by more than 10 ms, so a pause is not
/// followed by a burst.
struct Pace {
    private let interval: UInt64
    private var nextStart: UInt64

    /// Makes one for so many starts a second, more than none; nil for no bound.
    init(perSecond: Double?, at now: UInt64) {
        interval = perSecond.map { UInt64(min(1e9 / $0, 1e18)) } ?? 0
        nextStart = now
    }

    /// When the next start is allowed; nil when it is now.
    func wait(at now: UInt64) -> UInt64? {
        nextStart > now ? nextStart : nil
    }

    /// Something starts.
    mutating func started(at now: UInt64) {
        guard interval > 0 else { return }
        let burst: UInt64 = 10_000_000
        nextStart = max(nextStart, now - min(now, burst)) + interval
    }
}
