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
        state = Locked(CrewState(width: width))
        self.options = options
        self.depth = depth
    }

    var usage: ResourceUsage { state.withLock { $0.usage } }

    /// The workers that live now.
    var workerPIDs: [Int32] {
        state.withLock { $0.seats.values.compactMap(\.worker?.pid) }
    }

    // MARK: What callers do

    /// Hands over a job; its answer comes through the ticket.
    func submit(_ id: Int, _ ticket: CrewState.Ticket) {
        let admission = state.withLock { state -> CrewState.Admission in
            let admission = state.submit(id, ticket)
            // Under the lock: afterwards the keeper may be gone, and its bell with it.
            if case .ring(let bell) = admission { tutti_ring(bell) }
            return admission
        }
        switch admission {
        case .queued, .ring: break
        case .refused: ticket.answer.resume(throwing: ProcessError.shutDown)
        case .addKeeper(let keeper): addKeeper(keeper)
        }
    }

    /// Stops a job: one that waits leaves the queue, one that runs loses its worker.
    func cancel(_ id: Int) {
        let waited = state.withLock { state in
            let (waited, worker) = state.cancel(id)
            // Under the lock: afterwards the worker may be buried, and its number another's.
            worker?.kill()
            return waited
        }
        waited?.resume(throwing: CancellationError())
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
        for answer in waiting { answer.resume(throwing: ProcessError.shutDown) }
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

    /// One worker at a time, one job at a time, until the pool ends.
    private func work(_ keeper: Int) {
        let bell = Descriptor(owning: tutti_bell())
        guard bell.number >= 0 else {
            let reason = "\(SystemError("eventfd"))"
            return failQueued(.workersDoNotStart(attempts: 1, reason: reason))
        }
        state.withLock { $0.sat(keeper, bell: bell.number) }
        var worker: WorkerProcess?
        var step = next(keeper, hasWorker: false)
        loop: while true {
            switch step {
            case .leave:
                break loop
            case .start:
                worker = start(keeper)
            case .sleep(let milliseconds):
                if let sleeper = worker, sleeper.diesBefore(bell) {
                    _ = bury(keeper, sleeper)
                    worker = nil
                } else if worker == nil {
                    _ = tutti_wait_ready(bell.number, -1, milliseconds)
                }
                tutti_silence(bell.number)
            case .serve(let id, let request):
                guard let server = worker else { break }
                step = serve(keeper, &worker, server, id, request)
                continue
            }
            step = next(keeper, hasWorker: worker != nil)
        }
        if let worker {
            _ = bury(keeper, worker)
        }
        // Nobody rings a bell that is closed: its number may be somebody else's by then.
        state.withLock { $0.sat(keeper, bell: nil) }
    }

    private func next(_ keeper: Int, hasWorker: Bool) -> CrewState.Step {
        state.withLock {
            $0.next(keeper, hasWorker: hasWorker, now: MonotonicClock.nanoseconds)
        }
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
        guard let error = worker.greet() else {
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

    /// Sends the job, hands over its answer, and says what comes next.
    private func serve(
        _ keeper: Int, _ worker: inout WorkerProcess?, _ server: WorkerProcess, _ id: Int,
        _ request: Frame
    ) -> CrewState.Step {
        let answer: Frame
        do {
            answer = try server.answer(to: request)
        } catch {
            worker = nil
            let burial = bury(keeper, server)
            let hasNotBegun = error == .unread
            let (ticket, isClosing) = state.withLock {
                state -> (CrewState.Ticket?, Bool) in
                if hasNotBegun, state.putBack(id) { return (nil, false) }
                return (state.finish(id), state.isClosing)
            }
            ticket?.answer.resume(
                throwing: lost(ticket, server.handle.pid, burial, isClosing: isClosing))
            return next(keeper, hasWorker: false)
        }
        let isUsedUp = options.jobsPerWorker.map { server.jobs >= $0 } ?? false
        // The next step in one with the job's end: whoever runs job after job finds this keeper
        // idle, and needs no second worker.
        let (ticket, step) = state.withLock { state in
            let ticket = state.finish(id)
            if ticket?.isCancelled == true { return (ticket, CrewState.Step?.none) }
            let now = MonotonicClock.nanoseconds
            return (ticket, state.next(keeper, hasWorker: !isUsedUp, now: now))
        }
        guard let step else {
            // The worker is killed already, after it had sent its answer.
            worker = nil
            _ = bury(keeper, server)
            ticket?.answer.resume(throwing: CancellationError())
            return next(keeper, hasWorker: false)
        }
        ticket?.answer.resume(returning: answer)
        if isUsedUp {
            worker = nil
            _ = bury(keeper, server)
        }
        return step
    }

    /// Why a job whose worker died has no answer.
    private func lost(
        _ ticket: CrewState.Ticket?, _ pid: Int32, _ burial: WorkerProcess.Burial, isClosing: Bool
    ) -> any Error {
        guard let ticket, !ticket.isCancelled else { return CancellationError() }
        if isClosing { return ProcessError.shutDown }
        return ProcessError.workerDied(
            burial.death(of: ticket.work, pid: pid, attempt: ticket.attempts, options))
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
        for answer in waiting { answer.resume(throwing: error) }
    }

    private func leave(_ keeper: Int) {
        let closers = state.withLock { $0.left(keeper) }
        for closer in closers { closer.resume() }
    }
}
