internal import Tutti

/// A task, or a piece of one, that sleeps on a loop.
typealias LoopSleeper = Sleeper<LoopWaking>

/// What a loop wakes up.
enum LoopWaking {
    case task(UnsafeContinuation<Void, any Error>)
    /// A piece that becomes ready then, as `Task.sleep` makes them.
    case job(ReadyJob)
}

extension Sleeper<LoopWaking> {
    /// Lets the task go on, with an error if there is one.
    ///
    /// Whoever took the sleeper out of the heap calls this, so it happens once.
    ///
    /// - Returns: the job that became ready; it learns of no error.
    func wake(throwing error: (any Error)? = nil) -> ReadyJob? {
        switch waking.take() {
        case nil: return nil
        case .job(let job)?: return job
        case .task(let continuation)?:
            if let error {
                continuation.resume(throwing: error)
            } else {
                continuation.resume()
            }
            return nil
        }
    }
}
