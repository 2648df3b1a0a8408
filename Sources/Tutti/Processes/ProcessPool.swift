internal import CTutti
internal import Synchronization

/// Runs jobs in worker processes: the same executable, started again.
///
/// A job that crashes takes its worker with it and nothing else: its `run` throws
/// ``ProcessError/workerDied(_:)``, all other jobs go on, and the next job gets a
/// new worker. A running job can be stopped for sure, since its process can be killed.
///
/// ```swift
/// let pool = ProcessPool(width: 4)
/// let thumbnail = try await pool.run(Thumbnail(image: path, width: 256))
/// await pool.shutdown()
/// ```
///
/// Nothing has to be set up: workers enter before `main` and find the job by its type. The job and
/// its output travel as bytes; a job that changes global state changes its worker's. A small job
/// costs some tens of microseconds more than here; workers start when jobs wait, up to ``width``.
/// Its standard input is empty; what it prints goes where ``WorkerOptions`` say, by default to the
/// program's own output.
public final class ProcessPool: JobExecutor {
    /// How deep pools may be nested: a pool in a job of a pool … of a program.
    public static let maximumDepth = 4

    /// The pool for everybody, made when it is first used; it ends with the program.
    public static let shared = ProcessPool()

    /// The most workers at a time.
    public let width: Int
    private let crew: Crew
    private let lastID = Atomic(0)
    /// How workers find the types of the jobs so far: to look at an image takes longer than a job.
    private let beginnings = Locked<[ObjectIdentifier: [UInt8]]>([:])

    /// Makes a pool; workers start with the first jobs.
    ///
    /// Traps when an option makes no sense or a number is below 1, and in a process that was started
    /// as a worker but is not served as one: it would start workers that start workers, without end.
    ///
    /// - Parameters:
    ///   - width: the most workers at a time.
    ///   - options: what workers are given, and how much they may use.
    public init(width: Int = Processors.usable.count, options: WorkerOptions = WorkerOptions()) {
        // Not preconditions: their sentences would be missing in release builds.
        if width < 1 { fatalError("A pool of \(width) workers runs no job: give 1 or more.") }
        if let mistake = options.mistake { fatalError(mistake) }
        guard tutti_bears_mark() == 0 else {
            fatalError(
                """
                This process was started as a worker (\(TUTTI_MARK) is set), but Tutti's hook \
                before main did not serve it. Its pool would start workers without end. Unset \
                the variable if it was set by hand.
                """)
        }
        self.width = width
        crew = Crew(width: width, options: options, depth: Int(tutti_worker_depth()) + 1)
    }

    deinit {
        // Every running job holds the pool: there is nobody left to tell.
        crew.close(nil)
    }

    /// `processes`.
    public var name: String { "processes" }

    /// ``width``.
    public var capacity: Int? { width }

    /// Nil: what the caller does meanwhile is its own affair.
    public var taskExecutor: (any TaskExecutor)? { nil }

    /// What the workers that have ended used, with the commands that their jobs waited for.
    public var usage: ResourceUsage { crew.usage }

    /// The process numbers of the workers that live now.
    public var workers: [Int32] { crew.workerPIDs }

    /// Runs a job in a worker, with its blocking form.
    ///
    /// When the calling task is cancelled, a job that waits leaves the queue; one that runs is
    /// killed with its worker and the commands it started, and this returns when they are gone.
    ///
    /// - Throws: the job's own error, as itself when it is `Codable`, else as ``RemoteError``;
    ///   ``ProcessError`` when the job could not be run to its end; `CancellationError`.
    public func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        let answer = try await answer { try Slice.coded(beginning(of: Work.self), job) }
        return try JobMessage.output(Work.Output.self, from: answer)
    }

    /// Runs a job that is nothing but its memory, and whose value is so too.
    ///
    /// As the other form; job and value are copied as they lie in memory.
    ///
    /// - Throws: as the other form.
    public func run<Work: Job & PackedValue>(
        _ job: Work
    ) async throws -> Work.Output where Work.Output: PackedValue {
        let answer = try await answer { try Slice.packed(beginning(of: Work.self), job) }
        return try JobMessage.packedOutput(Work.Output.self, from: answer)
    }

    private func answer(to request: () throws -> Slice) async throws -> JobAnswer {
        try checkPlace()
        try Task.checkCancellation()
        let request = try request()
        let id = nextID()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { task in
                submit(id, request, .single(AnswerWaiter(task)))
            }
        } onCancel: {
            crew.cancel(id)
        }
    }

    /// Runs the jobs of a slice; every job has its end when this returns.
    func run(slice request: Slice) async -> SliceAnswers.Result {
        let id = nextID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                let answers = SliceAnswers(count: request.count) {
                    waiting.resume(returning: $0)
                }
                submit(id, request, .slice(answers))
            }
        } onCancel: {
            crew.cancel(id)
        }
    }

    private func submit(_ id: Int, _ request: Slice, _ answer: AnswerSink) {
        crew.submit(id, CrewState.Ticket(request: request, answer: answer))
        // The handler may have run before there was a ticket to cancel.
        if Task.isCancelled { crew.cancel(id) }
    }

    private func nextID() -> Int { lastID.add(1, ordering: .relaxed).newValue }

    /// Throws where no worker can be started.
    func checkPlace() throws(ProcessError) {
        guard tutti_hook_ran() != 0 else { throw ProcessError.noHook }
        let depth = Int(tutti_worker_depth())
        guard depth < Self.maximumDepth else {
            throw ProcessError.tooDeep(depth: depth, maximum: Self.maximumDepth)
        }
    }

    /// What stands in front of jobs of a type: ``Slice/beginning(of:)``.
    func beginning(of type: any Job.Type) throws -> [UInt8] {
        let key = ObjectIdentifier(type)
        if let known = beginnings.withLock({ $0[key] }) { return known }
        let beginning = try Slice.beginning(of: type)
        beginnings.withLock { $0[key] = beginning }
        return beginning
    }

    /// Ends the pool and waits until no worker or descriptor of it is left.
    ///
    /// Call it when your jobs are done: jobs that wait or run are stopped and throw
    /// ``ProcessError/shutDown``, as does every later one. A second call waits as well.
    public func shutdown() async {
        await withCheckedContinuation { crew.close($0) }
    }
}

extension JobExecutor where Self == ProcessPool {
    /// Worker processes: ``ProcessPool/shared``.
    public static var processes: ProcessPool { .shared }
}
