/// Whether computing on all cores ended with one worker that was left with most of the work.
///
/// Tells workers with unequal shares from a program with a serial part: the thread that computes
/// alone in the end has computed beside the others, and did not rest in between.
struct Balance {
    let isUnbalanced: Bool

    init(_ slices: some BidirectionalCollection<Slice>) {
        isUnbalanced = Self.decide(slices)
    }

    private static func decide(_ slices: some BidirectionalCollection<Slice>) -> Bool {
        let computing = slices.filter { $0.quiet > 0 && $0.cpu > 0 }
        guard let lastFull = computing.lastIndex(where: { $0.fullShare >= 0.5 }) else {
            return false
        }
        let together = computing[...lastFull]
        let tail = computing[(lastFull + 1)...].prefix { $0.idleShare < 0.5 }
        guard let beside = Slice.sum(together), let alone = Slice.sum(tail) else { return false }
        // A short tail is how every parallel program ends.
        guard alone.cpu >= 0.1 * (alone.cpu + beside.cpu),
            let (last, share) = alone.processorTime.max(by: { $0.value < $1.value }),
            share >= 0.7 * alone.cpu
        else { return false }
        let fair = beside.cpu / Double(beside.busyThreads.count * 2)
        let companions = together.last?.processorTime.filter { $0.key != last }.values.max() ?? 0
        return (beside.processorTime[last] ?? 0) >= fair && companions > 0
    }
}
