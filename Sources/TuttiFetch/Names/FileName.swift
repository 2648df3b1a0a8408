/// The rules for names of files below the folder.
enum FileName {
    /// What the name of a file has added while it is not whole.
    static var partSuffix: String { ".tutti-part" }
    /// What the name of a part has added for the note beside it.
    static var noteSuffix: String { ".note" }
    /// The most bytes of a name: 255 is what file systems take, less both suffixes.
    static var longest: Int { 255 - partSuffix.utf8.count - noteSuffix.utf8.count }

    /// Checks a name that somebody gave: it must stay below the folder, part by part.
    static func check(_ name: String) throws(FetchError) {
        func refuse(_ reason: String) -> FetchError { .invalidName(name, reason: reason) }
        guard !name.isEmpty else { throw refuse("it is empty") }
        guard !name.utf8.contains(0) else { throw refuse("it holds a zero byte") }
        guard !name.hasPrefix("/") else { throw refuse("it is absolute; use the folder option") }
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            guard !part.isEmpty else { throw refuse("one of its parts is empty") }
            guard part != ".", part != ".." else { throw refuse("'\(part)' may lead elsewhere") }
            guard part.utf8.count <= longest else {
                throw refuse("a part of it is longer than \(longest) bytes")
            }
            guard !isReserved(part) else {
                throw refuse("names that end like this belong to files that are not whole")
            }
        }
    }

    /// Derives a name from the target of a request; always one that ``check(_:)`` accepts.
    ///
    /// The last part of the path, decoded, with the query as it is: `/a/b%20c?d` gives `b c?d`.
    static func derived(fromTarget target: String) -> String {
        // In UTF-8 throughout: characters would have to be told apart first.
        let slash = UInt8(ascii: "/")
        let end = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        let path = target[..<end]
        let query = target[end...]
        let last = path.utf8.lastIndex(of: slash).map { path[$0...].dropFirst() } ?? path
        var name = last.isEmpty ? "index.html" : decoded(last)
        let suffix = String(query)
        name += suffix.utf8.contains(slash) ? suffix.replacing("/", with: "%2F") : suffix
        if name == "." || name == ".." { name = String(repeating: "%2E", count: name.utf8.count) }
        if isReserved(name[...]) { name += "_" }
        guard name.utf8.count > longest else { return name }
        // The digest keeps long names apart that begin alike.
        let digest = String(stableHash(name), radix: 16)
        var short = ""
        for character in name {
            guard short.utf8.count + character.utf8.count < longest - digest.utf8.count else {
                break
            }
            short.append(character)
        }
        return "\(short)-\(digest)"
    }

    private static func isReserved(_ part: Substring) -> Bool {
        part.hasSuffix(partSuffix) || part.hasSuffix(partSuffix + noteSuffix)
    }

    /// Decodes `%41` where the result is printable, no slash, and valid UTF-8 as a whole.
    private static func decoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"),
                let value = UInt8(text[rest.startIndex...].prefix(2), radix: 16),
                rest.count >= 2, value >= 0x20, value != 0x7F, value != UInt8(ascii: "/")
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(text)
    }
}

/// The same for the same text in every process, unlike `Hasher`: names of files depend on it.
///
/// Source: FNV-1a, G. Fowler, L. C. Noll, K. Vo, 1991.
func stableHash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return hash
}
