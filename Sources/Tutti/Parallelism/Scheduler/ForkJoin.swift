// The join itself, without types: the public shells carry values and errors around it.

/// Runs `a`, and `b` unless `a` says false, at the same time if another worker is free.
///
/// `b` is published, `a` runs here; then `b` is taken back, or waited for when it was stolen. In
/// any case nothing runs on after the return: `b` has ended, or will never begin.
///
/// - Parameters:
///   - pool: nil for the pool that the calling thread works for, or the shared one.
///   - a: runs on the calling thread; true to go on.
///   - b: runs once at most, here or on another thread, so it must be safe to send there. It does
///     not outlive the call.
@usableFromInline
func forkJoin(on pool: ForkJoinPool?, _ a: () -> Bool, _ b: () -> Void) {
    withWorker(of: pool) { worker in
        forkJoin(on: worker, a, b)
    }
}

/// Runs `body` with a worker of the pool: the one that the thread is already, or a seat.
func withWorker(of pool: ForkJoinPool?, _ body: (UnsafeMutablePointer<Worker>) -> Void) {
    if let worker = Worker.current, pool == nil || worker.pointee.scheduler === pool?.scheduler {
        body(worker)
    } else {
        (pool ?? .shared).scheduler.withSeat(body)
    }
}

/// The same where the worker is known.
func forkJoin(on worker: UnsafeMutablePointer<Worker>, _ a: () -> Bool, _ b: () -> Void) {
    // Safety: `b` is this function's parameter and each path below has ended or un-published the
    // branch when it returns, so neither the branch nor the closure is used after that.
    var branch = Branch(NonescapingClosure(b), owner: worker.pointee.number)
    withUnsafeMutablePointer(to: &branch) { branch in
        switch worker.pointee.deque.push(branch) {
        case .full:
            if a() { b() }
            return
        case .published: worker.pointee.scheduler.workWasPublished(.branches)
        case .kept: break
        }
        let goesOn = a()
        if worker.pointee.deque.pop() {
            if goesOn { b() }
        } else {
            worker.pointee.scheduler.wait(for: branch, on: worker)
        }
    }
}
