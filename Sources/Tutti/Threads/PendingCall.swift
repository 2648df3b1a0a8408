/// One call that can be called off while it waits for a thread.
///
/// It is the executor that the call's task prefers, and so learns which piece of the task is in the
/// queue: a cancellation takes out just that one. The piece must run all the same, or its task
/// would never end; it runs on Swift's own threads, where it finds that it was called off.
final class PendingCall: TaskExecutor {
    private enum Phase {
        /// The task has not come to the pool yet.
        case coming
        case queued(ThreadCrew.Ticket)
        /// The body runs or has run; what it spawns goes to the pool as well.
        case begun
        case calledOff
    }

    private let crew: ThreadCrew
    // Locked before the crew's lock, never after it.
    private let phase = Locked(Phase.coming)

    init(on crew: ThreadCrew) {
        self.crew = crew
    }

    /// Puts the task's next piece in the queue.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let goesElsewhere = phase.withLock { phase in
            switch phase {
            case .coming: phase = .queued(add(job))
            case .queued, .begun: _ = add(job)
            case .calledOff: return true
            }
            return false
        }
        if goesElsewhere { Self.runElsewhere(job) }
    }

    private func add(_ job: UnownedJob) -> ThreadCrew.Ticket {
        crew.add(job, executor: asUnownedTaskExecutor(), owner: self)
    }

    /// The first thing that the call does on its thread; false when it was called off.
    func begins() -> Bool {
        phase.withLock { phase in
            if case .calledOff = phase { return false }
            phase = .begun
            return true
        }
    }

    /// The task was cancelled: what has not begun does not.
    func callOff() {
        let job = phase.withLock { phase -> UnownedJob? in
            switch phase {
            case .coming:
                phase = .calledOff
                return nil
            case .queued(let ticket):
                phase = .calledOff
                // A thread that has taken it meanwhile finds the phase.
                return crew.remove(ticket)
            case .begun, .calledOff:
                return nil
            }
        }
        if let job { Self.runElsewhere(job) }
    }

    private static func runElsewhere(_ job: UnownedJob) {
        globalConcurrentExecutor.enqueue(ExecutorJob(job))
    }
}
