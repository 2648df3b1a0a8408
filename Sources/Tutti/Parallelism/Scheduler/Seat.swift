internal import Synchronization

// Callers from outside: they become workers for the time of a call.
extension Scheduler {
    /// Makes the calling thread a worker, as soon as there is a permit; at once if it runs a task.
    ///
    /// The alternative is to ship the work to a thread of the pool and to sleep: two switches of
    /// threads for each call, some 12 µs where a seat costs less than one.
    func takeSeat() -> UnsafeMutablePointer<Worker> {
        let outer = Worker.current
        // A permit of the other pool that waited for one of this pool could close a circle.
        if let outer { outer.pointee.scheduler.suspend(outer) }
        let (number, mayRun) = change { roster in
            let number =
                roster.takeSeat()
                ?? workers.append { Worker(number: $0, isThread: false, scheduler: self) }
            return (number, roster.acquire(number, inDebt: Worker.callerRunsTask))
        }
        let seat = workers[number]
        if !mayRun { seat.pointee.parker.park() }
        seat.pointee.outer = outer
        Worker.setCurrent(seat)
        return seat
    }

    /// Makes the calling thread what it was before it took the seat.
    func leaveSeat(_ seat: UnsafeMutablePointer<Worker>) {
        let outer = seat.pointee.outer
        Worker.setCurrent(outer)
        let number = seat.pointee.number
        unpark(change { $0.leaveSeat(number) })
        wakeIfThereIsWork()
        if let outer { outer.pointee.scheduler.acquirePermit(for: outer) }
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
