/// What a program, or a phase of it, does with its time.
public enum Verdict: Hashable, Sendable {
    /// Waits, for one thing after another.
    case waiting(WaitKind)
    /// Waits for many things at once: it is concurrent already.
    case overlapped(WaitKind)
    /// Waits and computes by turns.
    case mixed(WaitKind)
    /// Computes on one core.
    case oneCore
    /// Threads that have work wait for a lock.
    case lockBound
    /// Has several times more threads that compute than there are cores.
    case overSubscribed
    /// Computes on several cores part of the time.
    case partlyParallel
    /// Computes on several cores until one worker is left with most of the work.
    case unbalanced
    /// Uses every core.
    case wellUsed
    /// The evidence is too thin to tell.
    case unsure(Doubt)

    /// Why nothing can be said.
    public enum Doubt: String, Hashable, Sendable {
        /// It lived for a few milliseconds.
        case tooShort
        /// Other programs had the cores, and the rules are close to each other.
        case crowdedOut
        /// It waits, and nobody could ask for what.
        case unknownWait
        /// It waits for the next of an event loop's pauses, which may overlap or not.
        case hiddenPauses
        /// Too few looks at it, by a source that sees nothing between them.
        case fewLooks
    }
}

/// The rules that turn sums into a verdict; the first that matches holds.
struct Rules {
    let slice: Slice
    /// Whether computing ends with one worker that was left alone.
    let isUnbalanced: Bool
    /// Whether one thread would compute nearly all without any lock too.
    var isLedByOneThread = false
    /// How often a source that samples looked; nil for a source that misses nothing.
    let looks: Int?

    /// Shorter programs leave too little to judge.
    static var shortest: Double { 0.003 }
    /// Fewer looks say nothing about shares.
    static var fewestLooks: Int { 20 }

    var verdict: Verdict {
        guard slice.quiet >= Self.shortest else { return .unsure(.tooShort) }
        if let looks, looks < Self.fewestLooks { return .unsure(.fewLooks) }
        let verdict = clearVerdict(margin: 0)
        // With half of the cores gone, a verdict that a little more or less would turn is chance.
        if slice.outsideLoad > 0.5,
            clearVerdict(margin: 0.08).family != verdict.family
                || clearVerdict(margin: -0.08).family != verdict.family
        {
            return .unsure(.crowdedOut)
        }
        switch verdict {
        case .waiting(.unknown), .mixed(.unknown), .overlapped(.unknown):
            return .unsure(.unknownWait)
        case .waiting(.loopTimer): return hidesPauses ? .unsure(.hiddenPauses) : .waiting(.timer)
        case .mixed(.loopTimer): return hidesPauses ? .unsure(.hiddenPauses) : .mixed(.timer)
        default: return verdict
        }
    }

    /// Whether an event loop may have several pauses under way.
    ///
    /// The kernel knows only when the next one is over. Pauses that follow each other are equally long, or
    /// one; those of many tasks leave gaps that are short and irregular.
    private var hidesPauses: Bool {
        guard let tally = slice.waits[.loopTimer], tally.count > 1 else { return false }
        let long = tally.percentile(0.9)
        return long < 0.005 || long > 2 * tally.percentile(0.1)
    }

    /// The verdict when every threshold is a little higher or lower.
    private func clearVerdict(margin: Double) -> Verdict {
        let cores = Double(slice.cores)
        let kind = slice.causes.first?.kind ?? .idle
        if slice.crowdedShare >= 0.5 + margin, slice.meanExcess >= cores { return .overSubscribed }
        if slice.fullShare >= 0.7 + margin
            || slice.utilisation >= 0.8 + margin && slice.lockedShare < 0.3 - margin
        {
            return .wellUsed
        }
        if slice.lockedShare >= 0.3 + margin, !isLedByOneThread { return .lockBound }
        if slice.idleShare >= 0.7 + margin {
            return slice.depth >= Double(Moment.overlap) ? .overlapped(kind) : .waiting(kind)
        }
        if slice.idleShare >= 0.25 + margin {
            return slice.depth >= Double(Moment.overlap) ? .overlapped(kind) : .mixed(kind)
        }
        // Who was left alone has been one of several: that tells more than how long they were.
        if isUnbalanced, slice.fullShare >= 0.1 + margin { return .unbalanced }
        if slice.fullShare >= 0.2 + margin { return .partlyParallel }
        let several = slice.share(slice.demand.dropFirst(2).reduce(0, +))
        return several >= 0.5 + margin ? .partlyParallel : .oneCore
    }
}

extension Verdict {
    /// What the rules tell apart, without the kind of wait.
    var family: Int {
        switch self {
        case .waiting: 0
        case .overlapped: 1
        case .mixed: 2
        case .oneCore: 3
        case .lockBound: 4
        case .overSubscribed: 5
        case .partlyParallel: 6
        case .unbalanced: 7
        case .wellUsed: 8
        case .unsure: 9
        }
    }
}
