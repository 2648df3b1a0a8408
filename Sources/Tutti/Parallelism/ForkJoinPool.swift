internal import Synchronization

/// Divides computation over cores by work stealing.
///
/// ```swift
/// let (left, right) = join({ solve(lowerHalf) }, { solve(upperHalf) })
/// let frames = (0..<240).parallelMap { scene.render(frame: $0) }
/// ```
///
/// Three kinds of work share its cores: halves of a ``join(_:_:)`` and chunks of a loop, which
/// block their caller; Swift tasks, since it is a `TaskExecutor`; jobs of a batch, since it is a
/// ``JobExecutor``. At most ``width`` threads run together, those of callers included: a caller
/// takes part in the work for the time of its call, so that it costs no switch of threads.
///
/// Meant for work that computes. What blocks in it keeps a core from the others.
///
/// A pool that is let go ends its threads; ``shutdown()`` does so at a time of your choice.
public final class ForkJoinPool: Sendable {
    /// How many threads run together, at least 1.
    public let width: Int

    let scheduler: Scheduler
    /// The same for hot paths: its reference count lies beside what its threads read all the time.
    let unretainedScheduler: Unmanaged<Scheduler>
    @usableFromInline let schedulerID: ObjectIdentifier
    private let threads = Locked<[PoolThread]>([])

    /// The pool of the process: as wide as there are processors to use, made when first asked for.
    ///
    /// It is never shut down.
    public static let shared = ForkJoinPool(width: Processors.usable.count)

    /// Starts a pool.
    ///
    /// Traps when `width` is below 1, and when the system has no threads left.
    ///
    /// - Parameter width: how many threads run together; as many are started, and sleep.
    public init(width: Int) {
        // Not a precondition: that loses its sentence in a release build.
        guard width >= 1 else {
            fatalError("A pool of width \(width) runs nothing: give 1 or more.")
        }
        self.width = width
        let scheduler = Scheduler(width: width)
        self.scheduler = scheduler
        unretainedScheduler = .passUnretained(scheduler)
        schedulerID = ObjectIdentifier(scheduler)
        // The threads hold the scheduler but only name the pool, which ends them when it goes.
        let executor = asUnownedTaskExecutor()
        let started = (0..<width).map { number in
            PoolThread(name: "tutti-core-\(number)") {
                scheduler.work(as: number, executor: executor)
            }
        }
        threads.withLock { $0 = started }
    }

    deinit {
        // Nothing can be left to do: whoever calls, and each task, holds the pool. The last of them
        // may be a task that ends on a thread of the pool; that thread cannot wait for itself.
        scheduler.stop()
        let threads = threads.withLock { $0 }
        let caller = scheduler.callerNumber
        for (number, thread) in threads.enumerated() {
            thread.end(isCaller: number == caller)
        }
    }

    /// Ends the threads of the pool, after the work that is already there; waits until they ended.
    ///
    /// After that a join and a loop run on their caller alone, and tasks go on in Swift's own pool.
    /// A second call does nothing. Traps when it is called from work that runs in the pool, which
    /// would wait for itself, and for the shared pool, which others use.
    public func shutdown() {
        guard scheduler.callerNumber == nil else {
            fatalError(
                "shutdown() was called from work that runs in the pool: call it from outside.")
        }
        guard self !== Self.shared else {
            fatalError(
                "The shared pool cannot be shut down, others use it: make a pool of your own.")
        }
        scheduler.stop()
        let threads = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in threads {
            thread.end(isCaller: false)
        }
        handOverTasks()
    }
}
