/// Says in plain words why the winner of a workload won: whether it waited or computed.
public struct Explanation: Hashable, Sendable {
    /// What the jobs of a workload spend their time with.
    public enum Nature: String, Sendable {
        /// Hardly any processor time.
        case waiting
        /// Hardly anything but processor time.
        case computing
        /// Some of each.
        case mixed
    }

    /// What the jobs spend their time with; nil when no run says.
    public let nature: Nature?
    /// The fastest run and those within 5 % of it, what suits the nature of the work best first.
    public let winners: [RunResult]
    /// The result in one sentence.
    public let answer: String
    /// The reasons, in two or three sentences.
    public let sentences: [String]

    /// Whether several runs were made and all took the same time.
    public let isTie: Bool

    /// The reasons as one paragraph.
    public var text: String { sentences.joined(separator: " ") }

    /// Explains a workload.
    ///
    /// - Parameters:
    ///   - workload: the runs, in any order; runs without a duration are left aside.
    ///   - cores: how many cores the executors could use.
    public init(of workload: WorkloadResult, cores: Int) {
        var valid = workload
        valid.runs.removeAll { !($0.wall.isFinite && $0.wall > 0) }
        let busy = Self.busyShare(of: valid)
        let nature = busy.map(Self.nature)
        let winners = Self.winners(of: valid, nature: nature)
        self.nature = nature
        self.winners = winners
        isTie = winners.count > 1 && winners.count == valid.runs.count
        guard let winner = winners.first else {
            answer = "Nothing was run."
            sentences = [answer]
            return
        }
        let contest = Contest(
            workload: valid, cores: cores, nature: nature, winners: winners, winner: winner)
        answer = contest.answer
        sentences =
            [busy.map { contest.kindOfWork(busy: $0) }, contest.result, contest.contrast]
            .compactMap(\.self) + contest.warnings
    }

    /// Differences up to this share are noise.
    static var noise: Double { 0.05 }

    /// The share of its time in flight for which a job had a processor.
    ///
    /// Best seen in order; elsewhere, where the fewest jobs share the cores.
    private static func busyShare(of workload: WorkloadResult) -> Double? {
        let run =
            workload.inOrder ?? workload.runs.min { $0.inFlightMean < $1.inFlightMean }
        guard let run, run.cpu.isFinite else { return nil }
        let inFlight = run.executor == "in-order" ? 1 : max(run.inFlightMean, 1)
        guard inFlight.isFinite else { return nil }
        return min(1, max(0, run.cpu / (run.wall * inFlight)))
    }

    private static func nature(busy: Double) -> Nature {
        busy < 0.15 ? .waiting : busy > 0.8 ? .computing : .mixed
    }

    /// Those that tie, the one with the least machinery for this work first.
    ///
    /// Which of them was a thousandth faster is chance and would change from run to run.
    private static func winners(of workload: WorkloadResult, nature: Nature?) -> [RunResult] {
        guard let fastest = workload.runs.map(\.wall).min() else { return [] }
        let preference =
            switch nature {
            case .waiting: ["in-order", "event-loop", "loop+cores", "threads"]
            case .computing: ["in-order", "cores", "loop+cores", "threads", "processes"]
            case .mixed, nil: ["in-order", "event-loop", "loop+cores", "threads", "cores"]
            }
        let tied = workload.runs.filter { $0.wall <= fastest * (1 + noise) }
        let first = preference.compactMap { name in tied.first { $0.executor == name } }
        return first + tied.filter { !preference.contains($0.executor) }
    }
}

/// The sentences about a workload that has a winner.
private struct Contest {
    var workload: WorkloadResult
    var cores: Int
    var nature: Explanation.Nature?
    var winners: [RunResult]
    var winner: RunResult

    /// The result in one sentence.
    var answer: String {
        let name = ExecutorName(winner.executor)
        if isAlone { return "Only \(name.inSentence) ran: nothing to compare with." }
        if isEven { return "It makes no difference how this work is run." }
        if winner.executor == "in-order" { return "One job after another is fastest here." }
        let reason =
            switch nature {
            case .waiting: ", because this work waits"
            case .computing: ", because this work computes"
            case .mixed: ", because this work waits and computes"
            case nil: ""
            }
        guard let gain else { return "\(name.capitalized) finished first\(reason)." }
        return "\(name.capitalized): \(Figure.short(gain)) times faster than one job after "
            + "another\(reason)."
    }

    /// Whether it was waiting or computing, and where that shows.
    func kindOfWork(busy: Double) -> String {
        let verb =
            switch nature {
            case .waiting: "waits"
            case .computing: "computes"
            default: "waits and computes"
            }
        if let inOrder = workload.inOrder {
            return "In order, the processor was busy \(Figure.percent(busy)) of "
                + "\(Figure.seconds(inOrder.wall)): this work \(verb)."
        }
        return "A job in flight had a processor \(Figure.percent(busy)) of its time: "
            + "this work \(verb)."
    }

