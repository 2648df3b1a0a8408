public import CTutti

/// One who runs branches: a thread of the pool, or a caller on a seat.
///
/// Others reach a worker through its address. They touch only the constants and, behind them,
/// ``thief`` and ``tasks``, which are made for it. Who may touch what is in Scheduler.md.
@usableFromInline
struct Worker: ~Copyable {
    // Constant.
    @usableFromInline let number: Int
    /// Whether it is a thread of the pool, and not a caller.
    let isThread: Bool
    /// Unretained: a scheduler outlives its workers.
    unowned(unsafe) let scheduler: Scheduler
    /// The same for hot paths: its reference count lies beside what its threads read all the time.
    let unretainedScheduler: Unmanaged<Scheduler>
    /// Which scheduler that is: comparing this costs no reference count.
    @usableFromInline let schedulerID: ObjectIdentifier
    let parker = Parker()
    let thief: SplitDeque.Thief
    /// Swift jobs that this thread enqueued, or took to run soon.
    let tasks = TaskQueue()

    // The owner's alone.
    @usableFromInline var deque: SplitDeque
    var victims: RandomVictims
    /// How many pauses the worker waits before its next theft; see `reluctance(after:before:)`.
    var reluctance = 0
    /// How many tasks this thread has taken.
    var taskTick: UInt = 0
    /// The worker that this thread was before it took this seat in another pool.
    var outer: UnsafeMutablePointer<Worker>?
    /// Whether the thread runs a Swift task, and so must not wait for a permit when it is resumed.
    var isTask = false

    /// Whether the census counts it as searching.
    ///
    /// Written by the owner; while the owner sleeps, by whoever took it off the roster.
    var isSearching = false
    /// The processor of whoever woke it last; -1 before, or if that is unknown.
    ///
    /// Written by the waker, while the worker sleeps.
    var wakersProcessor: Int32 = -1

    init(number: Int, isThread: Bool, scheduler: Scheduler) {
        self.number = number
        self.isThread = isThread
        self.scheduler = scheduler
        unretainedScheduler = .passUnretained(scheduler)
        schedulerID = ObjectIdentifier(scheduler)
        // Without other workers that run there is nobody to publish for.
        deque = SplitDeque(eager: scheduler.width > 1 ? 4 : 0)
        thief = deque.thief
        victims = RandomVictims(seed: number)
    }

    /// The worker that the calling thread is, if any.
    @inlinable @inline(__always)
    static var current: UnsafeMutablePointer<Worker>? {
        tutti_current_worker()?.assumingMemoryBound(to: Worker.self)
    }

    /// Whether the calling thread runs a Swift task: it may be one of Swift's own few threads.
    static var callerRunsTask: Bool {
        withUnsafeCurrentTask { $0 != nil }
    }

    /// Says what the calling thread is from now on.
    static func setCurrent(_ worker: UnsafeMutablePointer<Worker>?) {
        tutti_set_current_worker(worker)
    }
}
