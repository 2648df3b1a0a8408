internal import CTutti

/// What the workers of a pool are given, and how much they may use.
///
/// ```swift
/// let pool = ProcessPool(
///     width: 4,
///     options: WorkerOptions(
///         environment: ["TMPDIR": "/scratch", "LANG": nil], niceness: 10,
///         memoryLimit: 2 << 30, standardOutput: .tagged))
/// ```
///
/// All of it is in force before the first line of the program runs in the worker. Commands that a
/// job starts inherit it; limits hold for each process alone.
public struct WorkerOptions: Sendable {
    /// Changes to the program's environment: a value sets a variable, nil takes it out.
    ///
    /// The program's is that of the moment when a worker starts.
    public var environment: [String: String?]
    /// Where workers begin; nil for the program's own directory.
    ///
    /// A relative path begins at the program's directory. When there is no such directory, jobs
    /// fail with ``ProcessError/workersDoNotStart(attempts:reason:)``, which names it.
    public var workingDirectory: String?
    /// How much nicer than the program a worker is: 0 to 19; the sum is at most 19.
    public var niceness: Int
    /// The most bytes of address space that a worker may have; nil for no limit of its own.
    ///
    /// Address space, not memory in use (`RLIMIT_AS`): an allocation beyond it fails, which ends
    /// the worker and fails its job. A stack counts in full, an untouched array too. What a worker
    /// needs before its first job depends on the libraries of the program: `VmSize` in
    /// `/proc/PID/status` of an idle one says it.
    public var memoryLimit: Int?
    /// The most processor time that one worker may use, over all its jobs and threads.
    ///
    /// In whole seconds, rounded up (`RLIMIT_CPU`). Then comes `SIGXCPU`, a second later `SIGKILL`.
    /// With ``jobsPerWorker`` 1 it is the limit of a job. Nil for no limit of its own.
    public var processorTimeLimit: Duration?
    /// What becomes of what jobs print.
    public var standardOutput: WorkerStream
    /// What becomes of what jobs write to standard error.
    ///
    /// Unless it is ``WorkerStream/inherited``, its last lines are in the ``WorkerDeath`` of a job.
    public var standardError: WorkerStream
    /// After how many jobs a worker is replaced, for jobs that leak; nil never.
    public var jobsPerWorker: Int?
    /// How many bytes a worker may have in memory when it has ended its jobs; then it is replaced.
    ///
    /// The resident set, with the libraries; looked at after each load of jobs. For jobs that leak,
    /// or grow caches: a limit that ends nobody's job. Nil for never.
    public var memoryMark: Int?
    /// How long a worker stays without a job; then it ends, and a new one starts when it is needed.
    ///
    /// Nil for as long as the pool: for jobs that leave something running in their worker.
    public var idleTime: Duration?
    /// What is done to a job that runs when it is cancelled or takes too long.
    public var cancellation: WorkerCancellation
    /// A job that each worker runs before any other: for state that takes long to make.
    ///
    /// What it gives is dropped; what it leaves in global variables is there for the jobs. While it
    /// runs, jobs wait or go to other workers. If it fails, the start of the worker has failed.
    public var setUp: (any Job)?

    /// Makes options; left alone, a worker is given what the program has.
    ///
    /// Checked by ``ProcessPool/init(width:options:)``.
    public init(
        environment: [String: String?] = [:],
        workingDirectory: String? = nil,
        niceness: Int = 0,
        memoryLimit: Int? = nil,
        processorTimeLimit: Duration? = nil,
        standardOutput: WorkerStream = .inherited,
        standardError: WorkerStream = .passedOn,
        jobsPerWorker: Int? = nil,
        memoryMark: Int? = nil,
        idleTime: Duration? = .seconds(60),
        cancellation: WorkerCancellation = .terminate(grace: .seconds(1)),
        setUp: (any Job)? = nil
    ) {
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.niceness = niceness
        self.memoryLimit = memoryLimit
        self.processorTimeLimit = processorTimeLimit
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.jobsPerWorker = jobsPerWorker
        self.memoryMark = memoryMark
        self.idleTime = idleTime
        self.cancellation = cancellation
        self.setUp = setUp
    }

