/// What goes wrong with worker processes; the errors of jobs themselves are not among them.
public enum ProcessError: Error, Hashable, Codable, CustomStringConvertible {
    /// The worker that ran the job died; the job alone is lost, and the pool goes on.
    case workerDied(WorkerDeath)
    /// Workers died or failed before they could take a job, several times in a row.
    case workersDoNotStart(attempts: Int, reason: String)
    /// A worker is not the same build as this program.
    case wrongBuild(worker: String, program: String)
    /// The hook before `main` did not run in this program, so that no worker could be served.
    case noHook
    /// Pools in jobs of pools are nested too deep.
    case tooDeep(depth: Int, maximum: Int)
    /// The worker has no job or error type of that name.
    case typeNotFound(type: String)
    /// The type has no name that another process could find it by.
    case typeNotNameable(type: String)
    /// The closure captures something.
    case capturingClosure
    /// A job or what it gave cannot be encoded.
    case notEncodable(type: String, reason: String)
    /// A job or what it gave cannot be decoded.
    case notDecodable(type: String, reason: String)
    /// The pool was shut down before the job had ended.
    case shutDown

    /// Says what happened and, where there is something to do, what: a sentence, of a death some.
    public var description: String {
        switch self {
        case .workerDied(let death): death.description
        case .workersDoNotStart(let attempts, let reason):
            "No worker could be started in \(attempts) attempts; the last: \(reason)"
        case .wrongBuild(let worker, let program):
            "The worker is another build (\(worker)) than this program (\(program))."
        case .noHook:
            """
            Worker processes need Tutti's hook before main, which did not run in this program: \
            an interpreter, or an executable linked with -static-executable.
            """
        case .tooDeep(let depth, let maximum):
            """
            A pool in a worker of depth \(depth) would start workers of depth \(depth + 1); at \
            most \(maximum) are allowed. Use another executor inside the innermost jobs.
            """
        case .typeNotFound(let type):
            "The worker has no type \(type): it was made at run time, or in a loaded library."
        case .typeNotNameable(let type):
            """
            \(type) cannot be named in another process: a generic job that is private, or whose \
            parameters are, must be made internal.
            """
        case .capturingClosure:
            """
            The closure captures something, which its worker would not have: give it as the \
            input, or write a job with a property for it. A function is passed as a closure that \
            calls it: { function($0) }.
            """
        case .notEncodable(let type, let reason): "\(type) cannot be encoded: \(reason)"
        case .notDecodable(let type, let reason): "\(type) cannot be decoded: \(reason)"
        case .shutDown: "The process pool was shut down before the job had ended."
        }
    }
}

/// An error that a job threw in a worker and that is not `Codable` itself.
public struct RemoteError: Error, Hashable, Codable, CustomStringConvertible {
    /// The name of the error's type.
    public let type: String
    /// The error as text.
    public let message: String

    /// Keeps the facts.
    public init(type: String, message: String) {
        self.type = type
        self.message = message
    }

    /// One line: `MyModule.MyError: message`.
    public var description: String { "\(type): \(message)" }
}

extension ProcessError: WorkerLossError {
    /// Whether a worker died over the job.
    public var isWorkerLoss: Bool {
        if case .workerDied = self { true } else { false }
    }
}
