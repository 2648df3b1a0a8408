/// Which job is next, and what an outcome means for the rest: a batch without its tasks.
///
/// A pure state machine. Events go in by the mutating calls; what they return is what to do.
struct BatchState<Value: Sendable>: Sendable {
    /// How the batch stands, for a progress display.
    private(set) var progress: BatchProgress
    /// The place of every job's outcome, filled once.
    private(set) var outcomes: [Outcome<Value>?]
    /// The job whose failure came first in time.
    private(set) var firstFailure: Int?
    private var next = 0
    private var stopped = false
    private let rule: Policy.ErrorRule

    init(count: Int, onError rule: Policy.ErrorRule) {
        progress = BatchProgress(total: count)
        outcomes = Array(repeating: nil, count: count)
        self.rule = rule
    }

    /// Takes the next job off the list; nil when there is none or the batch has stopped.
    mutating func admit(under finding: LimitFinder.Finding? = nil) -> Int? {
        progress.finding = finding
        guard !stopped, next < outcomes.count else { return nil }
        defer { next += 1 }
        progress.inFlight += 1
        return next
    }

    /// A job is tried again.
    mutating func retried() {
        progress.retries += 1
    }

    /// Puts an outcome in its place; true when the rest is to be cancelled now.
    mutating func finish(_ outcome: Outcome<Value>) -> Bool {
        precondition(outcomes[outcome.index] == nil, "Job \(outcome.index) has two outcomes.")
        outcomes[outcome.index] = outcome
        progress.inFlight -= 1
        progress.done += 1
        guard outcome.error != nil else { return false }
        progress.failed += 1
        if firstFailure == nil { firstFailure = outcome.index }
        let wasStopped = stopped
        switch rule {
        case .stopAtFirst: stopped = true
        case .stopAfter(let count): stopped = stopped || progress.failed >= count
        case .collect: break
        }
        return stopped && !wasStopped
    }

    /// Admits no more jobs.
    mutating func stop() {
        stopped = true
    }

    /// Gives every job that was never started its outcome, and returns those.
    mutating func closeRest(waited: Duration) -> [Outcome<Value>] {
        let rest = (next..<outcomes.count).map { index in
            Outcome<Value>(
                index: index, result: .failure(JobError.notStarted), attempts: 0, waited: waited,
                ran: .zero)
        }
        for outcome in rest { outcomes[outcome.index] = outcome }
        next = outcomes.count
        stopped = true
        return rest
    }
}

/// How far a batch has come.
public struct BatchProgress: Hashable, Sendable {
    /// Jobs in all.
    public var total: Int
    /// Jobs that were started and have their outcome.
    public var done = 0
    /// Jobs among those that have no value.
    public var failed = 0
    /// Jobs that are being run.
    public var inFlight = 0
    /// How often a job was tried again.
    public var retries = 0
    /// The limit that was found for the jobs in flight, and why; nil when it was given.
    public var finding: LimitFinder.Finding?

    /// Nothing is done yet.
    public init(total: Int) {
        self.total = total
    }
}
