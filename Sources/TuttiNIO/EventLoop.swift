public import NIOCore
internal import NIOConcurrencyHelpers
internal import NIOPosix
public import Tutti

/// Runs tasks, timers and the I/O of any NIO library on one thread, without a switch between them.
///
/// For work that waits: a thousand requests in flight cost a thousand small tasks, no thread and no
/// core. Prefer it for a part of a program, and clients that were given ``nioLoop`` resume there:
///
/// ```swift
/// await withTaskExecutorPreference(EventLoop.shared) { … }
/// let pages = try await downloads.run(on: .eventLoop)
/// ```
///
/// Jobs are run in the order in which they became ready. After 256 of them, or 100 µs, the loop
/// looks at its sockets, so tasks that never pause cannot keep I/O waiting; one job that computes
/// for long does. A call that blocks stops everything here: such calls belong on threads.
///
/// The loop has its thread until ``shutdown()``; ``shared`` has it for good. A file that imports
/// NIOCore as well writes `TuttiNIO.EventLoop`. `EventLoop.md` beside the code has the protocol.
public final class EventLoop: TaskExecutor {
    /// Why a call on the loop failed.
    public enum Failure: Error, Hashable, CustomStringConvertible {
        /// The loop was shut down before or during the call.
        case shutDown

        /// A sentence.
        public var description: String { "The event loop has been shut down." }
    }

    /// The loop that a program shares, made at the first use; it cannot be shut down.
    public static let shared = EventLoop(isShared: true)

    /// The NIO loop on whose thread everything here runs: for clients, servers and their channels.
    public let nioLoop: any NIOCore.EventLoop

    private let isShared: Bool
    private let group: MultiThreadedEventLoopGroup
    private let inbox = NIOLockedValueBox(Inbox())
    private let selectorWake = SelectorWake()
    // Safety: read and written on the loop's thread alone, by methods that call nothing outside; so
    // no two accesses overlap, and the check for it, a tenth of a switch, is left out.
    @exclusivity(unchecked)
    private nonisolated(unsafe) var queue = RunQueue<UnownedJob>()
    // Safety: read and written on the loop's thread alone.
    private nonisolated(unsafe) var sleepers = SleeperHeap()
    // Safety: read and written on the loop's thread alone.
    private nonisolated(unsafe) var alarm = Alarm()
    // Safety: read and written on the loop's thread alone.
    private nonisolated(unsafe) var isOpen = true

    /// Starts a loop with a thread of its own; call ``shutdown()`` when it is no longer needed.
    ///
    /// Traps when the system has no thread or descriptor left, as NIO does.
    public convenience init() {
        self.init(isShared: false)
    }

    private init(isShared: Bool) {
        self.isShared = isShared
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        nioLoop = group.next()
        // Keeps the loop alive until its channels are closed: it is shut down, not dropped.
        selectorWake.hang(on: nioLoop) {
            self.queue.selectorPassed()
            // As a task, so that all events of this pass are served before the next jobs.
            self.nioLoop.execute { self.drain() }
        }
    }

    // MARK: Jobs

