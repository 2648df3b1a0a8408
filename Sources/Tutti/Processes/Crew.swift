internal import CTutti
internal import Glibc

/// The keepers of a pool and the jobs that wait for them.
///
/// Apart from the pool, so that keepers do not keep the pool alive: when its last user lets go of
/// it, its keepers leave.
final class Crew: Sendable {
    let state: Locked<CrewState>
    private let inbox = CrewInbox()
    let options: WorkerOptions
    private let outputs = OutputReader()
    /// How deep the workers are.
    private let depth: Int
    /// How long both sides of a wire stay awake; nanoseconds.
    private let lingering: UInt64

    init(width: Int, options: WorkerOptions, depth: Int) {
        state = Locked(CrewState(width: width, idleTime: options.idleTime?.wholeNanoseconds))
        self.options = options
        self.depth = depth
        lingering = Lingering.limit(workers: width)
    }

    var usage: ResourceUsage { state.withLock { $0.usage } }

    /// The workers that live now.
    var workerPIDs: [Int32] {
        state.withLock { $0.seats.values.compactMap(\.worker?.pid) }
    }

    /// Looks at the state with all that was submitted in it, and may change who is at work.
    func withState<Result: Sendable>(_ body: (inout CrewState) -> Result) -> Result {
        let (result, admissions) = state.withLock { state in
            var admissions: [(CrewState.Ticket, CrewState.Admission)] = []
            admit(inbox.take(), &state, &admissions)
            let result = body(&state)
            admit(inbox.watch(state.isAtWork), &state, &admissions)
            return (result, admissions)
        }
        for (ticket, admission) in admissions {
            switch admission {
            case .queued: break
            case .calls(let call): addKeepers([call])
            case .refused: ticket.answer.fail(0..<ticket.count, ProcessError.shutDown)
            }
        }
        return result
    }

    private func admit(
        _ submissions: [CrewInbox.Submission], _ state: inout CrewState,
        _ admissions: inout [(CrewState.Ticket, CrewState.Admission)]
    ) {
        for (id, ticket) in submissions {
            let admission = state.submit(id, ticket)
            if case .queued = admission { continue }
            if case .calls(let call) = admission { ring([call]) }
            admissions.append((ticket, admission))
        }
    }

    // MARK: What callers do

    /// Hands over a job or a slice; what becomes of it comes through the ticket.
    func submit(_ id: Int, _ ticket: CrewState.Ticket) {
        if inbox.put((id, ticket)) { return }
        withState { _ in }
    }

    /// Stops a ticket: jobs that wait leave the queue, one that runs loses its worker.
    func cancel(_ id: Int) {
        let (endings, calls) = withState { state in
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
                    stop(worker, of: keeper, isRunning: isRunning, &state)
                }
            }
            ring(calls)
            return (endings, calls)
        }
        fail(endings, CancellationError())
        addKeepers(calls)
    }

    /// Does to a worker what the options say, under the lock.
    private func stop(
        _ worker: WorkerProcess.Handle, of keeper: Int, isRunning: Bool, _ state: inout CrewState
    ) {
        switch options.cancellation {
        case .wait where isRunning: break
        case .terminate(let grace) where isRunning:
            let end = MonotonicClock.nanoseconds.addingReportingOverflow(grace.wholeNanoseconds)
            state.killed(keeper, endsBy: end.overflow ? .max : end.partialValue)
            worker.terminate()
        // One that does not even read its job would be waited for in vain.
        case .kill, .wait, .terminate:
            state.killed(keeper)
            worker.kill()
        }
    }

    /// Under the lock: afterwards the keeper may be gone, and its bell with it.
    func ring(_ calls: [CrewState.Call]) {
        for case .ring(let bell) in calls { tutti_ring(bell) }
    }

    func addKeepers(_ calls: [CrewState.Call]) {
        for case .addKeeper(let keeper) in calls { addKeeper(keeper) }
    }

    func fail(_ endings: [CrewState.Ending], _ error: any Error) {
        for ending in endings { ending.ticket.answer.fail(ending.jobs, error) }
    }

    /// Dismisses everybody; resumes `closer` when nothing is left.
    func close(_ closer: CheckedContinuation<Void, Never>?) {
        let (waiting, isEmpty) = withState { state in
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

    func next(_ keeper: Int, _ worker: WorkerProcess?) -> CrewState.Step {
        withState { next(keeper, worker, &$0) }
    }

    func next(
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
            worker = try WorkerProcess(
                depth: depth, options: options, outputs: outputs, lingering: lingering)
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

    /// Ends a worker, if it has not ended yet, and takes it out of the process table.
    func bury(_ keeper: Int, _ worker: WorkerProcess) -> WorkerProcess.Burial {
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
        let waiting = withState { $0.takeQueued() }
        fail(waiting, error)
    }

    private func leave(_ keeper: Int) {
        let closers = withState { $0.left(keeper) }
        for closer in closers { closer.resume() }
    }
}
