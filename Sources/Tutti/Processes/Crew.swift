internal import CTutti
internal import Glibc

/// The keepers of a pool and the jobs that wait for them.
///
/// Apart from the pool, so that keepers do not keep the pool alive: when its last user lets go of
/// it, its keepers leave.
final class Crew: Sendable {
    private let state: Locked<CrewState>
    private let options: WorkerOptions
    private let outputs = OutputReader()
    /// How deep the workers are.
    private let depth: Int

    init(width: Int, options: WorkerOptions, depth: Int) {
        state = Locked(CrewState(width: width, idleTime: options.idleTime?.wholeNanoseconds))
        self.options = options
        self.depth = depth
    }

    var usage: ResourceUsage { state.withLock { $0.usage } }

    /// The workers that live now.
    var workerPIDs: [Int32] {
        state.withLock { $0.seats.values.compactMap(\.worker?.pid) }
    }

    // MARK: What callers do

    /// Hands over a job or a slice; what becomes of it comes through the ticket.
    func submit(_ id: Int, _ ticket: CrewState.Ticket) {
        let admission = state.withLock { state -> CrewState.Admission in
            let admission = state.submit(id, ticket)
            if case .calls(let call) = admission { ring([call]) }
            return admission
        }
        switch admission {
        case .queued: break
        case .calls(let call): addKeepers([call])
        case .refused: ticket.answer.fail(0..<ticket.count, ProcessError.shutDown)
        }
    }

    /// Stops a ticket: jobs that wait leave the queue, one that runs loses its worker.
    func cancel(_ id: Int) {
        let (endings, calls) = state.withLock { state in
            var (endings, keepers) = state.cancel(id)
            var calls: [CrewState.Call] = []
            for keeper in keepers {
                // Under the lock: afterwards the worker may be buried, and its number another's.
                guard let worker = state.seats[keeper]?.worker else { continue }
                // First nothing more may begin, so that the kill hits nobody else.
                let begun = worker.ledger.recall()
                let recalled = state.recall(keeper, begun: begun)
                endings += recalled.cancelled
                calls += recalled.calls
                let isRunning = worker.ledger.answered < begun
                if state.mustKill(keeper, over: id, isRunning: isRunning) {
                    state.killed(keeper)
                    worker.kill()
                }
            }
            ring(calls)
            return (endings, calls)
        }
        fail(endings, CancellationError())
        addKeepers(calls)
    }

    /// Under the lock: afterwards the keeper may be gone, and its bell with it.
    private func ring(_ calls: [CrewState.Call]) {
        for case .ring(let bell) in calls { tutti_ring(bell) }
    }

    private func addKeepers(_ calls: [CrewState.Call]) {
        for case .addKeeper(let keeper) in calls { addKeeper(keeper) }
    }

    private func fail(_ endings: [CrewState.Ending], _ error: any Error) {
        for ending in endings { ending.ticket.answer.fail(ending.jobs, error) }
    }

    /// Dismisses everybody; resumes `closer` when nothing is left.
    func close(_ closer: CheckedContinuation<Void, Never>?) {
        let (waiting, isEmpty) = state.withLock { state in
            let (waiting, workers, bells) = state.close()
            for worker in workers { worker.hangUp() }
            for bell in bells { tutti_ring(bell) }
            let isEmpty = state.seats.isEmpty
            if let closer, !isEmpty { state.closers.append(closer) }
            return (waiting, isEmpty)
        }
        fail(waiting, ProcessError.shutDown)
        if isEmpty { closer?.resume() }
    }

    // MARK: What keepers do

    private func addKeeper(_ keeper: Int) {
        do {
            try Thread(name: "tutti-keeper", stackSize: 512 << 10) { self.keep(keeper) }.detach()
        } catch {
            leave(keeper)
            let isAlone = state.withLock { $0.seats.isEmpty }
            if isAlone { failQueued(.workersDoNotStart(attempts: 1, reason: "\(error)")) }
        }
    }

    /// The life of a keeper.
    ///
    /// In two steps, so that all that its work held is closed when others learn that it left.
    private func keep(_ keeper: Int) {
        outputs.enter()
        work(keeper)
        outputs.leave()
        leave(keeper)
    }

    /// One worker at a time, one load of jobs at a time, until the pool ends.
    private func work(_ keeper: Int) {
        let bell = Descriptor(owning: tutti_bell())
        guard bell.number >= 0 else {
            let reason = "\(SystemError("eventfd"))"
            return failQueued(.workersDoNotStart(attempts: 1, reason: reason))
        }
        state.withLock { $0.sat(keeper, bell: bell.number) }
        var worker: WorkerProcess?
        var step = next(keeper, nil)
        loop: while true {
            switch step {
            case .leave:
                break loop
            case .start:
                worker = start(keeper)
            case .sleep(let milliseconds):
                if let sleeper = worker, sleeper.diesBefore(bell, within: milliseconds) {
                    _ = bury(keeper, sleeper)
                    worker = nil
                } else if worker == nil {
                    _ = tutti_wait_ready(bell.number, -1, milliseconds)
                }
                tutti_silence(bell.number)
            case .bury:
                if let killed = worker { _ = bury(keeper, killed) }
                worker = nil
            case .serve(let load):
                guard let server = worker else { break }
                step = serve(keeper, &worker, server, load)
                continue
            }
            step = next(keeper, worker)
        }
        if let worker {
            _ = bury(keeper, worker)
        }
        // Nobody rings a bell that is closed: its number may be somebody else's by then.
        state.withLock { $0.sat(keeper, bell: nil) }
    }

    private func next(_ keeper: Int, _ worker: WorkerProcess?) -> CrewState.Step {
        state.withLock { next(keeper, worker, &$0) }
    }

