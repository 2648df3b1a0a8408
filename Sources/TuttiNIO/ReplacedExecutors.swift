internal import NIOCore
internal import Tutti

// Everything that needs the experimental interface of Swift 6.3 for custom executors, and nothing
// else: without the trait `ReplacedExecutors` this file is a struct around a job.

#if ReplacedExecutors
    @_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) internal import _Concurrency

    /// A job that is ready, and as what it runs.
    struct ReadyJob: Sendable {
        enum Role {
            /// A piece of a task that prefers the loop.
            case preferring
            /// One that prefers no executor, since the loop is every task's.
            case other
            /// One of the main actor's.
            case main
        }

        let job: UnownedJob
        private let role: Role

        init(_ job: UnownedJob, as role: Role = .preferring) {
            self.job = job
            self.role = role
        }

        func followed(by next: UnownedJob) -> ReadyJob {
            ReadyJob(next, as: role)
        }

        func run(on executor: UnownedTaskExecutor) {
            switch role {
            case .preferring: job.runSynchronously(on: executor)
            case .other: job.runSynchronously(on: LoopExecutors.ofOthers.asUnownedTaskExecutor())
            case .main: job.runSynchronously(on: LoopExecutors.ofMain.asUnownedSerialExecutor())
            }
        }

        /// Runs it where Swift would have without the loop, which has ended.
        func runElsewhere() {
            // Jobs of the main actor must not run on another thread: they wait for the main queue.
            if role == .main {
                PlatformExecutorFactory.mainExecutor.enqueue(ExecutorJob(job))
            } else {
                PlatformExecutorFactory.defaultExecutor.enqueue(ExecutorJob(job))
            }
        }
    }

    /// The executors of a process whose program runs on one loop.
    ///
    /// Two objects on one loop: as one for both, tasks that are on no actor would switch executors at
    /// each call, at almost four times the cost.
    private enum LoopExecutors: ExecutorFactory {
        static let ofMain = MainLoopExecutor(.shared)
        static let ofOthers = DefaultLoopExecutor(.shared)

        static var mainExecutor: any MainExecutor { ofMain }
        static var defaultExecutor: any TaskExecutor { ofOthers }
    }

    /// The main actor's executor.
    private final class MainLoopExecutor: MainExecutor {
        private let loop: EventLoop

        init(_ loop: EventLoop) {
            self.loop = loop
        }

        func enqueue(_ job: consuming ExecutorJob) {
            loop.take(ReadyJob(UnownedJob(job), as: .main))
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

    /// The executor of tasks that prefer none; with timers, so that it is `Task.sleep`'s as well.
    private final class DefaultLoopExecutor: TaskExecutor, SchedulingExecutor {
        private let loop: EventLoop

        init(_ loop: EventLoop) {
            self.loop = loop
        }

        func enqueue(_ job: consuming ExecutorJob) {
            loop.take(ReadyJob(UnownedJob(job), as: .other))
        }

        func enqueue<C: Clock>(
            _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
        ) {
            guard let delay = delay as? Duration else {
                fatalError("The event loop has no timers of the clock \(C.self).")
            }
            // A deadline that is past gives a negative delay, which counts as none.
            loop.enqueue(ReadyJob(UnownedJob(job), as: .other), after: delay)
        }
    }

    extension EventLoop {
        /// Whether tasks that prefer no executor run on the program's loop too, and the main actor.
        static var replacesExecutors: Bool { true }

        /// Makes the shared loop the executor of all tasks; once in a process, before the first task.
        static func replaceExecutors() {
            _createExecutors(factory: LoopExecutors.self)
        }
    }
#else
    /// A job that is ready.
    struct ReadyJob: Sendable {
        let job: UnownedJob

        init(_ job: UnownedJob) {
            self.job = job
        }

        func followed(by next: UnownedJob) -> ReadyJob {
            ReadyJob(next)
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
