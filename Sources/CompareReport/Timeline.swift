/// When and where each job of one run was in flight.
public struct Timeline: Codable, Hashable, Sendable {
    /// The executor of the run.
    public var executor: String
    /// The name of the workload.
    public var workload: String
    /// The jobs, in any order.
    public var spans: [JobSpan]

    /// Makes the timeline of a run.
    public init(executor: String, workload: String, spans: [JobSpan]) {
        self.executor = executor
        self.workload = workload
        self.spans = spans
    }
}

/// The time that one job was in flight.
public struct JobSpan: Codable, Hashable, Sendable {
    /// The number of the job, from 0.
    public var job: Int
    /// The number of the worker, a thread or a process, from 0.
    public var lane: Int
    /// Seconds from the start of the run.
    public var start: Double
    /// Seconds from the start of the run.
    public var end: Double

    /// Makes the span of a job.
    public init(job: Int, lane: Int, start: Double, end: Double) {
        self.job = job
        self.lane = lane
        self.start = start
        self.end = end
    }

    private enum CodingKeys: String, CodingKey {
        case job, lane
        case start = "start_s"
        case end = "end_s"
    }
}
