/// How long a stretch would take after a change, in seconds of a quiet machine.
public struct Prediction: Hashable, Sendable {
    /// What it takes now.
    public let now: Double
    /// What it takes when all of it can be changed.
    public let after: Double
    /// Whether `after` is the best that can be, and not what is to be expected.
    public let isBound: Bool

    private init(now: Double, after: Double, isBound: Bool) {
        self.now = now
        self.after = min(now, max(0, after))
        self.isBound = isBound
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

    /// Up to `flights` waits at once, all computing still on one core.
    ///
    /// The computing is done one after the other and the last wait must end; or the waits and the
    /// computing are shared out evenly.
    static func overlapping(_ slice: Slice, flights: Double, tally: WaitTally) -> Self {
        let waiting = slice.demand[0]
        let computing = slice.quiet - waiting
        let sharedOut = (waiting + computing) / max(1, flights / max(1, slice.depth))
        return Self(
            now: slice.quiet, after: max(computing + tally.percentile(0.95), sharedOut),
            isBound: false)
    }

    /// Computing divided over `cores`, where it is not yet.
    static func divided(_ slice: Slice, over cores: Int) -> Self {
        var after = slice.demand[0]
        for (demand, seconds) in slice.demand.enumerated().dropFirst() {
            after += seconds * Double(demand) / Double(max(cores, demand))
        }
        return Self(now: slice.quiet, after: after, isBound: true)
    }

    /// Nobody waits for a lock any more.
    static func unlocked(_ slice: Slice) -> Self {
        let lockedAndIdle = max(0, slice.demand[0] - slice.causes.reduce(0) { $0 + $1.seconds })
        let threads = max(1, min(slice.cores, slice.busyThreads.count))
        return Self(
            now: slice.quiet,
            after: slice.demand[0] - lockedAndIdle + slice.cpu / Double(threads), isBound: true)
    }

    /// Every core has as much to do as any other.
    static func balanced(_ slice: Slice) -> Self {
        Self(
            now: slice.quiet, after: slice.demand[0] + slice.cpu / Double(slice.cores),
            isBound: false)
    }

    static func + (left: Self, right: Self) -> Self {
        Self(
            now: left.now + right.now, after: left.after + right.after,
            isBound: left.isBound || right.isBound)
    }
}
