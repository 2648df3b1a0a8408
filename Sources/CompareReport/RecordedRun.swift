public import TuttiDiagnosis

/// What one run of a workload did, thread by thread and job by job.
public struct RecordedRun: Sendable {
    /// The name of the workload.
    public var workload: String
    /// The executor of the run.
    public var executor: String
    /// Of the time from the first job's start to the last one's end; its spans are the jobs.
    public var diagnosis: Diagnosis
    /// Why there are jobs only, and no threads: a sentence.
    public var gap: String?

    /// A run that was recorded, or one of which only the jobs are known.
    public init(workload: String, executor: String, diagnosis: Diagnosis, gap: String? = nil) {
        self.workload = workload
        self.executor = executor
        self.diagnosis = diagnosis
        self.gap = gap
    }
}
