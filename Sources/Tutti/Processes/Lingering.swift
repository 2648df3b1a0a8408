/// Whether to stay awake for a moment while the other side of a wire answers.
///
/// To sleep and be woken costs some 20 µs a side, several times a tiny job. So who waits looks for
/// this long before it sleeps, but only after a wait that was short: jobs that take long, and a pool
/// without jobs, cost nothing but the first look.
struct Lingering: Sendable {
    /// How long to look; nanoseconds, 0 for never.
    let limit: UInt64
    private var wasShort = false

    init(limit: UInt64) {
        self.limit = limit
    }

    /// How long to look this time.
    var nanoseconds: UInt64 { wasShort ? limit : 0 }

    /// Learns how long the last wait was.
    mutating func waited(_ nanoseconds: UInt64) {
        // Twice the time, since the wait of one who slept has the waking in it.
        wasShort = nanoseconds < 2 * limit
    }

    /// What suits the machine: nobody looks where those who are waited for need the processor.
    static func limit(workers: Int) -> UInt64 {
        let processors = Processors.usable.count
        return processors > 1 && workers <= processors ? 50_000 : 0
    }
}
