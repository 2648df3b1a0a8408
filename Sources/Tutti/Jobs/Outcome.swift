/// What became of one job.
public struct Outcome<Value: Sendable>: Sendable {
    /// The job's place among the jobs of its batch, from 0.
    public let index: Int
    /// The job's value, or why there is none.
    public let result: Result<Value, any Error>
    /// How often the job was started; 0 when the batch stopped before its turn.
    public let attempts: Int
    /// From the start of the batch to the job's first start.
    public let waited: Duration
    /// From the first start to the end, with retries and the waits between them.
    public let ran: Duration

    /// Keeps the facts.
    public init(
        index: Int, result: Result<Value, any Error>, attempts: Int, waited: Duration,
        ran: Duration
    ) {
        self.index = index
        self.result = result
        self.attempts = attempts
        self.waited = waited
        self.ran = ran
    }

    /// The value; throws the error when there is none.
    public var value: Value {
        get throws { try result.get() }
    }

    /// The error, or nil.
    public var error: (any Error)? {
        guard case .failure(let error) = result else { return nil }
        return error
    }
}

/// Why a job has no value although it threw nothing itself.
public enum JobError: Error, Hashable, CustomStringConvertible {
    /// The batch was stopped, by an error or by its caller, before the job's turn.
    case notStarted

    /// A sentence.
    public var description: String {
        switch self {
        case .notStarted: "The batch was stopped before the job's turn."
        }
    }
}