    /// Who won, or who tied, and what did it.
    var result: String {
        let name = ExecutorName(winner.executor)
        if isAlone {
            return "Only \(name.inSentence) ran, and took \(Figure.seconds(winner.wall)): "
                + "there is nothing to compare it with."
        }
        if isEven {
            return "All \(workload.runs.count) took the same time within 5 %: it makes no "
                + "difference how this work is run."
        }
        if winner.executor == "in-order" {
            let others = winners.dropFirst().map { ExecutorName($0.executor).inSentence }
            return others.isEmpty
                ? "One job after another was fastest, at \(Figure.seconds(winner.wall)): running "
                    + "several at once cost more than it saved."
                : "One job after another ties with \(listed(others)) at "
                    + "\(Figure.seconds(winner.wall)), within 5 %: running several at once "
                    + "saved nothing."
        }
        let faster = gain.map { ", \(Figure.short($0)) times faster" } ?? ""
        let end = "finished in \(Figure.seconds(winner.wall))\(faster)."
        guard winners.count == 1 else {
            let names = winners.map { ExecutorName($0.executor).inSentence }
            return
                "\(listed(names, capitalized: true)) tie within 5 %: \(name.inSentence) \(means) "
                + "and \(end)"
        }
        return "\(name.capitalized) \(means) and \(end)"
    }

    /// What held back an executor that suits another kind of work.
    var contrast: String? {
        guard !isAlone, !isEven, winner.executor != "in-order" else { return nil }
        switch nature {
        case .waiting:
            guard let other = clearLoser(["cores", "processes"]),
                other.inFlightMax < winner.inFlightMax
            else { return nil }
            let name = ExecutorName(other.executor).capitalized
            return "\(name) had only \(other.inFlightMax) in flight and took "
                + "\(Figure.seconds(other.wall)): more cores do not shorten a wait."
        case .computing:
            guard let loop = clearLoser(["event-loop"]) else { return nil }
            return "The event loop runs on one core and took \(Figure.seconds(loop.wall)): there "
                + "were no waits to overlap."
        case .mixed:
            guard let loop = clearLoser(["event-loop"]),
                let cores = clearLoser(["cores", "processes"])
            else { return nil }
            let name = ExecutorName(cores.executor).inSentence
            return "The event loop only overlaps the waits (\(Figure.seconds(loop.wall))), \(name) "
                + "only divide the computing (\(Figure.seconds(cores.wall))): this work needs both."
        case nil: return nil
        }
    }

    /// What a reader must know before believing the rest.
    var warnings: [String] {
        let digests = Set(workload.runs.map(\.digest))
        return digests.count <= 1
            ? [] : ["Beware: the results differ, so not every executor did the same work."]
    }

    /// What the winner had at work.
    private var means: String {
        let most = winner.inFlightMax
        let inFlight =
            most == workload.jobs ? "had all \(most) jobs in flight" : "had up to \(most) in flight"
        let oneThread = winner.executor == "event-loop" ? " on one thread" : ""
        let busy =
            "kept \(Figure.short(winner.coresUsed)) of \(cores) \(cores == 1 ? "core" : "cores") busy"
        return switch nature {
        case .waiting: inFlight + oneThread
        case .computing: busy
        default: "\(inFlight)\(oneThread), \(busy)"
        }
    }

    private var isAlone: Bool { workload.runs.count == 1 }

    private var isEven: Bool { winners.count == workload.runs.count }

    private var gain: Double? { workload.inOrder.map { $0.wall / winner.wall } }

    /// The first of these executors that ran and took clearly longer than the winner.
    private func clearLoser(_ executors: [String]) -> RunResult? {
        for executor in executors {
            if let run = workload.runs.first(where: { $0.executor == executor }),
                run.wall > winner.wall * 1.3
            {
                return run
            }
        }
        return nil
    }

    private func listed(_ names: [String], capitalized: Bool = false) -> String {
        var text = names.dropLast().joined(separator: ", ")
        if let last = names.last { text += (text.isEmpty ? "" : " and ") + last }
        return capitalized ? text.prefix(1).uppercased() + text.dropFirst() : text
    }
}

/// How sentences call an executor.
struct ExecutorName {
    /// `the event loop`.
    let inSentence: String

    /// `Event loop`, on its own.
    var title: String {
        switch inSentence {
        case Self.inOrder: return "In order"
        case Self.loopAndCores: return "Loop + cores"
        default: break
        }
        let bare = inSentence.hasPrefix("the ") ? inSentence.dropFirst(4) : inSentence[...]
        return bare.prefix(1).uppercased() + bare.dropFirst()
    }

    /// At the start of a sentence.
    var capitalized: String { inSentence.prefix(1).uppercased() + inSentence.dropFirst() }

    private static var inOrder: String { "one job after another" }
    private static var loopAndCores: String { "the loop with cores" }

    init(_ executor: String) {
        inSentence =
            switch executor {
            case "in-order": Self.inOrder
            case "event-loop": "the event loop"
            case "threads": "the threads"
            case "cores": "the cores"
            case "processes": "the processes"
            case "loop+cores": Self.loopAndCores
            default: executor
            }
    }
}
