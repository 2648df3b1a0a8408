/// How many jobs are handed over at once: as many as take a given time.
///
/// Handing over costs a few tens of microseconds, so that a load of tiny jobs should last many times
/// as long; and it should not last longer than others like to wait for their turn.
struct LoadSize: Sendable {
    /// How long a load should take; nanoseconds.
    let target: Double
    /// The most jobs at once.
    let most: Int
    /// How long a job took of late, with its share of handing over; nil before the first.
    private(set) var nanosecondsAJob: Double?

    init(target: Duration, most: Int) {
        self.target =
            Double(target.components.attoseconds) / 1e9
            + Double(target.components.seconds) * 1e9
        self.most = most
    }

    /// How many jobs the next load should have, at least 1.
    var jobs: Int {
        // Nothing is known: one job will tell.
        guard let nanosecondsAJob else { return 1 }
        return max(1, Int(min(Double(most), target / max(1, nanosecondsAJob))))
    }

    /// Learns from a load that has ended.
    mutating func ended(jobs: Int, after nanoseconds: UInt64) {
        guard jobs > 0 else { return }
        let seen = Double(nanoseconds) / Double(jobs)
        guard let known = nanosecondsAJob else { return nanosecondsAJob = seen }
        // Longer than thought is believed at once: others wait behind such jobs.
        nanosecondsAJob = seen > known ? (known + seen) / 2 : known + (seen - known) / 4
    }
}
