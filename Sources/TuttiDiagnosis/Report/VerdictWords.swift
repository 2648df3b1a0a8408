extension Verdict {
    /// As the head of a row: `Waiting for the network`.
    public var title: String {
        switch self {
        case .waiting(.idle): "Nothing to do"
        case .waiting(let kind): "Waiting for \(kind.words)"
        case .overlapped(let kind): "Many waits for \(kind.words) at once"
        case .mixed(let kind): "Computing and waiting for \(kind.words) by turns"
        case .oneCore: "Computing on one core"
        case .lockBound: "Taking turns at a lock"
        case .overSubscribed: "Too many threads for the cores"
        case .partlyParallel: "Partly on all cores"
        case .unbalanced: "Unevenly divided"
        case .wellUsed: "All cores busy"
        case .unsure: "Not sure"
        }
    }

    /// In a sentence that counts shares: `38 % waiting for the network`.
    var inSentence: String { title.prefix(1).lowercased() + title.dropFirst() }

    /// One word for programs to read.
    public var word: String {
        switch self {
        case .waiting: "waiting"
        case .overlapped: "overlapped"
        case .mixed: "mixed"
        case .oneCore: "one-core"
        case .lockBound: "lock-bound"
        case .overSubscribed: "over-subscribed"
        case .partlyParallel: "partly-parallel"
        case .unbalanced: "unbalanced"
        case .wellUsed: "well-used"
        case .unsure: "unsure"
        }
    }

    /// What is waited for, if that is the verdict.
    public var waitKind: WaitKind? {
        switch self {
        case .waiting(let kind), .overlapped(let kind), .mixed(let kind): kind
        default: nil
        }
    }
}

extension WaitKind {
    /// In a sentence: `the network`.
    var words: String {
        switch self {
        case .unknown: "something unknown"
        case .lock: "another thread"
        case .network: "the network"
        case .disk: "the disk"
        case .timer, .loopTimer: "a timer"
        case .pipe: "a pipe"
        case .child: "a child"
        case .terminal: "the terminal"
        case .idle: "nothing"
        }
    }

    /// One word for programs to read.
    public var word: String { "\(self)" }
}
