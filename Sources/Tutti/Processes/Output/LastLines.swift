/// Keeps the end of what jobs wrote to standard error, and finds a trap's message in it.
struct LastLines {
    /// What is told of a death.
    struct Summary: Hashable, Sendable {
        /// What the trap said, its place included; nil when nothing is found.
        var trap: String?
        var lines: [String] = []

        var text: String { lines.joined(separator: "\n") }
    }

    /// The most lines of a summary.
    static let lines = 20
    /// The most bytes of a summary.
    static let bytes = 4 << 10
    /// How far back a trap's message is looked for: the runtime may print a stack after it.
    static let reach = 64 << 10

    private var tail: [UInt8] = []
    /// Whether the first line of the tail has lost its beginning.
    private var isCut = false

    /// Takes what came next.
    mutating func add(_ bytes: [UInt8]) {
        tail += bytes
        guard tail.count > 2 * Self.reach else { return }
        tail.removeFirst(tail.count - Self.reach)
        isCut = true
    }

    /// Forgets: other jobs begin.
    mutating func clear() {
        tail.removeAll(keepingCapacity: tail.count <= Self.bytes)
        isCut = false
    }

    /// The end, in short.
    var summary: Summary {
        var lines = tail.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        if isCut, lines.count > 1 { lines.removeFirst() }
        guard let start = lines.lastIndex(where: Self.isMessage) else {
            return Summary(lines: Self.end(of: lines))
        }
        // The runtime's stack trace would push out everything that the job itself wrote.
        if let stack = lines[start...].firstIndex(of: "Current stack trace:") {
            lines.removeSubrange(stack...)
        }
        return Summary(
            trap: Self.end(of: Array(lines[start...])).joined(separator: "\n"),
            lines: Self.end(of: lines))
    }

    /// How Swift's runtime begins: `Module/File.swift:7: Fatal error: …`, or without the place.
    private static func isMessage(_ line: String) -> Bool {
        ["Fatal error", "Precondition failed", "Assertion failed"].contains {
            line.hasPrefix($0) || line.contains(": \($0)")
        }
    }

    /// As many of the last lines as fit; of a last line that is too long, its end.
    private static func end(of lines: [String]) -> [String] {
        var room = Self.bytes
        var kept: [String] = []
        for line in lines.suffix(Self.lines).reversed() {
            guard line.utf8.count < room else {
                if kept.isEmpty { kept = [String(decoding: line.utf8.suffix(room), as: UTF8.self)] }
                break
            }
            room -= line.utf8.count + 1
            kept.append(line)
        }
        return kept.reversed()
    }
}
