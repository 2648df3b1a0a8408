import Glibc

@testable import Tutti

/// A named pipe: a worker says through it what it does, and its end says that the worker is gone.
final class Witness: Sendable {
    let path: String
    private let reader: Int32

    init() throws {
        path = "/tmp/tutti-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        guard mkfifo(path, 0o600) == 0 else { throw SystemError("mkfifo", subject: path) }
        reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard reader >= 0 else { throw SystemError("open", subject: path) }
    }

    deinit {
        close(reader)
        unlink(path)
    }

    /// Waits, on a thread of its own, for a number that a worker reports.
    func number() async throws -> Int32 {
        try await onThread {
            var wait = pollfd(fd: self.reader, events: Int16(POLLIN), revents: 0)
            var number: Int32 = 0
            while true {
                poll(&wait, 1, -1)
                // Nothing to read and nobody writing yet reads as 0 bytes.
                if read(self.reader, &number, 4) == 4 { return number }
            }
        }
    }

    /// Waits until no process has the pipe open for writing any more.
    func allGone() async throws {
        try await onThread {
            var wait = pollfd(fd: self.reader, events: 0, revents: 0)
            repeat { poll(&wait, 1, -1) } while Int32(wait.revents) & Int32(POLLHUP) == 0
        }
    }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try Thread(name: "witness") { continuation.resume(returning: body()) }.detach()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Opens the pipe in the worker, reports a number, and keeps the pipe open.
    static func report(_ number: Int32, to path: String, inherit: Bool = false) {
        let pipe = open(path, O_WRONLY | (inherit ? 0 : O_CLOEXEC))
        var number = number
        write(pipe, &number, 4)
    }
}

struct Sum: Job {
    var numbers: [Int]
    func run() -> Int { numbers.reduce(0, +) }
}

/// The number of the process that runs it, and what it knows of the mark.
struct WhoAmI: Job {
    struct Answer: Codable, Sendable, Equatable {
        var pid: Int32
        var isMarked: Bool
    }
    func run() -> Answer { Answer(pid: getpid(), isMarked: getenv("TUTTI_WORKER") != nil) }
}

struct Trap: Job {
    func run() -> Int { fatalError("on purpose") }
}

struct Exit: Job {
    var code: Int32
    func run() -> Int { exit(code) }
}

struct KillItself: Job {
    var signal: Int32
    func run() -> Int {
        kill(getpid(), signal)
        while true { pause() }
    }
}

/// Reports its process and never ends.
struct Forever: Job {
    var witness: String
    func run() -> Int {
        Witness.report(getpid(), to: witness)
        while true { pause() }
    }
}

/// Ends, but leaves the pipe open for as long as its worker lives.
struct LeaveOpen: Job {
    var witness: String
    func run() -> Int32 {
        Witness.report(getpid(), to: witness)
        return getpid()
    }
}

/// Starts a command that holds the pipe, and waits for it.
struct Command: Job {
    var witness: String
    func run() -> Int {
        Witness.report(getpid(), to: witness, inherit: true)
        return Int(system("sleep 100000"))
    }
}

/// Runs a job in a pool of its own, inside a worker.
struct Nested: Job {
    var witness: String
    func run() async throws -> Int {
        try await ProcessPool(width: 1).run(Forever(witness: witness))
    }
}

struct Depth: Job {
    var levels: Int
    func run() async throws -> Int {
        guard levels > 1 else { return 1 }
        return try await ProcessPool(width: 1).run(Depth(levels: levels - 1)) + 1
    }
}

struct Say: Job {
    var text: String
    func run() -> Bool {
        print(text)
        return true
    }
}

struct OnMainActor: Job {
    func run() async -> Int {
        await MainActor.run {
            MainActor.assertIsolated()
            return 5
        }
    }
}

struct Fail: Job {
    struct Coded: Error, Codable, Equatable { var number: Int }
    struct Plain: Error, CustomStringConvertible {
        var description: String { "plain and simple" }
    }
    var isCodable: Bool
    func run() throws -> Int {
        guard isCodable else { throw Plain() }
        throw Coded(number: 3)
    }
}

struct Pair<First: Codable & Sendable, Second: Codable & Sendable>: Job {
    var first: First
    var second: Second
    func run() -> [String] { ["\(first)", "\(second)"] }
}

enum House {
    struct Inner: Job {
        func run() -> String { "inner" }
    }
}

struct Echo: Job {
    var floats: [Float]
    func run() -> [Float] { floats }
}

/// Cannot be encoded: it throws when asked to.
struct Stubborn: Job {
    init() {}
    init(from decoder: any Decoder) throws { throw Fail.Plain() }
    func encode(to encoder: any Encoder) throws { throw Fail.Plain() }
    func run() -> Int { 0 }
}

/// Gives something that cannot be encoded.
struct GivesStubborn: Job {
    func run() -> Stubborn { Stubborn() }
}
