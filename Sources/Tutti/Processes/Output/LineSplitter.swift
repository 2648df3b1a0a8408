/// Puts lines together from pieces, and gives them out whole.
///
/// A line longer than ``longest`` is broken: it would have to be held without end.
struct LineSplitter {
    /// The most bytes of a line.
    static let longest = 64 << 10
    private static let newline = UInt8(ascii: "\n")

    /// Stands before each line.
    private let tag: [UInt8]
    /// The beginning of a line, without its tag.
    private var unfinished: [UInt8] = []

    init(tag: String = "") {
        self.tag = Array(tag.utf8)
    }

    /// Takes what came next; the lines that are whole now, each with its end.
    mutating func add(_ bytes: [UInt8]) -> [UInt8] {
        var whole: [UInt8] = []
        whole.reserveCapacity(unfinished.count + bytes.count + tag.count)
        var rest = bytes[...]
        while let end = rest.firstIndex(of: Self.newline) {
            append(rest[..<end], to: &whole)
            whole += finish()
            rest = rest[(end + 1)...]
        }
        append(rest, to: &whole)
        return whole
    }

    /// Ends the line that has begun, if it has; it may be empty.
    private mutating func finish() -> [UInt8] {
        defer { unfinished.removeAll(keepingCapacity: true) }
        return tag + unfinished + [Self.newline]
    }

    /// The line that has no end yet, with one; empty when there is none.
    mutating func finishLine() -> [UInt8] {
        unfinished.isEmpty ? [] : finish()
    }

    /// Makes the unfinished line longer; what is too long of it goes out.
    private mutating func append(_ bytes: ArraySlice<UInt8>, to whole: inout [UInt8]) {
        unfinished += bytes
        while unfinished.count > Self.longest {
            var end = Self.longest
            // Not within a character: the bytes after its first begin with the bits 10.
            while end > Self.longest - 4, unfinished[end] & 0xC0 == 0x80 { end -= 1 }
            let rest = Array(unfinished[end...])
            unfinished.removeLast(rest.count)
            whole += finish()
            unfinished = rest
        }
    }
}
