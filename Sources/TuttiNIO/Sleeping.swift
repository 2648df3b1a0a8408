internal import NIOCore
internal import Tutti

extension EventLoop {
    /// Suspends the task for `duration`; nothing is left behind when it is cancelled meanwhile.
    ///
    /// Any task may call this, wherever it runs; on this loop it costs no thread switch. Sleepers
    /// with the same deadline wake in the order in which they lay down. Time that a suspended
    /// machine sleeps does not count.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled; ``Failure/shutDown``.
    public func sleep(for duration: Duration) async throws {
        let sleeper = LoopSleeper(deadline: MonotonicClock.nanoseconds + duration.wholeNanoseconds)
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                onLoop(else: { continuation.resume(throwing: Failure.shutDown) }) {
                    self.layDown(sleeper, continuation)
                }
            }
        } onCancel: {
            onLoop(else: {}) { self.cancel(sleeper) }
        }
    }

    /// Makes a job ready after `delay`; one that is negative counts as none.
    func enqueue(_ job: ReadyJob, after delay: Duration) {
        let sleeper = LoopSleeper(deadline: MonotonicClock.nanoseconds + delay.wholeNanoseconds)
        sleeper.waking = .job(job)
        onLoop(else: { job.runElsewhere() }) {
            guard self.isOpen else { return job.runElsewhere() }
            self.sleepers.insert(sleeper)
            self.setAlarm()
        }
    }

    private func layDown(
        _ sleeper: LoopSleeper, _ continuation: UnsafeContinuation<Void, any Error>
    ) {
        guard isOpen else { return continuation.resume(throwing: Failure.shutDown) }
        guard !sleeper.isCancelled else {
            return continuation.resume(throwing: CancellationError())
        }
        sleeper.waking = .task(continuation)
        sleepers.insert(sleeper)
        setAlarm()
    }

    private func cancel(_ sleeper: LoopSleeper) {
        // The cancellation may be here before the task lay down; then it will not.
        sleeper.isCancelled = true
        guard sleepers.remove(sleeper) else { return }
        _ = sleeper.wake(throwing: CancellationError())
        setAlarm()
    }

    /// Wakes those whose time has come: at most a slice, the rest in the next turn.
    func fireSleepers(dueBy now: UInt64) {
        for _ in 0..<RunQueue<ReadyJob>.slice {
            guard let sleeper = sleepers.popFirst(dueBy: now) else {
                alarm.answer()
                return setAlarm()
            }
            if let job = sleeper.wake() { queue.appendDuringTurn(job) }
        }
    }

    /// Keeps one NIO callback, for the earliest deadline, or none when nobody sleeps.
    private func setAlarm() {
        guard !alarm.hasRung else { return }
        do {
            try alarm.set(for: sleepers.earliestDeadline, on: nioLoop) {
                self.alarm.rang()
                self.arm(self.queue.timerRang())
            }
        } catch {
            // NIO takes no callbacks any more, so nobody would wake these.
            wakeAllSleepers()
        }
    }

    /// How many tasks sleep here; for tests, on the loop's thread.
    var sleeperCount: Int {
        nioLoop.preconditionInEventLoop()
        return sleepers.count
    }

    func wakeAllSleepers() {
        while let sleeper = sleepers.popFirst(dueBy: .max) {
            sleeper.wake(throwing: Failure.shutDown)?.runElsewhere()
        }
    }
}
