/// What one thread did while it was recorded.
public struct ThreadRecord: Hashable, Sendable {
    /// The process that it belongs to.
    public var process: Int32
    /// Its own number; that of the process for a process' first thread.
    public var thread: Int32
    /// The process that started it; its own process for a further thread.
    public var parent: Int32
    /// As the kernel has it, 15 bytes at most.
    public var name: String
    /// When it was first seen, in nanoseconds since the recording began.
    public var born: UInt64
    /// When it was last seen.
    public var died: UInt64
    /// How long, on average, it waited for a processor when a sleep was over, in nanoseconds.
    ///
    /// Switch records do not say when a sleep ends, only when the thread runs again.
    public var wakeDelay: UInt64
    /// In the order of time, without overlap.
    public var intervals: [Interval]

    /// A thread of which nothing is known yet.
    public init(
        process: Int32, thread: Int32, parent: Int32, name: String, born: UInt64,
        died: UInt64 = 0, wakeDelay: UInt64 = 0, intervals: [Interval] = []
    ) {
        self.process = process
        self.thread = thread
        self.parent = parent
        self.name = name
        self.born = born
        self.died = died
        self.wakeDelay = wakeDelay
        self.intervals = intervals
    }

    /// Nanoseconds in which it had a processor.
    public var processorTime: UInt64 {
        intervals.reduce(0) { $1.state == .running ? $0 + $1.length : $0 }
    }
}
