internal import Synchronization

/// A task that waits for the answer to one job.
///
/// Checks as a checked continuation does that there is one answer, and costs less: that one is
/// generic code of another module, which copies each answer as a value of unknown type.
final class AnswerWaiter: Sendable {
    private let task: UnsafeContinuation<JobAnswer, any Error>
    private let isWaiting = Atomic(true)

    init(_ task: UnsafeContinuation<JobAnswer, any Error>) {
        self.task = task
    }

    deinit {
        if isWaiting.load(ordering: .relaxed) { fatalError("Nobody answered a job of a pool.") }
    }

    /// Lets the task go on; once.
    func resume(with answer: Result<JobAnswer, any Error>) {
        guard isWaiting.exchange(false, ordering: .relaxed) else {
            fatalError("A job of a pool was answered twice.")
        }
        task.resume(with: answer)
    }
}
