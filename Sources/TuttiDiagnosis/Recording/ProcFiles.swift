internal import CDiagnosis
internal import Glibc

/// Reads the files of /proc, without a `String` where it is read often.
enum ProcFiles {
    /// The first bytes of a file; nil when it cannot be read.
    static func bytes(_ path: String, capacity: Int = 4096) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = max(0, read(file, buffer.baseAddress, capacity))
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// The whole text of a file; nil when it cannot be read.
    static func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where a link leads; empty when nobody may know.
    static func link(_ path: String) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let count = max(0, readlink(path, start, 256))
            let bytes = UnsafeRawBufferPointer(start: start, count: count)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The numbers among the names in a folder.
    static func numbers(in folder: String) -> [Int32] {
        guard let open = opendir(folder) else { return [] }
        defer { closedir(open) }
        var numbers: [Int32] = []
        while let entry = readdir(open) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                bytes.prefix { $0 != 0 }.reduce(into: Int32?.some(0)) { number, byte in
                    guard let before = number, byte >= 48, byte <= 57 else {
                        number = nil
                        return
                    }
                    number = before &* 10 &+ Int32(byte - 48)
                }
            }
            if let name { numbers.append(name) }
        }
        return numbers
    }
}

/// A line of `/proc/PID/task/TID/stat`.
struct ThreadStatus: Hashable {
    var name: String
    /// `R`, `S`, `D`, `Z` and others, proc(5).
    var state: UInt8
    var parent: Int32

    /// Reads the line; the name may hold any byte, parentheses too.
    init?(line: [UInt8]) {
        guard let open = line.firstIndex(of: UInt8(ascii: "(")),
            let close = line.lastIndex(of: UInt8(ascii: ")")), open < close,
            close + 2 < line.count
        else { return nil }
        name = String(decoding: line[(open + 1)..<close], as: UTF8.self)
        state = line[close + 2]
        let rest = line[(close + 3)...].split(separator: UInt8(ascii: " "))
        guard let word = rest.first, let parent = Int32(String(decoding: word, as: UTF8.self))
        else { return nil }
        self.parent = parent
    }

    /// What a thread in that state does; nil when it is gone.
    var activity: ThreadState? {
        switch state {
        case UInt8(ascii: "R"): .running
        case UInt8(ascii: "Z"), UInt8(ascii: "X"), UInt8(ascii: "x"): nil
        default: .asleep
        }
    }
}

/// The three numbers of `/proc/PID/task/TID/schedstat`.
struct ScheduleStatistics: Hashable {
    /// Nanoseconds on a processor.
    var ran: UInt64
    /// Nanoseconds in which it wanted one.
    var wanted: UInt64
    /// How often it got one.
    var turns: UInt64

    /// Reads the line.
    init?(line: some Sequence<UInt8>) {
        var numbers: [UInt64] = []
        var value: UInt64?
        for byte in line {
            if byte >= 48, byte <= 57 {
                value = (value ?? 0) &* 10 &+ UInt64(byte - 48)
            } else {
                if let value { numbers.append(value) }
                value = nil
            }
        }
        if let value { numbers.append(value) }
        guard numbers.count >= 3 else { return nil }
        (ran, wanted, turns) = (numbers[0], numbers[1], numbers[2])
    }
}