    private func next(
        _ keeper: Int, _ worker: WorkerProcess?, _ state: inout CrewState
    ) -> CrewState.Step {
        let most = worker.map { (options.jobsPerWorker ?? .max) - $0.jobs }
        let step = state.next(keeper, most: most, now: MonotonicClock.nanoseconds)
        // Under the lock, so that whoever cancels finds the load in the ledger.
        if case .serve(let load) = step { worker?.handle.ledger.open(load.count) }
        return step
    }

    private func start(_ keeper: Int) -> WorkerProcess? {
        let worker: WorkerProcess
        do {
            worker = try WorkerProcess(depth: depth, options: options, outputs: outputs)
        } catch {
            failedStart("\(error)", isFinal: false)
            return nil
        }
        let handle = worker.handle
        guard state.withLock({ $0.started(keeper, handle) }) else {
            _ = bury(keeper, worker)
            return nil
        }
        guard let error = worker.greet() ?? options.setUp.flatMap({ worker.setUp($0) }) else {
            state.withLock { $0.greeted(keeper) }
            return worker
        }
        let burial = bury(keeper, worker)
        if case .workersDoNotStart(_, let reason) = error {
            let said = burial.last.lines.isEmpty ? "" : " It said: \(burial.last.text)"
            failedStart("\(reason) It \(burial.end).\(said)", isFinal: false)
        } else {
            failedStart("\(error)", isFinal: true, error)
        }
        return nil
    }

    /// Sends jobs, hands over their answers, and says what comes next.
    private func serve(
        _ keeper: Int, _ worker: inout WorkerProcess?, _ server: WorkerProcess,
        _ load: CrewState.Load
    ) -> CrewState.Step {
        let began = MonotonicClock.nanoseconds
        var reader = Answers.Reader(server.handle.ledger)
        var patience = load.count > 1 ? Self.patience : Self.look
        var isIdle = false
        let isSent = server.send(load)
        if load.isLarge { state.withLock { $0.sent(keeper) } }
        var word = isSent ? server.next(within: patience) : .end
        while true {
            switch word {
            case .frame(let frame) where frame.kind == .done:
                guard let answers = reader.take(most: load.count) else { break }
                return finish(keeper, &worker, server, answers, load, since: began)
            case .frame(let frame) where frame.kind == .value || frame.kind == .error:
                reader.put(aside: frame)
                word = server.next(within: patience)
                continue
            case .late:
                // One of the jobs is longer than those before, or somebody has stopped the worker:
                // the others need not wait for it.
                guard let answers = reader.take(most: load.count) else { break }
                let wasIdle = isIdle
                isIdle = !recall(keeper, server, answers, since: began)
                // A worker whose jobs were all taken back says so at once, or is of no use.
                if isIdle, wasIdle { server.handle.kill() }
                patience = Self.look
                word = server.next(within: patience)
                continue
            case .end:
                worker = nil
                lost(keeper, server, reader.take(most: load.count), since: began)
                return next(keeper, nil)
            case .frame: break
            }
            // Its memory or its wire has what no worker writes: a job ran wild in it.
            server.handle.kill()
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

    /// Ends a load, and says what comes next.
    private func finish(
        _ keeper: Int, _ worker: inout WorkerProcess?, _ server: WorkerProcess, _ answers: Answers,
        _ load: CrewState.Load, since began: UInt64
    ) -> CrewState.Step {
        let isUsedUp =
            options.jobsPerWorker.map { server.jobs >= $0 } ?? false
            || options.memoryMark.map { server.residentBytes > $0 } ?? false
        let nanoseconds = MonotonicClock.nanoseconds - began
        server.passOnOutput(isLoadFinished: true)
        // The next step in one with the jobs' end: whoever runs job after job finds this keeper
        // idle, and needs no second worker.
        let (endings, step) = state.withLock { state in
            let endings = state.ended(keeper, answers.count)
            state.loadSize.ended(jobs: load.count, after: nanoseconds)
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
        let (endings, recalled, isRunning) = state.withLock { state in
            let begun = server.handle.ledger.recall()
            let endings = state.ended(keeper, answers.count)
            let recalled = state.recall(keeper, begun: begun)
            ring(recalled.calls)
            return (endings, recalled, state.hasLoad(keeper))
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
        let (endings, lost, isClosing) = state.withLock { state in
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
                            of: culprit.ticket.work, pid: server.handle.pid,
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
            let own = answers.removeFirst(ending.jobs.count)
            if ending.ticket.isCancelled {
                ending.ticket.answer.fail(ending.jobs, CancellationError())
            } else {
                ending.ticket.answer.put(own, to: ending.jobs, after: nanoseconds)
            }
        }
    }

    /// Ends a worker, if it has not ended yet, and takes it out of the process table.
    private func bury(_ keeper: Int, _ worker: WorkerProcess) -> WorkerProcess.Burial {
        worker.dismiss()
        // From here on nobody else kills it. What is left of its process group goes now, while
        // the worker in the process table still keeps the group's number from being used again.
        state.withLock { $0.hide(keeper)?.kill() }
        let burial = worker.bury()
        state.withLock { $0.usage = $0.usage + burial.usage }
        return burial
    }

    private func failedStart(_ reason: String, isFinal: Bool, _ error: ProcessError? = nil) {
        let attempts = state.withLock {
            $0.failedStart(now: MonotonicClock.nanoseconds, isFinal: isFinal)
        }
        guard let attempts else { return }
        failQueued(error ?? .workersDoNotStart(attempts: attempts, reason: reason))
    }

    private func failQueued(_ error: ProcessError) {
        let waiting = state.withLock { $0.takeQueued() }
        fail(waiting, error)
    }

    private func leave(_ keeper: Int) {
        let closers = state.withLock { $0.left(keeper) }
        for closer in closers { closer.resume() }
    }
}
