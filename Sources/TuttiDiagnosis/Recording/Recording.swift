/// What was seen of a program: its threads, what each did when, and how it was seen.
///
/// A value: everything that is said about the program follows from it, now or later, here or on
/// another machine.
public struct Recording: Hashable, Sendable {
    /// Where the intervals come from.
    public enum Source: String, CaseIterable, Sendable {
        /// The kernel's record of each switch, exact to the microsecond.
        case switches
        /// Looking at /proc again and again: what is shorter than a look is missed.
        case sampling
    }

    /// How the program ended.
    public enum Ending: Hashable, Sendable {
        /// It runs on: the recording ended first.
        case running
        /// With this exit code.
        case exited(Int32)
        /// By this signal.
        case killed(Int32)
    }

    /// The command line, or what the process is called.
    public var command: [String]
    /// How many processors the program could use.
    public var processors: Int
    /// Where the intervals come from.
    public var source: Source
    /// Why it was not the better source; empty when it was.
    public var sourceReason = ""
    /// When it began, on the monotonic clock in nanoseconds; 0 when nobody noted it.
    public var began: UInt64 = 0
    /// Nanoseconds from the beginning to the end.
    public var duration: UInt64
    /// In the order in which they were first seen.
    public var threads: [ThreadRecord]
    /// What sleeps have as their reason, each once.
    public var reasons: [WaitReason]
    /// Records that the kernel had no room for, or looks that came too late.
    public var lost = 0
    /// Looks at the threads that sleep.
    public var looks = 0
    /// Nanoseconds of processor time that the recorder used.
    public var recorderTime: UInt64 = 0
    /// How the program ended.
    public var ending = Ending.running
    /// What came before ``threads`` begin, in sums, when a recording became too long to keep whole.
    public var folded: [Slice] = []
    /// What the program itself said that it did, in the order of the starts; see ``add(_:)``.
    public internal(set) var spans: [Span] = []
    /// How many more it said than are kept.
    public internal(set) var leftOutSpans = 0

    /// A recording of `threads`.
    public init(
        command: [String], processors: Int, source: Source, duration: UInt64,
        threads: [ThreadRecord] = [], reasons: [WaitReason] = []
    ) {
        self.command = command
        self.processors = processors
        self.source = source
        self.duration = duration
        self.threads = threads
        self.reasons = reasons
    }

    /// The recorder's share of one processor.
    public var recorderShare: Double {
        duration == 0 ? 0 : Double(recorderTime) / Double(duration)
    }

    /// A thread's name without the number that tells it from its like.
    func workName(of thread: Int) -> Substring {
        guard threads.indices.contains(thread) else { return "" }
        let name = threads[thread].name
        let end = name.lastIndex { !$0.isNumber && !"-_:# ".contains($0) }
        return end.map { name[...$0] } ?? name[...]
    }

    /// The reason of an interval, if somebody could ask.
    func reason(of interval: Interval) -> WaitReason? {
        reasons.indices.contains(Int(interval.reason)) ? reasons[Int(interval.reason)] : nil
    }
}
