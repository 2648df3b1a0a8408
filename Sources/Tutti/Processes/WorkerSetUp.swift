extension WorkerProcess {
    /// Lets the worker run a job that comes before all others; nil when it did.
    ///
    /// Takes as long as the job; ends when the crew hangs up.
    func setUp(_ job: some Job) -> ProcessError? {
        do {
            let ledger = handle.ledger
            ledger.open(1)
            var answers = Answers.Reader(ledger)
            guard sendSetUp(try Self.frame(job)) else { return failedSetUp("it ended before.") }
            while true {
                switch next(within: -1) {
                case .frame(let frame) where frame.kind == .value || frame.kind == .error:
                    answers.put(aside: frame)
                case .frame(let frame) where frame.kind == .done:
                    passOnOutput(isLoadFinished: true)
                    guard var all = answers.take(most: 1), all.count == 1 else {
                        return failedSetUp("its memory is in disorder.")
                    }
                    let answer = all.removeFirst()
                    guard answer.kind != .value else { return nil }
                    return failedSetUp("\(JobMessage.thrown(from: answer)).")
                default:
                    return failedSetUp("it ended.")
                }
            }
        } catch {
            return failedSetUp("\(error)")
        }
    }

    private static func frame<Work: Job>(_ job: Work) throws -> Frame {
        try Slice.coded(Slice.beginning(of: Work.self), job).frame
    }

    private func failedSetUp(_ reason: String) -> ProcessError {
        .workersDoNotStart(attempts: 1, reason: "Its set-up failed: \(reason)")
    }
}