    /// Takes a job that is ready to run.
    ///
    /// Any thread may call this. It costs no lock on the loop's own thread, elsewhere one lock and,
    /// for the first job since the loop last looked, one wake. After ``shutdown()`` the job goes to
    /// the global pool: none is lost.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard nioLoop.inEventLoop else { return post(job) }
        guard isOpen else { return Self.runElsewhere(job) }
        arm(queue.append(job))
    }

    /// From another thread: the first letter since the box was emptied wakes the loop.
    private func post(_ job: UnownedJob) {
        let isTaken = inbox.withLockedValue { inbox in
            guard inbox.isOpen else { return false }
            inbox.jobs.append(job)
            if inbox.jobs.count == 1 {
                // The drain empties the box, not this task: until then nobody wakes the loop
                // again, so a flood from outside cannot keep it from its selector. Under the lock,
                // so that NIO cannot have ended meanwhile.
                nioLoop.execute { self.arm(self.queue.mailCame()) }
            }
            return true
        }
        if !isTaken { Self.runElsewhere(job) }
    }

    private func arm(_ wake: RunQueue<UnownedJob>.Wake) {
        switch wake {
        case .none: return
        case .task: break
        case .selector:
            guard !selectorWake.ring() else { return }
            // NIO is still starting or already closing: there is no I/O to starve.
            queue.selectorPassed()
        }
        nioLoop.execute { self.drain() }
    }

    /// One turn: mail, timers that are due, then jobs until the slice is used up.
    private func drain() {
        let executor = asUnownedTaskExecutor()
        let began = MonotonicClock.nanoseconds
        if queue.takesMail() { openMail() }
        if alarm.hasRung { fireSleepers(dueBy: began) }
        var untilClock = RunQueue<UnownedJob>.jobsBetweenClockReads
        while let job = queue.next() {
            job.runSynchronously(on: executor)
            untilClock -= 1
            guard untilClock == 0 else { continue }
            untilClock = RunQueue<UnownedJob>.jobsBetweenClockReads
            queue.look(sinceTurnBegan: MonotonicClock.nanoseconds - began)
        }
        arm(queue.turnEnded(after: MonotonicClock.nanoseconds - began, isMoreDue: alarm.hasRung))
    }

    private func openMail() {
        let jobs = inbox.withLockedValue { inbox in
            let jobs = inbox.jobs
            inbox.jobs = []
            return jobs
        }
        for job in jobs {
            queue.appendDuringTurn(job)
        }
    }

    private static func runElsewhere(_ job: UnownedJob) {
        globalConcurrentExecutor.enqueue(ExecutorJob(job))
    }

    // MARK: Timers

    /// Suspends the task for `duration`; nothing is left behind when it is cancelled meanwhile.
    ///
    /// Any task may call this, wherever it runs; on this loop it costs no thread switch. Sleepers
    /// with the same deadline wake in the order in which they lay down. Time that a suspended
    /// machine sleeps does not count.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled; ``Failure/shutDown``.
    public func sleep(for duration: Duration) async throws {
        let sleeper = Sleeper(deadline: MonotonicClock.nanoseconds + duration.wholeNanoseconds)
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

    private func layDown(_ sleeper: Sleeper, _ continuation: UnsafeContinuation<Void, any Error>) {
        guard isOpen else { return continuation.resume(throwing: Failure.shutDown) }
        guard !sleeper.isCancelled else {
            return continuation.resume(throwing: CancellationError())
        }
        sleeper.continuation = continuation
        sleepers.insert(sleeper)
        setAlarm()
    }

    private func cancel(_ sleeper: Sleeper) {
        // The cancellation may be here before the task lay down; then it will not.
        sleeper.isCancelled = true
        guard sleepers.remove(sleeper) else { return }
        sleeper.wake(throwing: CancellationError())
        setAlarm()
    }

    /// Wakes those whose time has come: at most a slice, the rest in the next turn.
    private func fireSleepers(dueBy now: UInt64) {
        for _ in 0..<RunQueue<UnownedJob>.slice {
            guard let sleeper = sleepers.popFirst(dueBy: now) else {
                alarm.answer()
                return setAlarm()
            }
            sleeper.wake()
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

    private func wakeAllSleepers() {
        while let sleeper = sleepers.popFirst(dueBy: .max) {
            sleeper.wake(throwing: Failure.shutDown)
        }
    }

    // MARK: The thread

    /// Runs `body` on the loop's thread: at once when this is it, else as one of its next tasks.
    ///
    /// `body` must not block. Runs `unavailable` instead, here, after ``shutdown()``.
    package func onLoop(
        else unavailable: () -> Void, _ body: @escaping @Sendable () -> Void
    ) {
        if nioLoop.inEventLoop {
            body()
        } else if inbox.withLockedValue({ inbox in
            // Under the lock, since NIO drops what it is given after its end, and the end comes
            // after `isOpen` was cleared.
            if inbox.isOpen { nioLoop.execute(body) }
            return inbox.isOpen
        }) == false {
            unavailable()
        }
    }

    /// Ends the loop: closes its channels, wakes its sleepers with ``Failure/shutDown``, ends the
    /// thread.
    ///
    /// Tasks that still prefer the loop go on in the global pool. May be called from a task on the
    /// loop itself, and more than once. Traps for ``shared``, which other parts of the program use.
    public func shutdown() async {
        if isShared {
            fatalError(
                "EventLoop.shared serves the whole program: shut down only loops that you made.")
        }
        inbox.withLockedValue { inbox in
            guard inbox.isOpen else { return }
            inbox.isOpen = false
            // Comes after every task that was given to NIO while the inbox was open.
            nioLoop.execute { self.close() }
        }
        // Fails only for groups that NIO itself owns; a second call waits for the first.
        try? await group.shutdownGracefully()
    }

    /// The last thing that happens on the loop: from here on jobs go elsewhere.
    private func close() {
        isOpen = false
        alarm.cancel()
        openMail()
        while let job = queue.popFirst() {
            Self.runElsewhere(job)
        }
        wakeAllSleepers()
    }
}

/// What other threads left for the loop.
private struct Inbox {
    var jobs: [UnownedJob] = []
    var isOpen = true
}

extension EventLoop: JobExecutor {
    /// `event-loop`.
    public var name: String { "event-loop" }

    /// Nil: a job in flight costs a small task.
    public var capacity: Int? { nil }

    /// The loop itself: code that runs here hands over jobs without a switch of threads.
    public var taskExecutor: (any TaskExecutor)? { self }

    /// Runs the job on the loop's thread, with the form that waits by `await`.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        try await perform { try await job.run() }
    }
}

extension JobExecutor where Self == EventLoop {
    /// One thread that runs whatever is ready while the rest waits: ``EventLoop/shared``.
    public static var eventLoop: EventLoop { .shared }
}
