// The join itself, without types: the public shells carry values and errors around it. Its fast half
// is compiled into the caller's code; what happens to a branch that became public is not.

/// Runs `a`, and `b` unless `a` says false, at the same time if another worker is free.
///
/// `b` is published, `a` runs here; then `b` is taken back, or waited for when it was stolen. In
/// any case nothing runs on after the return: `b` has ended, or will never begin.
///
/// - Parameters:
///   - worker: the worker that the calling thread is.
///   - a: runs on the calling thread; true to go on.
///   - b: runs once at most, here or on another thread, so it must be safe to send there. It does
///     not outlive the call.
@inlinable @inline(__always)
func forkJoin(on worker: UnsafeMutablePointer<Worker>, _ a: () -> Bool, _ b: () -> Void) {
    // Safety: `b` is this function's parameter and each path below has ended or un-published the
    // branch when it returns, so neither the branch nor the closure is used after that.
    var branch = Branch(NonescapingClosure(b), owner: worker.pointee.number)
    // Unprotected: nothing here can overrun, and a stack canary would be paid at each join.
    let runsHere = _withUnprotectedUnsafeMutablePointer(to: &branch) { branch in
        switch worker.pointee.deque.push(branch) {
        case .full: return a()
        case .published: branchesWerePublished(by: worker)
        case .kept: break
        }
        let goesOn = a()
        return (worker.pointee.deque.popPrivate() || takeBack(branch, on: worker)) && goesOn
    }
    if runsHere { b() }
}

/// Takes the newest branch back after it was made public, or waits until its thief has run it.
///
/// - Returns: true when it was taken back and is still to be run.
@usableFromInline @inline(never)
func takeBack(_ branch: UnsafeMutablePointer<Branch>, on worker: UnsafeMutablePointer<Worker>)
    -> Bool
{
    if worker.pointee.deque.popPublic() { return true }
    worker.pointee.scheduler.wait(for: branch, on: worker)
    return false
}

@usableFromInline @inline(never)
func branchesWerePublished(by worker: UnsafeMutablePointer<Worker>) {
    worker.pointee.scheduler.workWasPublished(.branches)
}

/// A worker of the pool for the calling thread: the one that it is already, or a seat.
///
/// - Parameter pool: nil for the pool that the calling thread works for, or the shared one.
/// - Returns: the worker, and whether it is a seat that must be left, by ``leaveSeat(_:)``.
@inlinable @inline(__always)
func enter(_ pool: ForkJoinPool?) -> (worker: UnsafeMutablePointer<Worker>, onSeat: Bool) {
    if let worker = Worker.current {
        guard let pool, pool.schedulerID != worker.pointee.schedulerID else {
            return (worker, false)
        }
    }
    return (takeSeat(in: pool), true)
}

/// Runs `body` with a worker of the pool for the calling thread.
///
/// - Parameters:
///   - pool: nil for the pool that the calling thread works for, or the shared one.
///   - body: joins and loops in it run on that pool.
func withWorker(of pool: ForkJoinPool?, _ body: (UnsafeMutablePointer<Worker>) -> Void) {
    let (worker, onSeat) = enter(pool)
    body(worker)
    if onSeat { leaveSeat(worker) }
}

@usableFromInline @inline(never)
func takeSeat(in pool: ForkJoinPool?) -> UnsafeMutablePointer<Worker> {
    if let pool { return pool.unretainedScheduler._withUnsafeGuaranteedRef { $0.takeSeat() } }
    return ForkJoinPool.shared.unretainedScheduler._withUnsafeGuaranteedRef { $0.takeSeat() }
}

@usableFromInline @inline(never)
func leaveSeat(_ seat: UnsafeMutablePointer<Worker>) {
    seat.pointee.unretainedScheduler._withUnsafeGuaranteedRef { $0.leaveSeat(seat) }
}
