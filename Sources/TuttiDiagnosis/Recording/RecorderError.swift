internal import Glibc
public import Tutti

/// Why nothing could be recorded.
public enum RecorderError: Error, Hashable, CustomStringConvertible {
    /// The program is not there or may not be run.
    case cannotRun(program: String, SystemError)
    /// There is no process of that number, or it has ended.
    case noProcess(Int32)
    /// The system would not do what every recording needs.
    case system(SystemError)

    /// One sentence.
    public var description: String {
        switch self {
        case .cannotRun(let program, let error):
            "cannot run '\(program)': \(error.reason)."
        case .noProcess(let number): "there is no process \(number)."
        case .system(let error): "\(error)."
        }
    }
}

extension SystemError {
    /// What the system says, without the name of the call.
    var reason: String { String(cString: strerror(code)) }
}
