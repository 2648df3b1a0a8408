package import Tutti

/// Why a request has no answer.
package struct RequestFailure: Error, Hashable, CustomStringConvertible {
    /// What went wrong.
    package enum Reason: Hashable, Sendable {
        /// Nobody took the connection.
        case unreachable(SystemError)
        /// A call on the open connection failed.
        case broken(SystemError)
        /// The server closed the connection before its answer was complete.
        case cutShort(receivedBytes: Int)
        /// What came is no HTTP; the decoder's word for it.
        case malformed(String)
        /// The client was closed meanwhile.
        case clientClosed
    }

    /// The address asked.
    package let host: String
    /// The port asked.
    package let port: Int
    /// The path asked for.
    package let path: String
    /// What went wrong.
    package let reason: Reason

    /// A sentence.
    package var description: String {
        let url = "http://\(host):\(port)\(path)"
        return switch reason {
        case .unreachable(let error): "\(url) cannot be reached: \(error)."
        case .broken(let error): "The connection for \(url) broke: \(error)."
        case .cutShort(let bytes):
            "The server closed the connection for \(url) after \(bytes) bytes of the answer's body."
        case .malformed(let error): "The answer to \(url) is not valid HTTP: \(error)."
        case .clientClosed: "The client was closed before \(url) was answered."
        }
    }
}
