internal import Glibc

extension FetchConfiguration {
    /// As many requests as the process has descriptors for: a socket and a file each.
    static var mostInFlight: Int {
        var limit = rlimit()
        guard getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
        return max(1, (Int(clamping: limit.rlim_cur) - 64) / 2)
    }

    /// Refuses what cannot work, before anything is started.
    func check() throws(FetchError) {
        func require(_ condition: Bool, _ reason: String) throws(FetchError) {
            guard condition else { throw .invalidConfiguration(reason: reason) }
        }
        for (name, limit) in [("limit", limit), ("limit of a host", perHost)] {
            if case .fixed(let count) = limit {
                try require(count > 0, "with a \(name) of \(count) nothing is fetched")
            }
        }
        if let rate { try require(rate > 0 && rate.isFinite, "the rate must be positive") }
        try require(retries >= 0, "there cannot be \(retries) retries")
        for header in headers + [Header(name: "User-Agent", value: userAgent)] {
            try require(
                !header.name.isEmpty && header.name.utf8.allSatisfy(\.isTokenCharacter),
                "'\(header.name)' is no name of a header")
            try require(
                header.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 },
                "the header \(header.name) holds a control character")
            try require(
                !Self.ownHeaders.contains(header.name.lowercased()),
                "the header \(header.name) is set for each request and cannot be given")
        }
    }

    private static var ownHeaders: Set<String> {
        [
            "host", "range", "if-range", "if-modified-since", "connection", "content-length",
            "transfer-encoding", "accept-encoding",
        ]
    }
}

extension UInt8 {
    /// Source: RFC 9110, section 5.6.2.
    fileprivate var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
