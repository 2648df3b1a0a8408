/// What a task passes to yield: the way to the end of a loop's queue that costs least.
///
/// An actor without state, whose executor appends a task that comes to the queue. The loop runs it
/// from there as what it was before, so that leaving the actor is no switch. A continuation that
/// is parked and resumed later does the same in two steps, each with its own records.
actor Turnstile {
    private let executor: QueueEnd

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(to loop: EventLoop) {
        executor = QueueEnd(of: loop)
    }

    /// Comes to its turn.
    // Not to be inlined: without a call there is no switch.
    @inline(never)
    func pass() {}

    private final class QueueEnd: SerialExecutor {
        // Safety: only `EventLoop.yield` brings tasks here, and it keeps the loop.
        private unowned(unsafe) let loop: EventLoop

        init(of loop: EventLoop) {
            self.loop = loop
        }

        func enqueue(_ job: consuming ExecutorJob) {
            loop.takeNext(UnownedJob(job))
        }
    }
}
