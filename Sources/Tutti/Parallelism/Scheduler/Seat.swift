internal import Synchronization

// Callers from outside: they become workers for the time of a call.
extension Scheduler {
    /// Runs `body` with the calling thread as a worker, as soon as there is a permit.
    ///
    /// The alternative is to ship the work to a thread of the pool and to sleep: two switches of
    /// threads for each call, some 12 µs where a seat costs less than one.
    func withSeat(_ body: (UnsafeMutablePointer<Worker>) -> Void) {
        let outer = Worker.current
        // A permit of the other pool that waited for one of this pool could close a circle.
        if let outer { outer.pointee.scheduler.suspend(outer) }
        let (number, mayRun) = change { roster in
            let seat =
                roster.takeSeat()
                ?? workers.append { Worker(number: $0, isThread: false, scheduler: self) }
            return (seat, roster.acquire(seat))
        }
        let seat = workers[number]
        if !mayRun { seat.pointee.parker.park() }
        seat.pointee.outer = outer
        Worker.setCurrent(seat)

        body(seat)

        Worker.setCurrent(outer)
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
