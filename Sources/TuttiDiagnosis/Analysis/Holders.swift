/// Tells futexes that are locks from those where threads of a pool wait for work.
///
/// A lock that is waited for has a holder, who computes or wants to, or waits for something outside,
/// which is then the cause. Where threads wait although none of those that take such turns computes,
/// they are without work: whoever wakes them brings it.
struct Holders {
    /// Futexes that are waited for mostly while nobody can be their holder.
    private var withoutHolder: Set<UInt64> = []

    /// Less of the waiting beside a fellow that computes is a pool that waits for work.
    private static var leastBeside: Double { 0.9 }

    /// Looks at the waits of threads for a lock, as far as they are known.
    init(_ threads: [LabelledThread]) {
        let fellows = threads.filter { $0.stretches.contains { $0.isHeld } }
        let computing = BusyTime(
            fellows.flatMap { thread in
                thread.stretches.filter { $0.state != .asleep }.map { $0.start..<$0.end }
            }, joining: Self.handOff(of: fellows))
        var beside: [UInt64: (computing: UInt64, all: UInt64)] = [:]
        for stretch in fellows.lazy.flatMap(\.stretches) {
            guard case .held(let reason) = stretch.wait, reason.act != .take else { continue }
            let sums = beside[reason.object] ?? (0, 0)
            beside[reason.object] = (
                sums.computing + computing.length(from: stretch.start, to: stretch.end),
                sums.all + (stretch.end - stretch.start)
            )
        }
        for (object, sums) in beside
        where Double(sums.computing) < Self.leastBeside * Double(sums.all) {
            withoutHolder.insert(object)
        }
    }

    /// How long nobody runs while a lock is handed on: the more, the more others want the cores.
    private static func handOff(of fellows: [LabelledThread]) -> UInt64 {
        UInt64(Moment.longestHandOff * 1e9) + 2 * (fellows.map(\.wakeDelay).max() ?? 0)
    }

    /// The thread, without the waits for work that were taken for waits for a lock.
    func withoutParked(_ thread: LabelledThread) -> LabelledThread {
        guard !withoutHolder.isEmpty else { return thread }
        var thread = thread
        for place in thread.stretches.indices {
            if case .held(let reason) = thread.stretches[place].wait, reason.act != .take,
                withoutHolder.contains(reason.object)
            {
                thread.stretches[place].wait = .spare(reason)
            }
        }
        return thread
    }
}

/// The time in which at least one of several stretches goes on.
private struct BusyTime {
    /// In order, apart from each other.
    private var stretches: [Range<UInt64>] = []
    /// How much lies before each of them.
    private var before: [UInt64] = []

    /// The time of stretches in any order; gaps that are no longer than `gap` count.
    init(_ unordered: [Range<UInt64>], joining gap: UInt64) {
        var sum: UInt64 = 0
        for next in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = stretches.last, next.lowerBound <= last.upperBound + gap {
                stretches[stretches.count - 1] =
                    last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                if let last = stretches.last { sum += last.upperBound - last.lowerBound }
                stretches.append(next)
                before.append(sum)
            }
        }
    }

    func length(from start: UInt64, to end: UInt64) -> UInt64 {
        length(to: end) - length(to: start)
    }

    private func length(to time: UInt64) -> UInt64 {
        // The last one that begins before.
        var (low, high) = (0, stretches.count)
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].lowerBound < time { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        let last = stretches[low - 1]
        return before[low - 1] + min(time, last.upperBound) - last.lowerBound
    }
}
