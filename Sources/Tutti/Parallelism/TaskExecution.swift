internal import Synchronization

extension ForkJoinPool: TaskExecutor {
    /// Takes a Swift job to run; the runtime calls this.
    ///
    /// What a thread of the pool enqueues stays with that thread until others have nothing to do;
    /// the rest is shared out. Each queue is first in, first out; priorities make no difference.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let worker = Worker.current, worker.pointee.isThread,
            worker.pointee.scheduler === scheduler
        {
            worker.pointee.tasks.append(job)
        } else {
            scheduler.injector.append(job)
        }
        scheduler.workWasPublished(.tasks)
        // After the append; partner of the store in `stop`, which comes before the last look there.
        if scheduler.isStopped.load(ordering: .sequentiallyConsistent) {
            handOverTasks()
        }
    }

    /// Gives tasks that came too late for this pool to Swift's own.
    ///
    /// A task whose pool was shut down while it waited goes on there; the alternatives are a trap,
    /// or a task that never ends.
    func handOverTasks() {
        while let job = scheduler.nextTaskOfAnybody() {
            globalConcurrentExecutor.enqueue(ExecutorJob(job))
        }
    }
}

extension ForkJoinPool {
    /// Runs `body`, which computes, on a thread of the pool.
    ///
    /// ```swift
    /// let parsed = await ForkJoinPool.shared.run { entries.parallelMap(parse) }
    /// ```
    ///
    /// The face of parallel code for tasks: what the calling task awaits costs no thread, while a
    /// direct call of `join` or of a parallel algorithm keeps the task's thread until it is done.
    /// Joins and loops in `body` run on this pool.
    ///
    /// - Throws: what `body` throws.
    /// - Returns: what `body` returns.
    public func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // Concurrent: otherwise the body would run on the actor that the caller is isolated to.
        try await withTaskExecutorPreference(self) {
            @concurrent () async throws(Failure) -> Value in
            let span = OpenSpan.begin(.call)
            defer { span.end() }
            return try body()
        }
    }
}

extension ForkJoinPool: JobExecutor {
    /// `cores`.
    public var name: String { "cores" }

    /// One job a core.
    public var capacity: Int? { width }

    /// The pool itself: a job that is handed over here stays on the thread.
    public var taskExecutor: (any TaskExecutor)? { self }

    /// Runs the job on a thread of the pool; while it waits with `await` the thread is free.
    ///
    /// - Throws: what the job threw.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        try await perform {
            let span = OpenSpan.begin(.job, Work.self)
            defer { span.end() }
            return try await job.runBlocking()
        }
    }
}

extension JobExecutor where Self == ForkJoinPool {
    /// Every core of this machine: ``ForkJoinPool/shared``.
    public static var cores: ForkJoinPool { .shared }
}
