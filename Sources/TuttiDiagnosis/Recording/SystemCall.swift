/// The system call that a thread sleeps in, as `/proc/PID/task/TID/syscall` shows it.
struct SystemCall: Hashable {
    /// Its number; negative when the thread sleeps outside of one, in a page fault.
    var number: Int
    /// Its six arguments.
    var arguments: [UInt64]

    /// Reads the line; nil for a thread that runs, or a line that cannot be read.
    init?(line: some Sequence<UInt8>) {
        var words: [UInt64] = []
        words.reserveCapacity(9)
        var isNegative = false
        var base: UInt64 = 10
        var value: UInt64?
        for byte in line {
            switch byte {
            case UInt8(ascii: "-") where words.isEmpty && value == nil: isNegative = true
            case UInt8(ascii: "x") where value == 0: base = 16
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = (value ?? 0) &* base &+ UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f") where base == 16:
                value = (value ?? 0) &* base &+ UInt64(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: " "), UInt8(ascii: "\n"):
                if let value { words.append(value) }
                (value, base) = (nil, 10)
            default: return nil  // "running"
            }
        }
        if let value { words.append(value) }
        guard let number = words.first.flatMap({ Int(exactly: $0) }) else { return nil }
        self.number = isNegative ? -number : number
        arguments = Array(words.dropFirst().prefix(6))
        while arguments.count < 6 { arguments.append(0) }
    }

    /// An argument that is a C `int`.
    func int(_ place: Int) -> Int32 { Int32(truncatingIfNeeded: arguments[place]) }
}
