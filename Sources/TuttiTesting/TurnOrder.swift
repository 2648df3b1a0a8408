/// Which ready job goes next, and how a run that gets nowhere ends.
///
/// A pure state machine; the order of the jobs depends on the seed and on the events alone.
struct TurnOrder<Job> {
    /// What is to happen now.
    enum Step {
        /// This job runs.
        case run(Job)
        /// No job is ready: nothing happens unless a sleeper is woken.
        case idle
        /// More turns were taken than are allowed.
        case exhausted
    }

    private var ready: [Job] = []
    private var generator: SplitMix64
    private var turnsLeft: Int
    private(set) var turns = 0
    private(set) var isOpen = true

    init(seed: UInt64, turnLimit: Int) {
        generator = SplitMix64(seed: seed)
        turnsLeft = turnLimit
    }

    /// A job became ready; gives it back when the run is over.
    mutating func append(_ job: Job) -> Job? {
        guard isOpen else { return job }
        ready.append(job)
        return nil
    }

    /// Takes a job at random.
    mutating func next() -> Step {
        guard !ready.isEmpty else { return .idle }
        guard turnsLeft > 0 else { return .exhausted }
        turnsLeft -= 1
        turns += 1
        let place = generator.next(below: ready.count)
        // The last takes the free place: which one does is as good as any, and known.
        ready.swapAt(place, ready.count - 1)
        return .run(ready.removeLast())
    }

    /// Allows as many turns again, for what was cancelled to come to its end.
    mutating func allow(_ turnLimit: Int) {
        turnsLeft = turnLimit
    }

    /// Ends the run; returns the jobs that are left.
    mutating func close() -> [Job] {
        isOpen = false
        defer { ready = [] }
        return ready
    }
}
