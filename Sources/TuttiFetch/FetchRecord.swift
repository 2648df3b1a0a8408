/// What became of one URL.
public struct FetchRecord: Sendable, CustomStringConvertible {
    /// How it ended.
    public enum Outcome: Hashable, Sendable {
        /// The file is there, whole.
        case fetched
        /// The file was there already and was left alone.
        case skipped
        /// The server has nothing newer than the file that is there.
        case notModified
        /// There is no file, or the old one is still there.
        case failed(FetchError)
    }

    /// Its place in the list, from 0.
    public let index: Int
    /// The URL as it was given.
    public let url: String
    /// Where the last redirect led, if one was followed.
    public let finalURL: String?
    /// The file's name below the folder; nil when there could be none.
    public let name: String?
    /// How it ended.
    public let outcome: Outcome
    /// The status of the last answer; nil when none came.
    public let status: Int?
    /// How many bytes of content were received, in all attempts.
    public let bytes: Int
    /// How large the file is; nil when it was not fetched.
    public let size: Int?
    /// How often it was tried; 0 when nothing was asked.
    public let attempts: Int
    /// How many redirects were followed.
    public let redirects: Int
    /// How long each part of the last attempt took.
    public let times: FetchTimes

    /// Why there is no file; nil when all is well.
    public var error: FetchError? {
        if case .failed(let error) = outcome { error } else { nil }
    }

    /// One line: `http://a/b: fetched, 1024 bytes`.
    public var description: String {
        switch outcome {
        case .fetched: "\(url): fetched, \(size ?? 0) bytes"
        case .skipped: "\(url): skipped, it is there already"
        case .notModified: "\(url): not modified"
        case .failed(let error): "\(url): \(error)"
        }
    }
}

/// How long each part of an attempt took; nil where it did not happen.
///
/// A request on an open connection has neither a lookup nor a handshake.
public struct FetchTimes: Hashable, Sendable {
    /// To look up the host's addresses.
    public var lookup: Duration?
    /// To connect to one of them, and through the proxy.
    public var connect: Duration?
    /// To shake hands for TLS.
    public var handshake: Duration?
    /// From the request to the head of the answer.
    public var firstByte: Duration?
    /// From the start of the first attempt to the end, with waits in between.
    public var total: Duration = .zero
}
