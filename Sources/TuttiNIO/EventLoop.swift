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
/// `Task.sleep` does not use the loop's timers, and one that is cancelled leaves a wake-up behind:
/// use ``sleep(for:)``, and ``yield()`` for `Task.yield`.
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

    /// The loop that a program shares: that of ``run(watchdog:_:)`` while it lasts, else one with a
    /// thread of its own, made at the first use; it cannot be shut down.
    public static var shared: EventLoop { program.withLockedValue { $0 } ?? sharedWithThread }

    private static let sharedWithThread = EventLoop(.ownThread, isShared: true, watchdog: nil)
    /// The loop that hosts the whole program, if there is one.
    static let program = NIOLockedValueBox<EventLoop?>(nil)

    /// The NIO loop on whose thread everything here runs: for clients, servers and their channels.
    public let nioLoop: any NIOCore.EventLoop

    /// Whose thread the loop runs on.
    enum Host {
        /// One that NIO starts for it.
        case ownThread
        /// The caller's, which runs this NIO loop.
        case caller(any NIOCore.EventLoop)
    }

    let isShared: Bool
    /// Nil when the loop runs on its caller's thread.
    let group: MultiThreadedEventLoopGroup?
    let inbox = NIOLockedValueBox(Inbox())
    private let selectorWake = SelectorWake()
    private let watch: LoopWatch?
    // Safety: read and written on the loop's thread alone, by methods that call nothing outside; so
    // no two accesses overlap, and the check for it, a tenth of a switch, is left out.
    @exclusivity(unchecked)
    nonisolated(unsafe) var queue = RunQueue<ReadyJob>()
    // Safety: set once, by `init`.
    private nonisolated(unsafe) var turnstile: Turnstile?
    // Safety: as for the queue.
    @exclusivity(unchecked)
    private nonisolated(unsafe) var running: ReadyJob?
    // Safety: read and written on the loop's thread alone.
    nonisolated(unsafe) var sleepers = SleeperHeap<LoopWaking>()
    // Safety: read and written on the loop's thread alone.
    nonisolated(unsafe) var alarm = Alarm()
    // Safety: read and written on the loop's thread alone.
    nonisolated(unsafe) var isOpen = true

    /// Starts a loop with a thread of its own; call ``shutdown()`` when it is no longer needed.
    ///
    /// Traps when the system has no thread or descriptor left, as NIO does.
    ///
    /// - Parameter watchdog: tells which task held the loop for long; nil costs nothing.
    public convenience init(watchdog: Watchdog? = nil) {
        self.init(.ownThread, isShared: false, watchdog: watchdog)
    }

    init(_ host: Host, isShared: Bool, watchdog: Watchdog?) {
        self.isShared = isShared
        switch host {
        case .ownThread:
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            self.group = group
            nioLoop = group.next()
        case .caller(let loop):
            group = nil
            nioLoop = loop
        }
        let loop = nioLoop
        watch = watchdog.map { LoopWatch($0, of: loop) }
        turnstile = Turnstile(to: self)
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
        take(ReadyJob(UnownedJob(job)))
    }

    func take(_ job: ReadyJob) {
        guard nioLoop.inEventLoop else { return post(job) }
        guard isOpen else { return job.runElsewhere() }
        arm(queue.append(job))
    }

    /// Takes a piece that goes on where the running one ended, as what that one runs.
    func takeNext(_ job: UnownedJob) {
        take(running?.followed(by: job) ?? ReadyJob(job))
    }

    /// From another thread: the first letter since the box was emptied wakes the loop.
    private func post(_ job: ReadyJob) {
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
        if !isTaken { job.runElsewhere() }
    }

    /// Lets all others that are ready run first.
    ///
    /// On the loop's thread it costs less than `Task.yield()`, whose work it does elsewhere. The
    /// loop also looks at its sockets when their turn comes.
    public func yield() async {
        guard let turnstile, nioLoop.inEventLoop else { return await Task.yield() }
        await turnstile.pass()
    }

    func arm(_ wake: RunQueue<ReadyJob>.Wake) {
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
        var untilClock = RunQueue<ReadyJob>.jobsBetweenClockReads
        while let job = queue.next() {
            running = job
            if let watch { watch.run(job, on: executor) } else { job.run(on: executor) }
            untilClock -= 1
            guard untilClock == 0 else { continue }
            untilClock = RunQueue<ReadyJob>.jobsBetweenClockReads
            queue.look(sinceTurnBegan: MonotonicClock.nanoseconds - began)
        }
        running = nil
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

    /// The last thing that happens on the loop: from here on jobs go elsewhere.
    func close() {
        isOpen = false
        watch?.end()
        alarm.cancel()
        openMail()
        while let job = queue.popFirst() {
            job.runElsewhere()
        }
        wakeAllSleepers()
    }
}

/// What other threads left for the loop.
struct Inbox {
    var jobs: [ReadyJob] = []
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
        try await perform {
            let span = OpenSpan.begin(.job, Work.self)
            defer { span.end() }
            return try await job.run()
        }
    }
}

extension JobExecutor where Self == EventLoop {
    /// One thread that runs whatever is ready while the rest waits: ``EventLoop/shared``.
    public static var eventLoop: EventLoop { .shared }
}
