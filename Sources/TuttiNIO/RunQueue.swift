internal import NIOCore

/// The jobs of a loop in order, and how the loop is to be called when there are some.
///
/// A pure state machine that only the loop's thread touches: events go in, the wake that is owed
/// comes out. Its two invariants: while there is work, exactly one drain is armed or running; and
/// between two looks at the sockets at most ``slice`` jobs run, or for about ``sliceNanoseconds``.
struct RunQueue<Job> {
    /// How the next drain is called.
    enum Wake: Hashable {
        /// It is on its way, or nothing is to do.
        case none
        /// As a task of the current turn of NIO's loop.
        case task
        /// Through the selector, so that I/O has its turn first.
        case selector
    }

    /// As many jobs as may run between two looks at the sockets.
    static var slice: Int { 256 }
    /// As long as jobs may run between two looks at the sockets, in nanoseconds.
    static var sliceNanoseconds: UInt64 { 100_000 }
    /// Reading the clock costs 25 ns, a short job 100.
    static var jobsBetweenClockReads: Int { 8 }

    private var jobs = CircularBuffer<Job>(initialCapacity: 256)
    private var isArmed = false
    private var hasMail = false
    private var jobsLeft = Self.slice
    private var nanosecondsLeft = Self.sliceNanoseconds

    /// A job became ready on the loop's thread.
    mutating func append(_ job: Job) -> Wake {
        jobs.append(job)
        return arm()
    }

    /// Other threads have left jobs in the inbox.
    mutating func mailCame() -> Wake {
        hasMail = true
        return arm()
    }

    /// A timer is due.
    mutating func timerRang() -> Wake {
        arm()
    }

    /// The loop has looked at its sockets: a new slice begins.
    mutating func selectorPassed() {
        jobsLeft = Self.slice
        nanosecondsLeft = Self.sliceNanoseconds
    }

    // MARK: During a turn

    /// Whether the inbox is to be emptied; says so once a letter.
    mutating func takesMail() -> Bool {
        defer { hasMail = false }
        return hasMail
    }

    /// Adds a job from the inbox; the turn is running and will come to it.
    mutating func appendDuringTurn(_ job: Job) {
        jobs.append(job)
    }

    /// The next job, nil when there is none or the slice is used up.
    mutating func next() -> Job? {
        guard jobsLeft > 0, let job = jobs.popFirst() else { return nil }
        jobsLeft -= 1
        return job
    }

    /// Ends the slice when this turn has lasted too long already.
    mutating func look(sinceTurnBegan nanoseconds: UInt64) {
        if nanoseconds >= nanosecondsLeft { jobsLeft = 0 }
    }

    /// The turn is over; says how the next one is to be called.
    mutating func turnEnded(after nanoseconds: UInt64, isMoreDue: Bool) -> Wake {
        isArmed = false
        nanosecondsLeft -= min(nanoseconds, nanosecondsLeft)
        // A turn that left work behind owes the sockets a look, whatever is left of its slice.
        let isWorkLeft = !jobs.isEmpty || isMoreDue
        if isWorkLeft || nanosecondsLeft == 0 { jobsLeft = 0 }
        return isWorkLeft || hasMail ? arm() : .none
    }

    /// Takes a job whatever the slice says: for the end of the loop.
    mutating func popFirst() -> Job? {
        jobs.popFirst()
    }

    private mutating func arm() -> Wake {
        guard !isArmed else { return .none }
        isArmed = true
        return jobsLeft > 0 ? .task : .selector
    }
}
