internal import CTutti
internal import Glibc

/// What a process has used: processor time, switches, memory.
///
/// Source: getrusage(2).
public struct ResourceUsage: Codable, Hashable, Sendable {
    /// Seconds of processor time, in user code and in the kernel.
    public var cpuSeconds: Double
    /// How often a thread gave up its processor because it had to wait.
    public var voluntarySwitches: Int
    /// How often a thread was taken off its processor.
    public var involuntarySwitches: Int
    /// The most memory that was resident at a time, in bytes.
    public var peakMemoryBytes: Int

    /// Whose usage is asked for.
    public enum Subject: Sendable {
        /// This process, all its threads.
        case thisProcess
        /// Children that ended and were waited for, and theirs.
        case endedChildren
    }

    /// Reads the usage so far.
    ///
    /// The peak of a process is that of its own memory. getrusage(2) would also count the peak
    /// that its parent had when it started this program; of ended children nothing better is known.
    public init(of subject: Subject) {
        var usage = rusage()
        let who: Int32 = subject == .thisProcess ? 0 : -1  // RUSAGE_SELF, RUSAGE_CHILDREN
        // Cannot fail: both subjects are valid and the buffer is ours.
        _ = tutti_getrusage(who, &usage)
        self.init(usage)
        if subject == .thisProcess, let peak = Self.highWaterMark() { peakMemoryBytes = peak }
    }

    /// The line `VmHWM: 1234 kB` of /proc/self/status, in bytes.
    private static func highWaterMark() -> Int? {
        let status = readTextFile("/proc/self/status")
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        return words.count == 3 ? Int(words[1]).map { $0 << 10 } : nil
    }

    init(_ usage: rusage) {
        func seconds(_ time: timeval) -> Double {
            Double(time.tv_sec) + Double(time.tv_usec) / 1e6
        }
        cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        voluntarySwitches = usage.ru_nvcsw
        involuntarySwitches = usage.ru_nivcsw
        peakMemoryBytes = usage.ru_maxrss << 10
    }

    /// Nothing used.
    public static var zero: Self {
        Self(rusage())
    }

    /// What was used since an earlier reading; the peak is the later one.
    public func since(_ earlier: Self) -> Self {
        var difference = self
        difference.cpuSeconds -= earlier.cpuSeconds
        difference.voluntarySwitches -= earlier.voluntarySwitches
        difference.involuntarySwitches -= earlier.involuntarySwitches
        return difference
    }

    /// Adds counters; peaks add as well, since both were resident at the same time.
    public static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.cpuSeconds += right.cpuSeconds
        sum.voluntarySwitches += right.voluntarySwitches
        sum.involuntarySwitches += right.involuntarySwitches
        sum.peakMemoryBytes += right.peakMemoryBytes
        return sum
    }
}
