internal import Synchronization

// Callers from outside: they become workers for the time of a call.
extension Scheduler {
    /// Makes the calling thread a worker, as soon as there is a permit; at once if it runs a task.
    ///
    /// The alternative is to ship the work to a thread of the pool and to sleep: two switches of
    /// threads for each call, where the spare seat costs two atomic operations.
    func takeSeat() -> UnsafeMutablePointer<Worker> {
        let outer = Worker.current
        if outer == nil, let spare = takeSpareSeat() {
            let seat = workers[spare]
            Worker.setCurrent(seat)
            return seat
        }
        // A permit of the other pool that waited for one of this pool could close a circle.
        if let outer { outer.pointee.scheduler.suspend(outer) }
        let (number, mayRun) = change { roster in
            let number =
                roster.takeSeat()
                ?? workers.append { Worker(number: $0, isThread: false, scheduler: self) }
            return (number, roster.acquire(number, inDebt: Worker.callerRunsTask))
        }
        let seat = workers[number]
        if !mayRun { park(seat) }
        seat.pointee.outer = outer
        Worker.setCurrent(seat)
        return seat
    }

    /// Makes the calling thread what it was before it took the seat.
    func leaveSeat(_ seat: UnsafeMutablePointer<Worker>) {
        let outer = seat.pointee.outer
        Worker.setCurrent(outer)
        seat.pointee.outer = nil
        if !keepSpare(seat) {
            let number = seat.pointee.number
            unpark(change { $0.leaveSeat(number) })
        }
        wakeIfThereIsWork()
        if let outer { outer.pointee.scheduler.acquirePermit(for: outer) }
    }

    /// Leaves a seat with its permit to the next caller; false if there is one already, or if the
    /// permit is waited for.
    private func keepSpare(_ seat: UnsafeMutablePointer<Worker>) -> Bool {
        guard wanted.load(ordering: .relaxed) == 0,
            // Releases what the caller wrote to the seat.
            spareSeat.word.compareExchange(
                expected: 0, desired: seat.pointee.number, ordering: .sequentiallyConsistent
            ).exchanged
        else { return false }
        // After the exchange; partner of `change`, which says that permits are waited for, then
        // looks for a spare seat.
        if wanted.load(ordering: .sequentiallyConsistent) > 0 { change { _ in } }
        return true
    }

    /// The spare seat, with its permit.
    func takeSpareSeat() -> Int? {
        // Sequentially consistent: `change` looks after it has said that a permit is waited for;
        // partner of the exchange in `keepSpare`.
        guard spareSeat.word.load(ordering: .sequentiallyConsistent) != 0 else { return nil }
        // Acquires what the caller before wrote to the seat.
        let seat = spareSeat.word.exchange(0, ordering: .sequentiallyConsistent)
        return seat == 0 ? nil : seat
    }

    /// Steps out of this pool for a call to another one.
    private func suspend(_ worker: UnsafeMutablePointer<Worker>) {
        // Others can run what this thread cannot get to for a while.
        if worker.pointee.deque.publishAll() {
            workWasPublished(.branches)
        }
        releasePermit()
    }

    /// The worker of this pool that the calling thread is, now or below calls to other pools.
    var callerNumber: Int? {
        var worker = Worker.current
        while let candidate = worker {
            if candidate.pointee.scheduler === self { return candidate.pointee.number }
            worker = candidate.pointee.outer
        }
        return nil
    }
}
