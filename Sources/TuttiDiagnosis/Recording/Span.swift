extension Recording {
    /// What the program itself says that one of its threads did.
    ///
    /// Intervals are seen from outside and fill a thread's time; spans are said from within, may
    /// overlap (jobs that wait on an event loop) and have names.
    public struct Span: Hashable, Sendable {
        /// What was done.
        public enum Kind: String, CaseIterable, Sendable {
            /// A job of a batch.
            case job
            /// A call that takes a while: an algorithm, a request.
            case call
            /// A wait for something, under a name that the program knows.
            case wait
            /// Work that was taken from another worker.
            case steal
            /// A moment that is worth a note; it has no length.
            case mark
        }

        /// What was done.
        public var kind: Kind
        /// What the program calls it.
        public var name: String
        /// The process that did it.
        public var process: Int32
        /// The thread that did it, as the kernel counts them; the first if several did in turns.
        public var thread: Int32
        /// Nanoseconds since the recording began.
        public var start: UInt64
        /// Nanoseconds since the recording began.
        public var end: UInt64

        /// A stretch from `start` to `end`, which is not before it.
        public init(
            _ kind: Kind, _ name: String, process: Int32, thread: Int32, from start: UInt64,
            to end: UInt64
        ) {
            self.kind = kind
            self.name = name
            self.process = process
            self.thread = thread
            self.start = start
            self.end = max(start, end)
        }

        /// Nanoseconds from start to end.
        public var length: UInt64 { end - start }
    }

    /// The most spans that are kept; the longest, since a column of a picture hides the others.
    public static var mostSpans: Int { 200_000 }

    /// Adds what the program said, in any order.
    public mutating func add(_ more: some Sequence<Span>) {
        var all = spans + more
        if all.count > Self.mostSpans {
            leftOutSpans += all.count - Self.mostSpans
            all.sort { ($0.length, $1.start) > ($1.length, $0.start) }
            all.removeSubrange(Self.mostSpans...)
        }
        // Of two that start together, the one within the other comes later.
        spans = all.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
    }

    /// Turns a time of the monotonic clock into nanoseconds since the recording began.
    ///
    /// - Returns: 0 for what was before.
    public func time(of clock: UInt64) -> UInt64 { clock > began ? clock - began : 0 }
}
