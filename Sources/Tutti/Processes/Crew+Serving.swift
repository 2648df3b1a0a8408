/// How a keeper and its worker get through a load of jobs.
extension Crew {
    /// Sends jobs, hands over their answers, and says what comes next.
    func serve(
        _ keeper: Int, _ worker: inout WorkerProcess?, _ server: WorkerProcess,
        _ load: Load
    ) -> CrewState.Step {
        let span = OpenSpan.begin(.load, number: load.count)
        let began = MonotonicClock.nanoseconds
        var reader = Answers.Reader(server.handle.ledger)
        var patience = load.count > 1 ? Self.patience : Self.look
        var idleLooks = 0
        let isSent = server.send(load)
        if load.isLarge { state.withLock { $0.sent(keeper) } }
        var word = isSent ? server.next(within: patience) : .end
        while true {
            switch word {
            case .frame(let frame) where frame.kind == .done:
                guard let answers = reader.take(most: load.count),
                    state.withLock({ $0.load(of: keeper).open }) == answers.count
                else { break }
                span.end()
                return finish(keeper, &worker, server, answers, since: began)
            case .frame(let frame) where frame.kind == .value || frame.kind == .error:
                reader.put(aside: frame)
                word = server.next(within: patience)
                continue
            case .late:
                // One of the jobs is longer than those before, or somebody has stopped the worker:
                // the others need not wait for it.
                guard let answers = reader.take(most: load.count) else { break }
                let isIdle = !recall(keeper, server, answers, since: began)
                idleLooks = isIdle ? idleLooks + 1 : 0
                // A worker whose jobs were all taken back says so when it gets to run.
                let isOfNoUse = isIdle && server.isStopped || idleLooks > Self.mostIdleLooks
                let isOverdue = state.withLock {
                    $0.isOverdue(keeper, now: MonotonicClock.nanoseconds)
                }
                if isOfNoUse || isOverdue { server.handle.kill() }
                patience = Self.look
                word = server.next(within: patience)
                continue
            case .end:
                span.end()
                worker = nil
                lost(keeper, server, reader.take(most: load.count), since: began)
                return next(keeper, nil)
            case .frame: break
            }
            // Its memory or its wire has what no worker writes: a job ran wild in it.
            server.handle.kill()
            span.end()
            worker = nil
            lost(keeper, server, nil, since: began)
            return next(keeper, nil)
        }
    }

    /// How long the jobs of a load may take before those that have not begun go to other workers;
    /// milliseconds.
    private static let patience: Int32 = 10

    /// How often a keeper looks after a load that takes longer; milliseconds.
    private static let look: Int32 = 250

    /// How often a worker without a job is looked at before it is given up: ten seconds.
    private static let mostIdleLooks = 40

    /// Ends a load, and says what comes next.
    private func finish(
        _ keeper: Int, _ worker: inout WorkerProcess?, _ server: WorkerProcess, _ answers: Answers,
        since began: UInt64
    ) -> CrewState.Step {
        let isUsedUp =
            options.jobsPerWorker.map { server.jobs >= $0 } ?? false
            || options.memoryMark.map { server.residentBytes > $0 } ?? false
        let nanoseconds = MonotonicClock.nanoseconds - began
        server.passOnOutput(isLoadFinished: true)
        // The next step in one with the jobs' end: whoever runs job after job finds this keeper
        // idle, and needs no second worker.
        let (endings, step) = withState { state in
            let endings = state.ended(keeper, answers.count)
            state.loadSize.ended(jobs: state.load(of: keeper).ended, after: nanoseconds)
            return (endings, next(keeper, isUsedUp ? nil : server, &state))
        }
        hand(answers, to: endings, after: nanoseconds)
        if isUsedUp {
            worker = nil
            _ = bury(keeper, server)
        }
        return step
    }

    /// Hands over what is there, and takes back what has not begun; false when that was all.
    private func recall(
        _ keeper: Int, _ server: WorkerProcess, _ answers: Answers, since began: UInt64
    ) -> Bool {
        server.passOnOutput(isLoadFinished: false)
        let (endings, recalled, isRunning) = withState { state in
            let begun = server.handle.ledger.recall()
            let endings = state.ended(keeper, answers.count)
            let recalled = state.recall(keeper, begun: begun)
            ring(recalled.calls)
            return (endings, recalled, state.load(of: keeper).open > 0)
        }
        hand(answers, to: endings, after: MonotonicClock.nanoseconds - began)
        fail(recalled.cancelled, CancellationError())
        addKeepers(recalled.calls)
        return isRunning
    }

    /// Buries a worker that died over its load, and says so to whom it concerns.
    ///
    /// `answers` is nil when the worker's memory is not to be trusted.
    private func lost(
        _ keeper: Int, _ server: WorkerProcess, _ answers: Answers?, since began: UInt64
    ) {
        let nanoseconds = MonotonicClock.nanoseconds - began
        let burial = bury(keeper, server)
        let begun = answers == nil ? nil : server.handle.ledger.begun
        let (endings, lost, isClosing) = withState { state in
            let endings = state.ended(keeper, answers?.count ?? 0)
            let lost = state.lost(keeper, begun: begun)
            ring(lost.calls)
            return (endings, lost, state.isClosing)
        }
        if let answers { hand(answers, to: endings, after: nanoseconds) }
        for culprit in lost.culprits {
            let error: any Error =
                if culprit.ticket.isCancelled {
                    CancellationError()
                } else if isClosing {
                    ProcessError.shutDown
                } else {
                    ProcessError.workerDied(
                        burial.death(
                            of: culprit.ticket.request.work, pid: server.handle.pid,
                            attempt: culprit.ticket.attempts,
                            ranFor: .nanoseconds(Int64(clamping: nanoseconds)), options))
                }
            culprit.ticket.answer.fail(culprit.jobs, error)
        }
        fail(lost.cancelled, CancellationError())
        addKeepers(lost.calls)
    }

    private func hand(
        _ answers: Answers, to endings: [CrewState.Ending], after nanoseconds: UInt64
    ) {
        var answers = answers
        for ending in endings {
            if ending.ticket.isCancelled {
                _ = answers.removeFirst(ending.jobs.count)
                ending.ticket.answer.fail(ending.jobs, CancellationError())
            } else {
                ending.ticket.answer.take(ending.jobs, from: &answers, after: nanoseconds)
            }
        }
    }
}
