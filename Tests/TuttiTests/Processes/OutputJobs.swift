import Glibc

@testable import Tutti

/// Writes lines in many small pieces, so that lines could meet.
struct WriteLines: Job {
    var stream: Int32
    var index: Int
    var count: Int

    func run() -> Int32 {
        for line in 0..<count {
            let pieces = [
                "job \(index) ", "line \(line) ", String(repeating: "x", count: 50), "\n",
            ]
            for piece in pieces {
                piece.withCString { _ = write(stream, $0, strlen($0)) }
            }
        }
        return getpid()
    }

    static func isWhole(_ line: Substring) -> Bool {
        line.wholeMatch(of: /job \d+ line \d+ x{50}/) != nil
    }
}

/// Writes many bytes, in lines of 100 with a number each.
struct WriteMuch: Job {
    var stream: Int32
    var lines: Int

    func run() -> Int {
        var text: [UInt8] = []
        for number in 0..<lines { text += Self.line(number).utf8 }
        return text.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let written = write(stream, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if written < 0 { return -Int(errno) }
                done += written
            }
            return done
        }
    }

    static func line(_ number: Int) -> String {
        let digits = "\(number)"
        return digits + String(repeating: ".", count: 99 - digits.utf8.count) + "\n"
    }
}

/// Writes a text to a stream, and then ends as told.
struct WriteText: Job {
    enum End: Codable { case value, trap, abort }
    var stream: Int32 = 2
    var text: String
    var end = End.value

    func run() -> Int32 {
        var text = text
        text.withUTF8 { _ = write(stream, $0.baseAddress, $0.count) }
        switch end {
        case .value: return getpid()
        case .trap: fatalError("on purpose")
        case .abort: abort()
        }
    }
}

/// Writes to standard error and never ends.
struct WriteForever: Job {
    var witness: String

    func run() -> Int {
        Witness.report(getpid(), to: witness)
        let line = [UInt8](repeating: UInt8(ascii: "z"), count: 1000)
        while true { _ = write(2, line, line.count) }
    }
}

/// Prints, in the way of Swift, and traps.
struct PrintAndTrap: Job {
    func run() -> Int {
        print("printed in time")
        fatalError("on purpose")
    }
}

/// Closes its streams.
struct CloseStreams: Job {
    func run() -> Int32 {
        close(1)
        close(2)
        return getpid()
    }
}

/// Leaves a command of another session behind, which has the worker's streams, and traps.
struct LeaveCommand: Job {
    var command: String
    /// The command has it open as long as it lives.
    var witness: String

    func run() -> Int {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        // POSIX_SPAWN_SETSID, which only C with _GNU_SOURCE sees.
        posix_spawnattr_setflags(&attributes, 0x80)
        let pipe = open(witness, O_WRONLY)
        var pid: pid_t = 0
        let arguments: [UnsafeMutablePointer<CChar>?] = [
            strdup("sh"), strdup("-c"), strdup(command), nil,
        ]
        guard posix_spawn(&pid, "/bin/sh", nil, &attributes, arguments, environ) == 0 else {
            return -1
        }
        write(pipe, &pid, 4)
        fatalError("with a command left behind")
    }
}
