/// What to change, in plain words.
public struct Remedy: Hashable, Sendable {
    /// The principle in one word or two.
    public let principle: String
    /// What to do.
    public let action: String
    /// With what, such as `concurrentMap`; empty when the action says it.
    public let means: [String]

    init(_ principle: String, _ action: String, _ means: [String] = []) {
        self.principle = principle
        self.action = action
        self.means = means
    }

    /// One line: `concurrency: start these 9 together (concurrentMap)`.
    public var sentence: String {
        let tools = means.isEmpty ? "" : " (\(means.joined(separator: ", ")))"
        return principle.isEmpty ? action + tools : "\(principle): \(action)\(tools)"
    }
}

/// Finds what would change a stretch of time, and what that would gain.
struct Advisor {
    let verdict: Verdict
    let slice: Slice
    let program: Program
    /// Core seconds of the process that computes most; nil where there is one.
    var alone: Double?
    /// How many workers there are to be; nil for as many as do good.
    var jobs: Int?

    /// No advice names more waits at once; beyond, a server decides what is good.
    static var mostFlights: Int { 32 }

    var prediction: Prediction {
        switch verdict {
        case .waiting(let kind), .mixed(let kind):
            switch kind {
            case .network, .disk, .timer, .pipe, .child:
                let tally = slice.tally(of: kind)
                let flights = min(tally.count, jobs ?? Self.mostFlights)
                // Shorter waits for a pipe are hand-offs between processes that work by turns.
                let isHandOff = kind == .pipe && tally.mean < 0.001
                guard flights > 1, !isHandOff else { return .unchanged(slice) }
                return .overlapping(
                    slice, flights: Double(flights), tally: tally, alone: alone ?? .infinity)
            case .lock, .loopTimer, .terminal, .idle, .unknown: return .unchanged(slice)
            }
        case .oneCore, .partlyParallel:
            return .divided(slice, over: min(slice.cores, jobs ?? slice.cores))
        case .lockBound: return .unlocked(slice)
        case .unbalanced: return .balanced(slice)
        case .overlapped, .overSubscribed, .wellUsed: return .unchanged(slice)
        case .unsure: return .unknown(slice)
        }
    }

    var remedy: Remedy {
        let cores = slice.cores
        switch verdict {
        case .waiting(let kind), .mixed(let kind): return remedy(waitingFor: kind)
        case .oneCore:
            return Remedy("parallelism", "split over \(cores) cores", program.divides(over: cores))
        case .partlyParallel:
            return Remedy(
                "parallelism", "split the serial part over \(cores) cores",
                program.divides(over: cores))
        case .unbalanced:
            return Remedy(
                "balance", "smaller pieces, so that whoever is done takes the next",
                ["parallelForEach", "a queue of chunks"])
        case .lockBound:
            return program.isPython
                ? Remedy("less sharing", "use processes: threads take turns at Python's GIL")
                : Remedy("less sharing", "hold the lock for less, or give each thread its own")
        case .overSubscribed:
            return Remedy("fewer threads", "a pool of \(cores)")
        case .overlapped: return Remedy("", "waits overlap already; a quicker other side helps")
        case .wellUsed: return Remedy("", "only less work helps here")
        case .unsure(let doubt): return Remedy("", Self.wayOut(of: doubt))
        }
    }

    private func remedy(waitingFor kind: WaitKind) -> Remedy {
        let tally = slice.tally(of: kind)
        let these = tally.count > 1 ? "these \(tally.count)" : "it"
        switch kind {
        case .network where tally.count == 1, .disk where tally.count == 1,
            .timer where tally.count == 1, .pipe where tally.count == 1,
            .child where tally.count == 1:
            return Remedy("", "one wait: do something else meanwhile")
        case .network:
            let some = tally.count > Self.mostFlights ? ", \(Self.mostFlights) at a time" : ""
            return Remedy("concurrency", "start \(these) together\(some)", program.overlaps)
        case .disk where tally.flushes * 2 > tally.count:
            return Remedy("concurrency", "flush once, after all writes")
        case .disk where tally.writes * 2 > tally.count:
            return Remedy("concurrency", "write larger pieces, several at once")
        case .disk: return Remedy("concurrency", "read ahead, several at once", program.overlaps)
        case .timer, .loopTimer:
            return Remedy(
                "concurrency", "let \(these) pauses overlap, or wait for the event itself",
                program.overlaps)
        case .child: return Remedy("concurrency", "start the children together")
        case .pipe where tally.mean < 0.001:
            return Remedy("", "hand over larger pieces: both sides work by turns")
        case .pipe: return Remedy("concurrency", "ask for the next before the answer is there")
        case .lock: return Remedy("", "find out who signals so late")
        case .terminal: return Remedy("", "it waits for a person")
        case .idle: return Remedy("", "it had nothing to do")
        case .unknown: return Remedy("", Self.wayOut(of: .unknownWait))
        }
    }

    private static func wayOut(of doubt: Verdict.Doubt) -> String {
        switch doubt {
        case .tooShort: "give it more to do, and look again"
        case .crowdedOut: "look again when other programs rest"
        case .hiddenPauses: "an event loop's pauses may overlap already: ask the program"
        case .unknownWait: "look again as the user who started it"
        case .fewLooks: "record for longer"
        }
    }
}
