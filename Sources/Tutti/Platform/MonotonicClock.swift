internal import Glibc

/// The system's monotonic clock in whole nanoseconds: the same for every process of a machine.
public enum MonotonicClock {
    /// Nanoseconds since an arbitrary point, mostly the start of the machine.
    public static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
