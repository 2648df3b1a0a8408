/// How long a stretch would take after a change, in seconds of a quiet machine.
public struct Prediction: Hashable, Sendable {
    /// What it takes now.
    public let now: Double
    /// What it takes when all of it can be changed.
    public let after: Double
    /// Whether `after` is the best that can be, and not what is to be expected.
    public let isBound: Bool

    /// Whether nothing is said about a part of it, so that the rest cannot bound the whole.
    private let isPartial: Bool

    private init(now: Double, after: Double, isBound: Bool, isPartial: Bool = false) {
        self.now = now
        self.after = min(now, max(0, after))
        self.isBound = isBound
        self.isPartial = isPartial
    }

    /// What it takes when a share of it cannot be changed (Amdahl, "Validity of the single
    /// processor approach to achieving large scale computing capabilities", 1967).
    public func after(serialShare: Double) -> Double {
        serialShare * now + (1 - serialShare) * after
    }

    /// Nothing changes.
    static func unchanged(_ slice: Slice) -> Self {
        Self(now: slice.quiet, after: slice.quiet, isBound: false)
    }

    /// Nobody can tell.
    static func unknown(_ slice: Slice) -> Self {
        Self(now: slice.quiet, after: slice.quiet, isBound: false, isPartial: true)
    }

    /// Up to `flights` waits at once, the computing of each process still on one core.
    ///
    /// The computing is done one after the other and the last wait must end; or the waits and the
    /// computing are shared out evenly. `alone` are core seconds of the process that computes most.
    static func overlapping(
        _ slice: Slice, flights: Double, tally: WaitTally, alone: Double
    ) -> Self {
        let waiting = slice.demand[0]
        let computing = min(
            slice.quiet - waiting, max(alone, slice.cpu / Double(slice.cores)))
        let sharedOut = slice.quiet / max(1, flights / max(1, slice.depth))
        return Self(
            now: slice.quiet, after: max(computing + tally.percentile(0.95), sharedOut),
            isBound: false)
    }

    /// Everything divided over `cores`, where it is not yet.
    ///
    /// The little waiting too: who computes on two cores also waits on both, for a file or a child.
    static func divided(_ slice: Slice, over cores: Int) -> Self {
        var after = slice.demand[0] / Double(cores)
        for (demand, seconds) in slice.demand.enumerated().dropFirst() {
            after += seconds * Double(demand) / Double(max(cores, demand))
        }
        return Self(now: slice.quiet, after: after, isBound: true)
    }

    /// Nobody waits for a lock any more.
    static func unlocked(_ slice: Slice) -> Self {
        Self(now: slice.quiet, after: slice.unlockedTime, isBound: true)
    }

    /// Every core has as much to do as any other.
    static func balanced(_ slice: Slice) -> Self {
        Self(
            now: slice.quiet, after: slice.demand[0] + slice.cpu / Double(slice.cores),
            isBound: false)
    }

    static func + (left: Self, right: Self) -> Self {
        // What changes nothing bounds itself; an estimate beside a bound makes an estimate.
        let isPartial = left.isPartial || right.isPartial
        let changed = [left, right].filter { $0.after < $0.now }
        return Self(
            now: left.now + right.now, after: left.after + right.after,
            isBound: !isPartial && !changed.isEmpty && changed.allSatisfy(\.isBound),
            isPartial: isPartial)
    }
}
