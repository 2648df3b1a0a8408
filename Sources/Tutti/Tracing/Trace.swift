/// What a program did while it was traced: who ran what, when.
///
/// A value. ``write(to:)`` makes a file of it that trace viewers open.
public struct Trace: Hashable, Sendable {
    /// What an event is about; the list is closed.
    public enum Kind: UInt8, CaseIterable, Sendable {
        /// An executor runs a job, under the name of its type.
        case job = 1
        /// A batch has a job in flight; the number is its place in the batch.
        case flight
        /// A closure runs in a pool of threads or cores.
        case call
        /// A task waits at a gate or for its turn in a rate.
        case wait
        /// A worker runs a branch of the worker with this number, from whom it took it.
        case steal
        /// A worker of a fork-join pool sleeps.
        case park
        /// A worker process has so many jobs.
        case load
        /// The worker process with this number lives.
        case worker
        /// A thread of a thread pool lives.
        case thread
        /// An automatic limit has this value from now on.
        case limit
        /// A worker process was killed by this signal.
        case death
        /// A part of the program, under the name that it gave.
        case span
        /// A moment that the program noted.
        case mark
    }

    /// Something that lasted, or happened at a moment.
    public struct Event: Hashable, Sendable {
        /// What it is about.
        public var kind: Kind
        /// What it is called; empty where the kind says it all.
        public var name: String
        /// The process in which it happened.
        public var process: Int32
        /// The thread on which it began.
        public var thread: Int32
        /// When it began.
        public var start: MonotonicClock.Instant
        /// When it ended; nil when it had not, by the end of the trace or of its process.
        public var end: MonotonicClock.Instant?
        /// Whether it has no length: a mark, a death, a new limit.
        public var isMoment = false
        /// The kind says which number it is.
        public var number: Int?
        /// Which attempt of a job, from 1; 0 where it is none.
        public var attempt = 0
        /// The thread on which it ended; tasks move between threads.
        var endThread: Int32
    }

    /// A thread of one of the processes.
    struct Place: Hashable, Sendable {
        let process: Int32
        let thread: Int32
    }

    /// What happened, in the order of the starts.
    public internal(set) var events: [Event] = []
    /// How many events were written over by later ones, or had no room.
    public internal(set) var lost = 0
    /// When the tracing ended.
    public internal(set) var end = MonotonicClock.Instant(nanoseconds: 0)
    /// What threads are called.
    var threadNames: [Place: String] = [:]
    /// What processes are called.
    var processNames: [Int32: String] = [:]

    /// A trace of nothing.
    public init() {}

    /// Adds what another process did.
    mutating func add(_ other: Trace) {
        events += other.events
        lost += other.lost
        end = max(end, other.end)
        threadNames.merge(other.threadNames) { first, _ in first }
        processNames.merge(other.processNames) { first, _ in first }
    }

    /// Drops what was over before a moment, and the oldest beyond a number.
    mutating func keep(since moment: MonotonicClock.Instant, atMost count: Int = .max) {
        events.removeAll { ($0.end ?? end) < moment }
        guard events.count > count else { return }
        lost += events.count - count
        events.removeFirst(events.count - count)
    }

    /// Puts the events in order; of two that start together, the one within the other comes later.
    mutating func sort() {
        events.sort { one, other in
            guard one.start == other.start else { return one.start < other.start }
            let most = MonotonicClock.Instant(nanoseconds: .max)
            return (one.end ?? most) > (other.end ?? most)
        }
    }
}
