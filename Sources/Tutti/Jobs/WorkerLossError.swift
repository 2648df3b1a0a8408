/// An error that may say that a job took down the process in which it ran.
///
/// A batch tries such a job again only as often as its policy's ``Policy/losses`` allows, however many
/// retries are left: each attempt costs a worker.
public protocol WorkerLossError: Error {
    /// Whether the worker that ran the job is lost.
    var isWorkerLoss: Bool { get }
}
