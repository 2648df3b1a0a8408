internal import CTutti

/// Ticks and nanoseconds of the monotonic clock at one moment.
struct ClockReading: Hashable, Sendable {
    var ticks: UInt64
    var nanoseconds: UInt64

    init(ticks: UInt64, nanoseconds: UInt64) {
        self.ticks = ticks
        self.nanoseconds = nanoseconds
    }

    /// Both clocks now.
    static var now: ClockReading {
        _ = tutti_choose_ticks()
        var (ticks, nanoseconds): (UInt64, UInt64) = (0, 0)
        tutti_read_clocks(&ticks, &nanoseconds)
        return ClockReading(ticks: ticks, nanoseconds: nanoseconds)
    }
}

/// Turns ticks into nanoseconds, along the line through two readings.
struct TickScale: Hashable, Sendable {
    private let first: ClockReading
    private let nanosecondsPerTick: Double

    /// Nil when no clock can have shown these two.
    init?(_ first: ClockReading, _ last: ClockReading) {
        guard last.ticks > first.ticks, last.nanoseconds > first.nanoseconds,
            last.nanoseconds < 1 << 62
        else { return nil }
        self.first = first
        nanosecondsPerTick =
            Double(last.nanoseconds - first.nanoseconds) / Double(last.ticks - first.ticks)
        // No counter is slower than a megahertz or faster than 100 GHz.
        guard (0.01...1000).contains(nanosecondsPerTick) else { return nil }
    }

    /// The moment of a tick; nil when it is 73 years off.
    func instant(_ ticks: UInt64) -> MonotonicClock.Instant? {
        let distance = Double(Int64(bitPattern: ticks &- first.ticks)) * nanosecondsPerTick
        guard abs(distance) < 0x1p61 else { return nil }
        let nanoseconds = Int64(first.nanoseconds) + Int64(distance)
        return nanoseconds < 0 ? nil : MonotonicClock.Instant(nanoseconds: UInt64(nanoseconds))
    }
}
