internal import Tutti

/// Decides whether a failed attempt is followed by another, and when.
struct RetryRule {
    enum Verdict: Equatable {
        case giveUp(FetchError)
        /// From `ceiling` a random part is waited, from `atLeast` all of it.
        case retry(atLeast: Duration, ceiling: Duration)
    }

    let retries: Int
    let backoff: Backoff
    let longestPause: Duration

    init(_ configuration: FetchConfiguration) {
        retries = configuration.retries
        backoff = configuration.backoff
        longestPause = configuration.longestPause
    }

    /// Judges a failure after so many attempts, this one included.
    ///
    /// `pause` is what the server asked for.
    func verdict(on error: FetchError, attempts: Int, pause: Duration?) -> Verdict {
        guard error.isTransient, attempts <= retries else { return .giveUp(error) }
        if let pause, pause > longestPause { return .giveUp(.askedToWait(pause)) }
        return .retry(
            atLeast: pause ?? .zero,
            ceiling: pause == nil ? backoff.ceiling(beforeRetry: attempts) : .zero)
    }
}

extension FetchError {
    /// Whether the same request may succeed later.
    var isTransient: Bool {
        switch self {
        case .hostNotFound(_, _, let isTemporary): isTemporary
        case .cannotConnect, .connectionLost, .cutShort, .malformed, .timedOut, .tooSlow: true
        case .status(let code, _): [408, 425, 429, 500, 502, 503, 504].contains(code)
        // What lies in the way can be a load balancer with one bad server behind it.
        case .proxy, .notSecure, .cannotUnpack, .wrongChecksum: false
        case .invalidURL, .invalidName, .nameTaken, .invalidChecksum, .askedToWait,
            .tooManyRedirects, .invalidRedirect, .tooLarge, .file, .diskFull, .writtenElsewhere,
            .hostGivenUp, .invalidConfiguration, .cancelled:
            false
        }
    }

    /// Whether there was no connection at all, so that the host's other URLs fare no better now.
    var isUnreachable: Bool {
        switch self {
        case .hostNotFound, .cannotConnect, .notSecure, .timedOut(.connect, _): true
        default: false
        }
    }
}
