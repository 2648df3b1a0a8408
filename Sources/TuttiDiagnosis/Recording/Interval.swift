/// What a thread does at a moment.
public enum ThreadState: UInt8, CaseIterable, Sendable {
    /// Has a processor.
    case running
    /// Wants a processor and has none.
    case ready
    /// Waits for something else.
    case asleep
}

/// A stretch of time in which a thread does one thing.
public struct Interval: Hashable, Sendable {
    /// Nanoseconds since the recording began.
    public var start: UInt64
    /// Nanoseconds since the recording began.
    public var end: UInt64
    /// Which of ``Recording/reasons`` a sleep has, or -1 when nobody could ask.
    public var reason: Int32
    /// What the thread does.
    public var state: ThreadState

    /// A stretch from `start` to `end`.
    public init(_ state: ThreadState, from start: UInt64, to end: UInt64, reason: Int32 = -1) {
        self.start = start
        self.end = end
        self.reason = reason
        self.state = state
    }

    /// Nanoseconds from start to end.
    public var length: UInt64 { end - start }
}
