/// A server: what a connection leads to, and what limits hold for.
struct Origin: Hashable, Sendable, CustomStringConvertible {
    let isSecure: Bool
    /// In lower case; an IPv6 address without its brackets.
    let host: String
    let port: Int

    /// As a `Host` header has it: the port only where it is not the usual one.
    var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    var description: String { (isSecure ? "https://" : "http://") + authority }
}

/// A URL taken apart: where to connect, and what to ask for there.
///
/// Source: RFC 3986; the parts that the web uses.
struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// Why a text is none, in words that end a sentence.
    struct Failure: Error, Hashable {
        let reason: String
    }

    let origin: Origin
    /// Path and query, percent-encoded: `/a/b?c`.
    let target: String

    var description: String { "\(origin)\(target)" }

    init(origin: Origin, target: String) {
        self.origin = origin
        self.target = target
    }

    /// Takes `text` apart.
    init(_ text: String) throws(Failure) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            text.utf8[colon...].starts(with: "://".utf8)
        else { throw Failure(reason: "it does not begin with http:// or https://") }
        try self.init(scheme: text[..<colon], rest: text[text.utf8.index(colon, offsetBy: 3)...])
    }

    /// Finds what `reference` means on the page of this address, as a `Location` header has it.
    func resolving(_ reference: String) throws(Failure) -> Self {
        let reference = Substring(reference.prefix { $0 != "#" })
        if let colon = reference.utf8.firstIndex(of: UInt8(ascii: ":")),
            reference[..<colon].utf8.allSatisfy(\.isSchemeCharacter), colon > reference.startIndex
        {
            return try Self(String(reference))
        }
        if reference.hasPrefix("//") {
            return try Self(
                scheme: origin.isSecure ? "https" : "http", rest: reference.dropFirst(2))
        }
        let path = target.prefix { $0 != "?" }
        let merged: String
        if reference.isEmpty {
            merged = target
        } else if reference.hasPrefix("/") {
            merged = Self.withoutDots(reference)
        } else if reference.hasPrefix("?") {
            merged = String(path) + reference
        } else {
            let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
            merged = Self.withoutDots(folder + reference)
        }
        return Self(origin: origin, target: try Self.encoded(merged[...]))
    }

    private init(scheme: Substring, rest: Substring) throws(Failure) {
        let isSecure: Bool
        switch scheme {
        case "http": isSecure = false
        case "https": isSecure = true
        default:
            guard ["http", "https"].contains(scheme.lowercased()) else {
                throw Failure(reason: "its scheme is '\(scheme)', not http or https")
            }
            isSecure = scheme.utf8.count == 5
        }
        let end =
            rest.utf8.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        origin = try Self.origin(isSecure: isSecure, authority: rest[..<end])
        let hash = rest.utf8[end...].firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex
        let tail = rest[end..<hash]
        target = try Self.encoded(tail.hasPrefix("/") ? tail : "/" + tail)
    }

    private static func origin(
        isSecure: Bool, authority: Substring
    ) throws(Failure) -> Origin {
        guard !authority.utf8.contains(UInt8(ascii: "@")) else {
            throw Failure(
                reason: "it holds a user name; send an Authorization header instead")
        }
        var host = authority
        var port = isSecure ? 443 : 80
        // The last colon, unless it stands inside the brackets of an IPv6 address.
        if let colon = authority.utf8.lastIndex(of: UInt8(ascii: ":")),
            !authority.utf8[colon...].contains(UInt8(ascii: "]"))
        {
            host = authority[..<colon]
            let digits = authority[authority.utf8.index(after: colon)...]
            guard digits.isEmpty || Int(digits).map((1...65_535).contains) == true else {
                throw Failure(reason: "'\(digits)' is no port")
            }
            port = Int(digits) ?? port
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw Failure(reason: "it names no host") }
        guard host.utf8.allSatisfy(\.isHostCharacter), host.utf8.count <= 253 else {
            throw Failure(
                reason: "'\(host)' is no host name; write other alphabets in their xn-- form")
        }
        let isLower = !host.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        return Origin(
            isSecure: isSecure, host: isLower ? String(host) : host.lowercased(), port: port)
    }

    /// Encodes what may not stand in a request line; leaves what is encoded already.
    private static func encoded(_ text: Substring) throws(Failure) -> String {
        if text.utf8.allSatisfy(\.isTargetCharacter) { return String(text) }
        var result = ""
        for byte in text.utf8 {
            guard byte >= 0x20, byte != 0x7F else {
                throw Failure(reason: "it holds the control character \(byte)")
            }
            if byte.isTargetCharacter {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + byte.hexadecimal
            }
        }
        return result
    }

    /// Removes `.` and `..` from a path, as RFC 3986, section 5.2.4, has it.
    private static func withoutDots(_ reference: Substring) -> String {
        let path = reference.prefix { $0 != "?" }
        var kept: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (offset, part) in parts.enumerated() {
            let isLast = offset == parts.count - 1
            switch part {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(part)
            }
        }
        return "/" + kept.joined(separator: "/") + reference[path.endIndex...]
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    fileprivate var isSchemeCharacter: Bool { isLetterOrDigit || "+-.".utf8.contains(self) }

    fileprivate var isHostCharacter: Bool { isLetterOrDigit || "-._:".utf8.contains(self) }

    /// Whether it may stand in the target of a request as it is.
    fileprivate var isTargetCharacter: Bool {
        switch self {
        case 0...0x20, 0x7F...: false
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"):
            false
        default: true
        }
    }

    /// Two digits, in capitals.
    var hexadecimal: String {
        let digits = String(self, radix: 16, uppercase: true)
        return self < 16 ? "0" + digits : digits
    }
}
