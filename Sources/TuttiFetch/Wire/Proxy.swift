internal import NIOHTTP1

/// A server that requests go through.
struct Proxy: Sendable {
    let origin: Origin
    /// The value of `Proxy-Authorization`.
    let credentials: String?
    private let exceptions: [String]

    /// Reads `http://user:password@host:port`; the scheme may be missing.
    init(_ text: String, exceptions: [String]) throws(FetchError) {
        var text = text
        var credentials: String?
        let scheme = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        let end = text[scheme...].firstIndex(of: "/") ?? text.endIndex
        if let at = text[scheme..<end].lastIndex(of: "@") {
            credentials = "Basic " + base64(text[scheme..<at].utf8)
            text.removeSubrange(scheme...at)
        }
        if !text.contains("://") { text = "http://" + text }
        do {
            origin = try WebAddress(text).origin
        } catch {
            throw .invalidConfiguration(reason: "'\(text)' is no proxy, since \(error.reason)")
        }
        guard !origin.isSecure else {
            throw .invalidConfiguration(reason: "the proxy must be an http:// URL")
        }
        self.credentials = credentials
        self.exceptions = exceptions.map { $0.lowercased() }
    }

    /// Whether requests to this host go through it.
    func serves(_ host: String) -> Bool {
        !exceptions.contains { exception in
            let domain = exception.hasPrefix(".") ? exception : "." + exception
            return exception == "*" || host == domain.dropFirst() || host.hasSuffix(domain)
        }
    }
}

/// Source: RFC 4648, section 4.
func base64(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    var bits = 0
    var held = 0
    for byte in bytes {
        held = held << 8 | Int(byte)
        bits += 8
        while bits >= 6 {
            bits -= 6
            result.append(digits[held >> bits & 63])
        }
    }
    if bits > 0 { result.append(digits[held << (6 - bits) & 63]) }
    return result + String(repeating: "=", count: (4 - result.count % 4) % 4)
}
