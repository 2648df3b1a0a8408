internal import Glibc

/// The system's monotonic clock: the same for every process of a machine.
///
/// Its sleep is removable: one that is cancelled leaves nothing behind, where `Task.sleep` keeps
/// its timer until the time has come. Time that a suspended machine sleeps does not count.
public struct MonotonicClock: Clock {
    /// A moment, in nanoseconds since an arbitrary point, mostly the start of the machine.
    public struct Instant: InstantProtocol {
        /// Since that point.
        public let nanoseconds: UInt64

        /// The moment that is `nanoseconds` after that point.
        public init(nanoseconds: UInt64) {
            self.nanoseconds = nanoseconds
        }

        /// A later moment, or an earlier one; never before the arbitrary point.
        public func advanced(by duration: Duration) -> Self {
            guard duration < .zero else {
                let sum = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
                return Self(nanoseconds: sum.overflow ? .max : sum.partialValue)
            }
            let back = (.zero - duration).wholeNanoseconds
            return Self(nanoseconds: nanoseconds - min(back, nanoseconds))
        }

        /// How long it is from here to `other`.
        public func duration(to other: Self) -> Duration {
            other < self
                ? .zero - .nanoseconds(Int64(clamping: nanoseconds - other.nanoseconds))
                : .nanoseconds(Int64(clamping: other.nanoseconds - nanoseconds))
        }

        /// Whether the left moment comes first.
        public static func < (left: Self, right: Self) -> Bool {
            left.nanoseconds < right.nanoseconds
        }
    }

    /// All are alike.
    public init() {}

    /// Nanoseconds since the arbitrary point.
    public static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// This moment.
    public var now: Instant { Instant(nanoseconds: Self.nanoseconds) }

    /// One nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Suspends the task until `deadline`; `tolerance` is not used.
    ///
    /// - Throws: `CancellationError`, at once when the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        try await Timers.shared.sleep(until: deadline.nanoseconds)
    }
}

extension Clock where Self == MonotonicClock {
    /// The clock whose cancelled sleeps leave nothing behind.
    public static var monotonic: MonotonicClock { MonotonicClock() }
}

extension Duration {
    /// In nanoseconds, rounded up; at least 0, at most 146 years.
    package var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 1 << 32 else { return 1 << 62 }
        return UInt64(seconds) * 1_000_000_000 + UInt64((attoseconds + 999_999_999) / 1_000_000_000)
    }
}
