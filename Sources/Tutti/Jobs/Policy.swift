/// How a batch of jobs is run, whatever executor runs it.
///
/// ```swift
/// Policy(timeout: .seconds(10), retries: 2, onError: .collect)
/// ```
public struct Policy: Hashable, Sendable {
    /// How many jobs may be in flight at once.
    public enum Limit: Hashable, Sendable {
        /// As many as the executor can use.
        case automatic
        /// At most this many, at least 1.
        case atMost(Int)
    }

    /// In which order outcomes are handed out.
    ///
    /// Results in an array are always in the order of the jobs.
    public enum Order: Hashable, Sendable {
        /// Each as soon as it is there.
        case asCompleted
        /// In the order of the jobs; one that is late holds back those behind it.
        case ordered
    }

    /// What the failure of one job does to the others.
    public enum ErrorRule: Hashable, Sendable {
        /// The first failure cancels what is in flight and starts nothing more.
        case stopAtFirst
        /// The same after this many failures, at least 1.
        case stopAfter(Int)
        /// Every job is run, whatever becomes of the others.
        case collect
    }

    /// How many jobs may be in flight at once.
    public var limit: Limit
    /// The longest that one attempt may take; nil for as long as it likes.
    public var timeout: Duration?
    /// How often a job that failed is tried again.
    public var retries: Int
    /// After how many lost workers a job is put aside: it fails, though retries are left.
    ///
    /// A job that crashes does so again most of the time, and each time a worker has to be started.
    public var losses: Int
    /// How long to wait before each retry.
    public var backoff: Backoff
    /// In which order outcomes are handed out.
    public var order: Order
    /// What the failure of one job does to the others.
    public var onError: ErrorRule

    /// Makes a policy; each part has a default that suits a list of independent jobs.
    ///
    /// Traps when a number makes no sense: a limit, `stopAfter` or `losses` below 1, retries below 0, a
    /// timeout that is not positive.
    public init(
        limit: Limit = .automatic,
        timeout: Duration? = nil,
        retries: Int = 0,
        losses: Int = 3,
        backoff: Backoff = Backoff(),
        order: Order = .asCompleted,
        onError: ErrorRule = .stopAtFirst
    ) {
        // Not `precondition`: in release builds it traps without the sentence.
        if case .atMost(let count) = limit, count < 1 {
            fatalError("A limit of \(count) lets no job run: give 1 or more.")
        }
        if case .stopAfter(let count) = onError, count < 1 {
            fatalError("stopAfter(\(count)) stops before it starts: give 1 or more.")
        }
        if retries < 0 { fatalError("retries is \(retries): give 0 for none.") }
        if losses < 1 { fatalError("losses is \(losses): the first cannot be undone, give 1.") }
        if let timeout, timeout <= .zero {
            fatalError("A timeout of \(timeout) ends each job before it starts: give a longer one.")
        }
        self.limit = limit
        self.timeout = timeout
        self.retries = retries
        self.losses = losses
        self.backoff = backoff
        self.order = order
        self.onError = onError
    }
}

extension Policy.Limit: ExpressibleByIntegerLiteral {
    /// `limit: 8` means at most 8.
    public init(integerLiteral value: Int) {
        self = .atMost(value)
    }
}
