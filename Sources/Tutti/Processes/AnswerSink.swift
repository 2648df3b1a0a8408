/// Who waits for the answers of a ticket.
enum AnswerSink: Sendable {
    /// A task that waits for one job.
    case single(AnswerWaiter)
    /// A task that waits for all jobs of a slice.
    case slice(SliceAnswers)

    /// Takes the answers to some jobs of the ticket out of `answers`; each job gets one end.
    func take(_ jobs: Range<Int>, from answers: inout Answers, after nanoseconds: UInt64) {
        switch self {
        case .single(let waiting):
            waiting.resume(with: .success(answers.removeFirst()))
        case .slice(let slice):
            let own = answers.removeFirst(jobs.count)
            slice.end(jobs) {
                $0.answers.append((jobs, own))
                $0.nanoseconds += nanoseconds
            }
        }
    }

    /// Says why jobs have no answer.
    func fail(_ jobs: Range<Int>, _ error: any Error) {
        switch self {
        case .single(let waiting):
            waiting.resume(with: .failure(error))
        case .slice(let slice):
            slice.end(jobs) { $0.failures.append((jobs, error)) }
        }
    }
}

/// What became of the jobs of a slice, as it comes in parts.
final class SliceAnswers: Sendable {
    /// All there is to know when the last job has ended.
    struct Result: Sendable {
        var answers: [(jobs: Range<Int>, Answers)] = []
        var failures: [(jobs: Range<Int>, any Error)] = []
        /// How long workers had the jobs that were answered.
        var nanoseconds: UInt64 = 0
    }

    private struct State: Sendable {
        var open: Int
        var result = Result()
    }

    private let state: Locked<State>
    private let deliver: @Sendable (Result) -> Void

    /// Calls `deliver` when all of `count` jobs have ended.
    init(count: Int, deliver: @escaping @Sendable (Result) -> Void) {
        state = Locked(State(open: count))
        self.deliver = deliver
    }

    fileprivate func end(_ jobs: Range<Int>, _ note: (inout Result) -> Void) {
        let result = state.withLock { state -> Result? in
            note(&state.result)
            state.open -= jobs.count
            return state.open == 0 ? state.result : nil
        }
        if let result { deliver(result) }
    }
}
