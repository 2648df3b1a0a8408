public import Glibc

/// A system call that failed: its name, the error number, and what it was about.
public struct SystemError: Error, Hashable, Codable, CustomStringConvertible {
    /// The call, as in section 2 of the manual: `"open"`.
    public let call: String
    /// The error number (`errno`).
    public let code: Int32
    /// What the call was about, such as a path; empty when there is nothing to add.
    public let subject: String

    /// Keeps the facts of a failed call; `code` is `errno` unless given.
    public init(_ call: String, code: Int32 = errno, subject: String = "") {
        self.call = call
        self.code = code
        self.subject = subject
    }

    /// One line: `open /nowhere: No such file or directory (errno 2)`.
    public var description: String {
        let about = subject.isEmpty ? "" : " \(subject)"
        return "\(call)\(about): \(String(cString: strerror(code))) (errno \(code))"
    }
}
