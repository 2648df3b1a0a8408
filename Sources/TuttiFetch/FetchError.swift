public import Tutti

/// Why a URL has no file, with the facts.
public enum FetchError: Error, Hashable, Sendable {
    /// A part of a request that can take too long.
    public enum Phase: Hashable, Sendable {
        /// The lookup, the connection and the handshake.
        case connect
        /// A silence of the server.
        case idle
        /// All of it.
        case total
    }

    /// The URL cannot be asked for.
    case invalidURL(reason: String)
    /// The name is none for a file in the folder.
    case invalidName(String, reason: String)
    /// An earlier line of the list has this name.
    case nameTaken(String)
    /// The checksum of the list is none.
    case invalidChecksum(String)
    /// The name of the host has no address.
    case hostNotFound(host: String, reason: String, isTemporary: Bool)
    /// Nobody took the connection.
    case cannotConnect(host: String, port: Int, reason: String)
    /// The connection broke: reset, or unreachable meanwhile.
    case connectionLost(reason: String, receivedBytes: Int)
    /// The server closed the connection before the content was complete.
    case cutShort(receivedBytes: Int)
    /// What came is no HTTP.
    case malformed(reason: String)
    /// No secure connection.
    case notSecure(host: String, reason: String)
    /// The server refuses, or knows nothing of it.
    case status(Int, reason: String)
    /// The server asks to come back so much later.
    case askedToWait(Duration)
    /// It was sent from one place to the next too often.
    case tooManyRedirects(Int)
    /// It was sent to a place where nothing can be fetched.
    case invalidRedirect(String, reason: String)
    /// The time was over.
    case timedOut(Phase, after: Duration)
    /// It came too slowly.
    case tooSlow(bytesPerSecond: Int, required: Int)
    /// It is larger than the configuration allows.
    case tooLarge(limit: Int)
    /// The content is not what the list says.
    case wrongChecksum(expected: String, found: String)
    /// The packed content cannot be unpacked.
    case cannotUnpack(reason: String)
    /// The proxy does not lead there.
    case proxy(reason: String)
    /// A call on the file failed.
    case file(SystemError)
    /// The disk is full; nothing more is started.
    case diskFull(name: String)
    /// Another process is writing the file.
    case writtenElsewhere(name: String)
    /// The host could not be reached often enough in a row; nothing more is asked of it.
    case hostGivenUp(host: String, lastFailure: String)
    /// The configuration cannot work.
    case invalidConfiguration(reason: String)
    /// The run was cancelled first.
    case cancelled
}

extension FetchError: CustomStringConvertible {
    /// A sentence, and what to do where something can be done.
    public var description: String {
        switch self {
        case .invalidURL(let reason): "The URL cannot be fetched: \(reason)."
        case .invalidName(let name, let reason): "'\(name)' cannot be the file's name: \(reason)."
        case .nameTaken(let name):
            "An earlier line of the list has the name '\(name)' already: choose another."
        case .invalidChecksum(let text):
            "'\(text)' is no SHA-256: give 64 hexadecimal digits."
        case .hostNotFound(let host, let reason, _): "The host \(host) was not found: \(reason)."
        case .cannotConnect(let host, let port, let reason):
            "Nobody answers at \(host), port \(port): \(reason)."
        case .connectionLost(let reason, let bytes):
            "The connection broke after \(bytes) bytes: \(reason)."
        case .cutShort(let bytes):
            "The server closed the connection after \(bytes) bytes, before the end."
        case .malformed(let reason): "The answer is not valid HTTP: \(reason)."
        case .notSecure(let host, let reason):
            "No secure connection to \(host): \(reason)."
        case .status(let code, let reason): "The server answered \(code) \(reason)."
        case .askedToWait(let duration):
            "The server asks to come back in \(duration.components.seconds) s, longer than allowed."
        case .tooManyRedirects(let count):
            "It was redirected \(count) times and still leads elsewhere."
        case .invalidRedirect(let place, let reason):
            "It was redirected to '\(place)', which cannot be fetched: \(reason)."
        case .timedOut(.connect, let limit): "No connection within \(limit)."
        case .timedOut(.idle, let limit): "The server was silent for \(limit)."
        case .timedOut(.total, let limit): "It was not complete within \(limit)."
        case .tooSlow(let speed, let required):
            "It came at \(speed) bytes a second, and \(required) are required."
        case .tooLarge(let limit): "It is larger than \(limit) bytes, the most that is allowed."
        case .wrongChecksum(let expected, let found):
            "The content has the SHA-256 \(found), and \(expected) was expected: nothing was kept."
        case .cannotUnpack(let reason):
            "The content cannot be unpacked: \(reason). Fetch it without compression."
        case .proxy(let reason): "The proxy does not lead there: \(reason)."
        case .file(let error): "\(error)."
        case .diskFull(let name):
            "The disk is full while '\(name)' was written: make room and run it again."
        case .writtenElsewhere(let name):
            "Another process is writing '\(name)': let it end first."
        case .hostGivenUp(let host, let failure):
            "Nothing more is asked of \(host), since it cannot be reached. \(failure)"
        case .invalidConfiguration(let reason): "It cannot work like this: \(reason)."
        case .cancelled: "It was interrupted first."
        }
    }

    /// A short word for programs: `status`, `timed-out`.
    public var kind: String {
        switch self {
        case .invalidURL: "invalid-url"
        case .invalidName: "invalid-name"
        case .nameTaken: "name-taken"
        case .invalidChecksum: "invalid-checksum"
        case .hostNotFound: "host-not-found"
        case .cannotConnect: "cannot-connect"
        case .connectionLost: "connection-lost"
        case .cutShort: "cut-short"
        case .malformed: "malformed"
        case .notSecure: "not-secure"
        case .status: "status"
        case .askedToWait: "asked-to-wait"
        case .tooManyRedirects: "too-many-redirects"
        case .invalidRedirect: "invalid-redirect"
        case .timedOut: "timed-out"
        case .tooSlow: "too-slow"
        case .tooLarge: "too-large"
        case .wrongChecksum: "wrong-checksum"
        case .cannotUnpack: "cannot-unpack"
        case .proxy: "proxy"
        case .file: "file"
        case .diskFull: "disk-full"
        case .writtenElsewhere: "written-elsewhere"
        case .hostGivenUp: "host-given-up"
        case .invalidConfiguration: "invalid-configuration"
        case .cancelled: "cancelled"
        }
    }
}
