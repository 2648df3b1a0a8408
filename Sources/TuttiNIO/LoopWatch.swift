internal import Glibc
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Tutti

/// The watch over one loop: what the loop notes of each job, and the thread that looks at it.
final class LoopWatch: Sendable {
    private let watchdog: EventLoop.Watchdog
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let reports: NIOLockedValueBox<HoldReports>
    private let probe = NIOLockedValueBox<SleepProbe?>(nil)
    /// When the job that runs began, 0 between jobs.
    ///
    /// Written by the loop; released with the task's number, acquired by the thread that looks.
    private let began = Atomic<UInt64>(0)
    private let task = Atomic<UInt64>(0)

    init(_ watchdog: EventLoop.Watchdog, of loop: any NIOCore.EventLoop) {
        self.watchdog = watchdog
        reports = NIOLockedValueBox(HoldReports(limit: watchdog.nanoseconds))
        loop.execute { self.probe.withLockedValue { $0 = SleepProbe.ofCallingThread() } }
        let period = TimeAmount.nanoseconds(Int64(clamping: watchdog.nanoseconds / 4))
        group.next().scheduleRepeatedTask(initialDelay: period, delay: period) { [weak self] _ in
            self?.look()
        }
    }

    /// Runs a job of the loop, on its thread.
    func run(_ job: ReadyJob, on executor: UnownedTaskExecutor) {
        let number = TaskNumber.of(job.job)
        let start = MonotonicClock.nanoseconds
        task.store(number, ordering: .relaxed)
        began.store(start, ordering: .releasing)
        job.run(on: executor)
        began.store(0, ordering: .relaxed)
        let lasted = MonotonicClock.nanoseconds - start
        guard lasted >= watchdog.nanoseconds else { return }
        group.next().execute { [watchdog] in
            watchdog.report(Self.hold(by: number, lasting: lasted, isOver: true, .unknown))
        }
    }

    private func look() {
        let start = began.load(ordering: .acquiring)
        let number = task.load(ordering: .relaxed)
        let now = MonotonicClock.nanoseconds
        let lasted = reports.withLockedValue { $0.look(began: start, now: now) }
        guard let lasted else { return }
        var activity = EventLoop.Hold.Activity.unknown
        if let probe = probe.withLockedValue({ $0 }) {
            activity = probe.isAsleep ? .blocked : .computing
        }
        // It may have ended between the two readings; then it is reported when it says so.
        guard began.load(ordering: .acquiring) == start else { return }
        watchdog.report(Self.hold(by: number, lasting: lasted, isOver: false, activity))
    }

    private static func hold(
        by number: UInt64, lasting nanoseconds: UInt64, isOver: Bool,
        _ activity: EventLoop.Hold.Activity
    ) -> EventLoop.Hold {
        EventLoop.Hold(
            task: number == 0 ? nil : number, duration: .nanoseconds(Int64(nanoseconds)),
            isOver: isOver, activity: activity)
    }

    /// Ends the thread that looks; the last report may still come.
    func end() {
        group.shutdownGracefully { _ in }
    }
}

/// The numbers that the runtime gives tasks.
private enum TaskNumber {
    private typealias Function = @convention(c) (UnsafeRawPointer) -> UInt64

    /// What `UnownedJob.description` asks, at a hundredth of its cost.
    ///
    /// Looked up by name, since it is not declared: nil where the runtime is linked in statically or
    /// has another. A pointer in, a number out: the same in C's convention and in Swift's.
    private static let function: Function? = dlsym(nil, "swift_task_getJobTaskId").map {
        // Safety: the function's type, as the runtime's own headers declare it.
        unsafeBitCast($0, to: Function.self)
    }

    /// The number of the task that a job is a piece of, 0 if it is none or unknown.
    static func of(_ job: UnownedJob) -> UInt64 {
        guard let function else { return 0 }
        // Safety: a job is a pointer to the runtime's object, and nothing else.
        return function(unsafeBitCast(job, to: UnsafeRawPointer.self))
    }
}
