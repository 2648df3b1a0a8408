internal import Glibc

/// How a worker died, and what is known of the job that it ran.
public struct WorkerDeath: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The name of the job's type.
    public let job: String
    /// The worker's process number.
    public let pid: Int32
    /// How the process ended.
    public let end: WorkerEnd
    /// How many workers were sent this job, the dead one included.
    public let attempt: Int
    /// From the moment when the worker was sent the job to its death.
    ///
    /// With the jobs that were sent together with it and ran before, a millisecond or so.
    public let ranFor: Duration
    /// What the runtime said, such as `Module/File.swift:7: Fatal error: Index out of range`.
    ///
    /// Release builds leave out the messages of most traps: of those of the language (an index out
    /// of range, nil unwrapped, overflow) and of `precondition`. `fatalError` and `try!` keep
    /// theirs. Nil when there is none, or when the worker's standard error is
    /// ``WorkerStream/inherited``.
    public let trap: String?
    /// The last lines that the worker wrote to standard error: at most 20, and 4 KiB.
    ///
    /// Those of the job, and of jobs that were sent together with it and ran before. Without the
    /// stack trace that the runtime prints after a trap's message. Empty when the worker's standard
    /// error is ``WorkerStream/inherited``.
    public let lastLines: [String]
    /// The worker's limit of address space, in bytes; nil when the pool set none.
    public let memoryLimit: Int?
    /// The worker's limit of processor time; nil when the pool set none.
    public let processorTimeLimit: Duration?

    /// Keeps the facts.
    public init(
        job: String,
        pid: Int32,
        end: WorkerEnd,
        attempt: Int = 1,
        ranFor: Duration,
        trap: String? = nil,
        lastLines: [String] = [],
        memoryLimit: Int? = nil,
        processorTimeLimit: Duration? = nil
    ) {
        self.job = job
        self.pid = pid
        self.end = end
        self.attempt = attempt
        self.ranFor = ranFor
        self.trap = trap
        self.lastLines = lastLines
        self.memoryLimit = memoryLimit
        self.processorTimeLimit = processorTimeLimit
    }

    /// A sentence for what happened and one for each fact that helps, each on a line of its own.
    public var description: String {
        var lines = [
            "The worker \(pid) \(end) while it ran \(job) (attempt \(attempt), after \(time))."
        ]
        if let trap {
            lines.append("It said: \(trap)")
        } else if end.isTrap {
            lines.append(
                """
                It said nothing that the pool could read: release builds leave out the messages \
                of most traps, and an inherited standard error is not read.
                """)
        }
        if end.mayComeFromLimit, let memoryLimit {
            lines.append("Its address space was limited to \(memoryLimit >> 20) MiB.")
        }
        if end.mayComeFromLimit, let processorTimeLimit {
            lines.append("Its processor time was limited to \(processorTimeLimit).")
        }
        var others = lastLines
        let message = trap?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
        if others.suffix(message.count).elementsEqual(message, by: ==) {
            others.removeLast(message.count)
        }
        if !others.isEmpty {
            lines.append("The last lines of its standard error:")
            lines += others.map { "    \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private var time: String {
        let milliseconds = ranFor.wholeNanoseconds / 1_000_000
        guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
        return "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
    }
}

/// How a worker process ended.
public enum WorkerEnd: Hashable, Codable, Sendable, CustomStringConvertible {
    /// By `exit` with this code.
    case exited(code: Int32)
    /// By this signal.
    case killed(signal: Int32)
    /// Other code of this program took the worker out of the process table first.
    case unknown

    /// A part of a sentence: `was killed by SIGILL (a trap such as fatalError)`.
    public var description: String {
        switch self {
        case .exited(let code): "exited with code \(code)"
        case .killed(let signal): "was killed by \(Self.name(of: signal))"
        case .unknown: "ended in an unknown way"
        }
    }

    /// Whether a trap ends a process so.
    var isTrap: Bool { [.killed(signal: SIGILL), .killed(signal: SIGTRAP)].contains(self) }

    /// Whether Swift's runtime may have said why: a failed allocation ends with SIGABRT.
    var mayHaveMessage: Bool { isTrap || self == .killed(signal: SIGABRT) }

    /// Whether a limit may have been the reason.
    fileprivate var mayComeFromLimit: Bool {
        if case .killed = self { true } else { false }
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case SIGILL: "SIGILL (a trap such as fatalError)"
        case SIGTRAP: "SIGTRAP (a trap such as fatalError)"
        case SIGABRT: "SIGABRT (abort)"
        case SIGSEGV: "SIGSEGV (an access to memory that is not its own)"
        case SIGBUS: "SIGBUS (an access to memory that is not there)"
        case SIGFPE: "SIGFPE (an arithmetic error)"
        case SIGKILL: "SIGKILL (from outside, or for want of memory)"
        case SIGTERM: "SIGTERM"
        case SIGINT: "SIGINT"
        case SIGHUP: "SIGHUP"
        case SIGPIPE: "SIGPIPE (a write that nobody reads)"
        case SIGXCPU: "SIGXCPU (the limit of processor time)"
        default: "signal \(signal)"
        }
    }
}