    /// The first of the caller's mistakes, as a sentence that says what to do.
    var mistake: String? {
        for (name, value) in environment {
            if name.isEmpty || name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "=") }) {
                return """
                    \(name.debugDescription) is no name of an environment variable: give one that \
                    is not empty, without "=" and without a zero byte.
                    """
            }
            if name == TUTTI_MARK {
                return "\(name) marks a process as a worker, and is the pool's: leave it out."
            }
            if let value, value.utf8.contains(0) {
                return "The value of the environment variable \(name) has a zero byte: remove it."
            }
        }
        if let workingDirectory,
            workingDirectory.isEmpty || workingDirectory.utf8.contains(0)
        {
            return """
                \(workingDirectory.debugDescription) is no path of a directory: give one that is \
                not empty and without a zero byte, or nil for the program's own.
                """
        }
        if !(0...19).contains(niceness) {
            return "A worker cannot be nicer by \(niceness): give 0 to 19."
        }
        if let memoryLimit, memoryLimit < 1 {
            return "No worker lives in \(memoryLimit) bytes: give more, or nil for no limit."
        }
        if let processorTimeLimit, processorTimeLimit <= .zero {
            return "No job runs in \(processorTimeLimit): give more, or nil for no limit."
        }
        if let jobsPerWorker, jobsPerWorker < 1 {
            return "A worker for \(jobsPerWorker) jobs runs none: give 1 or more, or nil."
        }
        if let memoryMark, memoryMark < 1 {
            return "Every worker has more than \(memoryMark) bytes: give more, or nil for no mark."
        }
        if let idleTime, idleTime < .zero {
            return "No worker is idle for \(idleTime): give zero or more, or nil for ever."
        }
        if case .terminate(let grace) = cancellation, grace < .zero {
            return "A grace of \(grace) is over before it begins: give zero or more."
        }
        return nil
    }

    /// The changes to the environment as `tutti_spawn_worker` wants them.
    var environmentChanges: [CChar] {
        var changes: [CChar] = []
        for (name, value) in environment {
            changes += name.utf8.map(CChar.init(bitPattern:))
            if let value {
                changes.append(CChar(bitPattern: UInt8(ascii: "=")))
                changes += value.utf8.map(CChar.init(bitPattern:))
            }
            changes.append(0)
        }
        changes.append(0)
        return changes
    }

    /// ``processorTimeLimit`` in whole seconds; 0 for none.
    var processorSeconds: UInt64 {
        guard let processorTimeLimit else { return 0 }
        return (processorTimeLimit.wholeNanoseconds + 999_999_999) / 1_000_000_000
    }
}

/// What is done to a job that runs when it is cancelled or takes too long.
///
/// In each case its `run` throws `CancellationError` when the job is over, and jobs that have not
/// begun leave at once.
public enum WorkerCancellation: Hashable, Sendable {
    /// Its worker and the commands that it started get `SIGTERM`; what is there when the worker
    /// has ended, or after the grace, gets `SIGKILL`.
    ///
    /// A job that wants to leave things in order installs a handler; without one it ends at once.
    case terminate(grace: Duration)
    /// Its worker and the commands that it started get `SIGKILL`.
    case kill
    /// Nothing is done: its worker runs it to its end.
    case wait
}

/// What becomes of what workers write to their standard output, or to their standard error.
///
/// All but ``inherited`` go through a pipe, so that the stream is no terminal for the job. What a
/// job wrote is passed on before its outcome is known. When nobody reads the program's stream,
/// workers that write wait, as the program itself would; when it is closed, what comes is dropped
/// and the jobs go on. Once a worker is gone, a command of its jobs that lives on writes to nobody.
public enum WorkerStream: Hashable, Sendable {
    /// The worker writes to the program's own stream; the pool sees nothing of it.
    case inherited
    /// Passed on to the program's stream at once, as it comes.
    case passedOn
    /// Passed on line by line: what comes from different workers never meets within a line.
    ///
    /// A line is held until its end, or that of the jobs that were sent together. Longer than 64 KiB
    /// it is broken.
    case lines
    /// The same as ``lines``, with `[worker PID] ` before each line.
    case tagged
    /// Passed on to nobody.
    case discarded
}
