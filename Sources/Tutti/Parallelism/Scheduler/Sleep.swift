internal import CTutti
internal import Synchronization

// Sleeping and waking. The order of the steps is the protocol of Scheduler.md.
extension Scheduler {
    /// Sleeps until there is work; true when the pool stops and the thread must end.
    func sleepIdle(_ worker: UnsafeMutablePointer<Worker>) -> Bool {
        let ends = register(worker, .idle)
        wakeIfThereIsWork()
        if ends { return true }
        park(worker)
        // Who wakes for work makes a searcher; only the end of the pool does not.
        return !worker.pointee.isSearching
    }

    /// Sleeps until `branch` is done, or until there are other branches to help with.
    func sleep(_ worker: UnsafeMutablePointer<Worker>, until branch: UnsafeMutablePointer<Branch>) {
        // Before it is on the roster: whoever resumes it reads this.
        worker.pointee.isTask = Worker.callerRunsTask
        _ = register(worker, .joining)
        wakeIfThereIsWork()
        // Only after it is registered, so that whoever sees the announcement can find it.
        if !branch.pointee.announceSleep() {
            resume(worker.pointee.number)
        }
        park(worker)
    }

    /// Sleeps until somebody unparks the worker.
    func park(_ worker: UnsafeMutablePointer<Worker>) {
        let span = OpenSpan.begin(.park)
        worker.pointee.parker.park()
        span.end()
    }

    /// Stops searching, gives the permit up and goes on the roster; the caller must look again.
    private func register(_ worker: UnsafeMutablePointer<Worker>, _ reason: Roster.Sleep) -> Bool {
        let wasSearching = worker.pointee.isSearching
        // Before it is on the roster: from then on the field is the waker's.
        worker.pointee.isSearching = false
        let (next, ends) = change {
            $0.sleep(worker.pointee.number, reason)
        } searching: { _ in
            wasSearching ? -1 : 0
        }
        unpark(next)
        return ends
    }

    /// Must follow each publication: wakes a sleeper unless somebody searches.
    func workWasPublished(_ work: Roster.Work) {
        if sleeperIsNeeded { wake(for: work) }
    }

    /// Must follow each release of a permit, and the end of the last search.
    func wakeIfThereIsWork() {
        guard sleeperIsNeeded else { return }
        if (0..<workers.count).contains(where: { !workers[$0].pointee.thief.isEmpty }) {
            wake(for: .branches)
        } else if !injector.isEmpty
            || (0..<width).contains(where: { !workers[$0].pointee.tasks.isEmpty })
        {
            wake(for: .tasks)
        }
    }

    /// Whether nobody searches though somebody sleeps for whom there is a permit.
    private var sleeperIsNeeded: Bool {
        let numbers = census.numbers
        // The permit of the spare seat is as good; read after the census, in one order with both.
        return numbers.lacksSearchers
            && (numbers.free > 0 || spareSeat.word.load(ordering: .sequentiallyConsistent) != 0)
    }

    private func wake(for work: Roster.Work) {
        let processor = tutti_current_processor()
        let chosen: Int? = change { roster in
            guard let worker = roster.wake(for: work) else { return nil }
            // A searcher from now on, so that others do not wake more for the same work.
            workers[worker].pointee.isSearching = true
            workers[worker].pointee.wakersProcessor = processor
            return worker
        } searching: {
            $0 == nil ? 0 : 1
        }
        unpark(chosen)
    }

    /// Lets a worker go on whose branch is done.
    func resume(_ worker: Int) {
        unpark(change { $0.resume(worker, inDebt: workers[worker].pointee.isTask) })
    }

    /// Lets the threads end as soon as they find no work.
    func stop() {
        // Before the last look at the queues; partner of the load in `enqueue`.
        isStopped.store(true, ordering: .sequentiallyConsistent)
        for worker in change({ $0.stop() }) {
            unpark(worker)
        }
    }

    // MARK: Permits

    /// Waits for a permit.
    func acquirePermit(for worker: UnsafeMutablePointer<Worker>) {
        let number = worker.pointee.number
        if !change({ $0.acquire(number, inDebt: Worker.callerRunsTask) }) {
            park(worker)
        }
    }

    /// Gives the permit of a running thread up, because it leaves or runs elsewhere.
    func releasePermit() {
        unpark(change { $0.release() })
        wakeIfThereIsWork()
    }

    /// Between two pieces of work: lets callers run who wait for a permit, or have none.
    func yieldPermit(of worker: UnsafeMutablePointer<Worker>) {
        // Relaxed: who comes too late to be seen is seen after the next piece of work.
        guard wanted.load(ordering: .relaxed) > 0 else { return }
        let number = worker.pointee.number
        let (next, parks) = change { $0.yield(number) }
        unpark(next)
        if parks { park(worker) }
    }

    // MARK: Steps

    /// Changes the roster, and the census with it while the lock is held.
    ///
    /// - Parameters:
    ///   - event: what happens to the roster.
    ///   - searching: by how much that changes the number of searchers, given its result.
    /// - Returns: what `event` gave.
    func change<Result: Sendable>(
        _ event: (inout Roster) -> Result, searching: (Result) -> Int = { _ in 0 }
    ) -> Result {
        let (result, first, second, leavesPermit) = roster.withLock { roster in
            let (asleep, free) = (roster.asleep, max(0, roster.free))
            // Whoever needs a permit has that of the spare seat.
            let first = roster.free <= 0 ? reclaimSpareSeat(&roster) : Reclaimed()
            let result = event(&roster)
            wanted.store(roster.wanted, ordering: .sequentiallyConsistent)
            // After the store; partner of `leaveSeat`, which makes the seat spare, then loads.
            let second = roster.wanted > 0 ? reclaimSpareSeat(&roster) : Reclaimed()
            let change = (
                searching: searching(result), asleep: roster.asleep - asleep,
                free: max(0, roster.free) - free
            )
            if change != (0, 0, 0) {
                census.add(
                    searching: change.searching, asleep: change.asleep, free: change.free)
            }
            let leavesPermit = (first.isOne || second.isOne) && roster.free > 0
            return (result, first.unpark, second.unpark, leavesPermit)
        }
        unpark(first)
        unpark(second)
        // While the permit was on its way, neither spare nor in the census, others may have looked.
        if leavesPermit { wakeIfThereIsWork() }
        return result
    }

    /// What a look for the spare seat brought: whether there was one, and whom to unpark for it.
    private struct Reclaimed {
        var isOne = false
        var unpark: Int?
    }

    /// Makes the spare seat an ordinary vacant one, and its permit one that is free or handed on.
    private func reclaimSpareSeat(_ roster: inout Roster) -> Reclaimed {
        guard let seat = takeSpareSeat() else { return Reclaimed() }
        let next = roster.leaveSeat(seat)
        wanted.store(roster.wanted, ordering: .sequentiallyConsistent)
        return Reclaimed(isOne: true, unpark: next)
    }

    func unpark(_ worker: Int?) {
        if let worker {
            workers[worker].pointee.parker.unpark()
        }
    }
}
