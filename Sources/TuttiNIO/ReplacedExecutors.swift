internal import NIOCore
internal import Tutti

// Everything that needs the experimental interface of Swift 6.3 for custom executors, and nothing
// else: without the trait `ReplacedExecutors` this file is a struct around a job.

#if ReplacedExecutors
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) internal import _Concurrency

/// A job that is ready, and as what it runs.
struct ReadyJob: Sendable {
    let job: UnownedJob
    private let isMain: Bool

    init(_ job: UnownedJob, isMain: Bool = false) {
        self.job = job
        self.isMain = isMain
    }

    func run(on executor: UnownedTaskExecutor) {
        if isMain {
            job.runSynchronously(on: MainActor.sharedUnownedExecutor)
        } else {
            job.runSynchronously(on: executor)
        }
    }

    /// Runs it where Swift would have without the loop, which has ended.
    func runElsewhere() {
        // Jobs of the main actor must not run on another thread: they wait for the main queue.
        if isMain {
            PlatformExecutorFactory.mainExecutor.enqueue(ExecutorJob(job))
        } else {
            PlatformExecutorFactory.defaultExecutor.enqueue(ExecutorJob(job))
        }
    }
}

/// The main actor's executor on the program's loop.
///
/// Not the loop itself: as one object for both, tasks that are on no actor would switch executors
/// at each call, at almost four times the cost.
private final class LoopMainExecutor: MainExecutor {
    private let loop: EventLoop

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        loop.take(ReadyJob(UnownedJob(job), isMain: true))
    }

    func checkIsolated() {
        loop.nioLoop.preconditionInEventLoop()
    }

    func run() throws {
        fatalError("EventLoop.run runs the main actor already.")
    }

    func stop() {
        fatalError("The body of EventLoop.run ends it.")
    }
}

private enum LoopExecutors: ExecutorFactory {
    static var mainExecutor: any MainExecutor { LoopMainExecutor(defaultLoop) }
    static var defaultExecutor: any TaskExecutor { defaultLoop }

    private static var defaultLoop: EventLoop { .shared }
}

extension EventLoop {
    /// Whether tasks that prefer no executor run on the program's loop too, and the main actor.
    static var replacesExecutors: Bool { true }

    /// Makes the program's loop the executor of all tasks; once in a process, before the first task.
    static func replaceExecutors() {
        _createExecutors(factory: LoopExecutors.self)
    }
}

/// So `Task.sleep` in tasks on the loop uses the loop's timers.
extension EventLoop: SchedulingExecutor {
    @_spi(ExperimentalScheduling)
    public func enqueue<C: Clock>(
        _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
    ) {
        let unowned = UnownedJob(job)
        guard let delay = delay as? Duration else {
            fatalError("The event loop has no timers of the clock \(C.self).")
        }
        // A deadline that is past gives a negative delay; it counts as none.
        enqueue(ReadyJob(unowned), after: delay)
    }
}
#else
/// A job that is ready.
struct ReadyJob: Sendable {
    let job: UnownedJob

    init(_ job: UnownedJob) {
        self.job = job
    }

    func run(on executor: UnownedTaskExecutor) {
        job.runSynchronously(on: executor)
    }

    /// Runs it in the global pool: the loop has ended.
    func runElsewhere() {
        globalConcurrentExecutor.enqueue(ExecutorJob(job))
    }
}

extension EventLoop {
    static var replacesExecutors: Bool { false }
    static func replaceExecutors() {}
}
#endif
