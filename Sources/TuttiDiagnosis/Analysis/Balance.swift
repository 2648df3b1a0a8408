/// Whether computing on all cores ended with one worker that was left with most of the work.
///
/// Tells workers with unequal shares from a program with a serial part: the thread that computes
/// alone in the end has computed beside the others, did not rest in between, and did more in all.
/// The last because other programs may hold one of several equal workers up. Workers have names
/// that are alike; what feeds a pipe is no worker of what reads it.
struct Balance {
    let isUnbalanced: Bool

    init(_ slices: some BidirectionalCollection<Slice>, of recording: Recording) {
        isUnbalanced = Self.decide(slices) { one, other in
            recording.workName(of: one) == recording.workName(of: other)
        }
    }

    private static func decide(
        _ slices: some BidirectionalCollection<Slice>, areAlike: (Int, Int) -> Bool
    ) -> Bool {
        let computing = slices.filter { $0.quiet > 0 && $0.cpu > 0 }
        guard let lastFull = lastFull(of: computing) else { return false }
        let together = computing[...lastFull]
        let tail = computing[(lastFull + 1)...].prefix { $0.idleShare < 0.5 }
        guard let beside = Slice.sum(together), let alone = Slice.sum(tail) else { return false }
        // A short tail is how every parallel program ends.
        guard alone.cpu >= 0.1 * (alone.cpu + beside.cpu),
            let (last, share) = alone.processorTime.max(by: { $0.value < $1.value }),
            share >= 0.7 * alone.cpu
        else { return false }
        // Under load it may have had less than its share, but it was there.
        let fair = beside.cpu / Double(beside.busyThreads.count * 4)
        let companion =
            together.last?.processorTime.filter { $0.key != last }.max { $0.value < $1.value }?.key
        guard let companion, areAlike(last, companion), let own = beside.processorTime[last],
            own >= fair
        else { return false }
        func all(_ thread: Int) -> Double {
            (beside.processorTime[thread] ?? 0) + (alone.processorTime[thread] ?? 0)
        }
        // Who did next to nothing is a helper, not a worker with too little.
        return all(last) >= 1.3 * all(companion) && all(companion) >= 0.15 * all(last)
    }

    /// Where nine tenths of the time on all cores have passed.
    ///
    /// Not where the last of it is: a program that ends has its threads run at once for a moment.
    private static func lastFull(of slices: [Slice]) -> Int? {
        let all = slices.reduce(0) { $0 + $1.demand[$1.cores] }
        guard all > 0 else { return nil }
        var passed = 0.0
        return slices.firstIndex { slice in
            passed += slice.demand[slice.cores]
            return passed >= 0.9 * all
        }
    }
}
