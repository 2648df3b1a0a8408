/// What was seen of a stretch of time, in a few words.
struct Sight {
    let verdict: Verdict
    let slice: Slice
    let program: Program

    var sentence: String {
        let cores = slice.cores
        let threads = slice.busyThreads.count
        let used = "\(Figure.plain(slice.coresInUse)) \(slice.coresInUse < 1.05 ? "core" : "cores")"
        switch verdict {
        case .waiting(let kind): return waits(for: kind)
        case .mixed(let kind):
            return "\(Figure.percent(slice.idleShare)) waiting: \(waits(for: kind))"
        case .overlapped: return "\(Figure.plain(slice.depth)) waits at once"
        case .oneCore:
            return cores == 2 ? "1 of 2 cores idle" : "\(cores - 1) of \(cores) cores idle"
        case .lockBound:
            let turns = slice.locks.values.reduce(0) { $0 + $1.count }
            let locks = slice.locks.count
            let which =
                program.isPython ? "Python's GIL" : locks == 1 ? "one lock" : "\(locks) locks"
            let who = threads > 1 ? "\(threads) threads" : "threads"
            return "\(who) took \(turns) turns at \(which), \(used) busy"
        case .overSubscribed:
            return "\(Figure.plain(slice.meanExcess + Double(cores))) threads want \(cores) cores"
        case .partlyParallel:
            return "all \(cores) cores \(Figure.percent(slice.fullShare)) of the time"
        case .unbalanced:
            return "one of \(threads) workers went on alone, \(used) busy"
        case .wellUsed: return "\(used) of \(cores) busy"
        case .unsure(let doubt):
            switch doubt {
            case .tooShort: return "over after \(Figure.seconds(slice.wall))"
            case .crowdedOut: return "other programs had \(Figure.percent(slice.outsideLoad))"
            case .unknownWait: return "waits, and the kernel does not say for what"
            case .hiddenPauses: return "waits for the next of an event loop's pauses"
            case .fewLooks: return "seen too few times"
            }
        }
    }

    private func waits(for kind: WaitKind) -> String {
        let tally = slice.tally(of: kind)
        guard tally.count > 0 else { return "nothing ran" }
        guard tally.count > 1 else { return "one wait of \(Figure.seconds(tally.mean))" }
        let manner = slice.depth < 1.5 ? " in a row" : ", \(Figure.plain(slice.depth)) at once"
        return "\(tally.count) waits\(manner), \(Figure.seconds(tally.mean)) each"
    }
}
