/// Sums over a stretch of time; slices that follow each other add up to a longer one.
///
/// *Quiet* time is what the stretch would have taken on a machine without other programs: a moment
/// in which the program had one of the two cores that it wanted counts half.
public struct Slice: Hashable, Sendable {
    /// Seconds since the recording began.
    public var start: Double
    /// Seconds since the recording began.
    public var end: Double
    /// Quiet seconds.
    public internal(set) var quiet = 0.0
    /// Quiet seconds by how many threads want a processor; the last place also holds all above.
    public internal(set) var demand: [Double]
    /// Quiet seconds by what the program does.
    public internal(set) var activity: [Activity: Double] = [:]
    /// Threads that want a processor beyond the number of cores, times quiet seconds.
    public internal(set) var excess = 0.0
    /// Waits under way while no thread wants a processor, times quiet seconds.
    public internal(set) var waitsInFlight = 0.0
    /// Core seconds that the program wanted.
    public internal(set) var wanted = 0.0
    /// Core seconds of them that it was given.
    public internal(set) var received = 0.0
    /// Core seconds of each thread, by its place in the recording.
    public internal(set) var processorTime: [Int: Double] = [:]
    /// Waits for something outside the program, by kind; each counts where its middle lies.
    public internal(set) var waits: [WaitKind: WaitTally] = [:]
    /// Waits of busy threads for a lock, by the lock's address.
    public internal(set) var locks: [UInt64: WaitTally] = [:]

    /// Nothing yet; `cores` the program may use.
    public init(start: Double, end: Double, cores: Int) {
        self.start = start
        self.end = end
        demand = Array(repeating: 0, count: cores + 1)
    }

    /// Seconds by the clock on the wall.
    public var wall: Double { end - start }
    /// How many cores the program may use.
    public var cores: Int { demand.count - 1 }
    /// Core seconds in which threads ran.
    public var cpu: Double { received }

    /// The share of the quiet time in which no thread wants a processor.
    public var idleShare: Double { share(demand[0]) }
    /// The share in which every core has a thread that wants it.
    public var fullShare: Double { share(demand[cores]) }
    /// The share in which every core has at least two.
    public var crowdedShare: Double { share(activity[.crowded] ?? 0) }
    /// The share in which a busy thread waits for a lock while cores are free.
    public var lockedShare: Double { share(activity[.locked] ?? 0) }
    /// Waits under way while no thread wants a processor, on average.
    public var depth: Double { demand[0] > 0 ? waitsInFlight / demand[0] : 0 }
    /// Threads that want a processor beyond the number of cores, on average.
    public var meanExcess: Double { share(excess) }
    /// The share of all cores that the program used in its quiet time.
    public var utilisation: Double { min(1, share(received) / Double(cores)) }
    /// Cores in use, on average, in quiet time.
    public var coresInUse: Double { share(received) }
    /// The share of the core time that it wanted which other programs had.
    public var outsideLoad: Double { wanted > 0 ? max(0, 1 - received / wanted) : 0 }

    /// Seconds that it would take at least if nobody waited for a lock: the rest, shared out.
    var unlockedTime: Double {
        let others = causes.reduce(0) { $1.kind == .lock ? $0 : $0 + $1.seconds }
        let threads = Double(max(1, min(cores, busyThreads.count)))
        return (min(demand[0], others) + cpu) / threads
    }

    /// Core seconds of the process that computed most.
    func busiestProcess(of recording: Recording) -> Double {
        processes(of: recording).map(\.all).max() ?? 0
    }

    /// Whether one thread computes nearly all, even among those of its process: no lock keeps it.
    func isLedByOneThread(of recording: Recording) -> Bool {
        processes(of: recording).max { $0.all < $1.all }
            .map { $0.all > 0.6 * cpu && $0.most > 0.8 * $0.all } ?? false
    }

    /// Core seconds of each process, and of the thread of it that computed most.
    private func processes(of recording: Recording) -> [(all: Double, most: Double)] {
        var sums: [Int32: (all: Double, most: Double)] = [:]
        for (thread, seconds) in processorTime where recording.threads.indices.contains(thread) {
            let before = sums[recording.threads[thread].process] ?? (0, 0)
            sums[recording.threads[thread].process] = (
                before.all + seconds, max(before.most, seconds)
            )
        }
        return Array(sums.values)
    }

    /// Waits of a kind; those of an event loop for a time are waits for a time.
    func tally(of kind: WaitKind) -> WaitTally {
        let tally = waits[kind] ?? WaitTally()
        return kind == .timer ? tally + (waits[.loopTimer] ?? WaitTally()) : tally
    }

    /// The share of the quiet time that a number of seconds is.
    public func share(_ seconds: Double) -> Double { quiet > 0 ? seconds / quiet : 0 }

    /// What a program waits for while no thread wants a processor, most first.
    public var causes: [(kind: WaitKind, seconds: Double)] {
        var sums: [WaitKind: Double] = [:]
        for case (.waiting(let kind), let seconds) in activity { sums[kind, default: 0] += seconds }
        for case (.overlapping(let kind), let seconds) in activity {
            sums[kind, default: 0] += seconds
        }
        return sums.map { ($0.key, $0.value) }
            .sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
    }

    /// Threads that did at least 3 % of the computing.
    public var busyThreads: [Int] {
        let least = processorTime.values.reduce(0, +) * 0.03
        return processorTime.filter { $0.value > 0 && $0.value >= least }.map(\.key).sorted()
    }

    /// Adds a slice that follows this one.
    static func += (left: inout Self, right: Self) {
        left.end = right.end
        left.quiet += right.quiet
        for place in left.demand.indices { left.demand[place] += right.demand[place] }
        left.activity.merge(right.activity, uniquingKeysWith: +)
        left.excess += right.excess
        left.waitsInFlight += right.waitsInFlight
        left.wanted += right.wanted
        left.received += right.received
        left.processorTime.merge(right.processorTime, uniquingKeysWith: +)
        left.waits.merge(right.waits) { $0 + $1 }
        left.locks.merge(right.locks) { $0 + $1 }
    }

    /// The sum of slices that follow each other; nil of none.
    static func sum(_ slices: some Sequence<Slice>) -> Slice? {
        var sum: Slice?
        for slice in slices {
            if sum == nil { sum = slice } else { sum? += slice }
        }
        return sum
    }
}

extension WaitTally {
    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum += right
        return sum
    }
}
