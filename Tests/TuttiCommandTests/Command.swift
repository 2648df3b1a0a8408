import Foundation

/// The built command, run as a user would run it.
struct Command {
    struct Ending {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Lies beside the test program.
    static let url = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "tutti")

    /// Runs the command to its end.
    static func run(_ arguments: String...) throws -> Ending {
        try start(arguments).wait()
    }

    /// A command that is running.
    struct Running {
        let process: Process
        let output: Pipe
        let errors: Pipe

        /// Waits for the end; both outputs are small enough for their pipes.
        func wait() throws -> Ending {
            let output = try self.output.fileHandleForReading.readToEnd() ?? Data()
            let errors = try self.errors.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return Ending(
                status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
                errors: String(decoding: errors, as: UTF8.self))
        }
    }

    static func start(_ arguments: [String]) throws -> Running {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return Running(process: process, output: output, errors: errors)
    }

    /// Ends a process that Foundation started, and waits for its end.
    ///
    /// By SIGKILL: one that is started in a task finds SIGTERM blocked, as the threads of tasks have it.
    static func kill(_ process: Process) {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The processes of this user whose parent, or parent's parent, … is `ancestor`.
    static func descendants(of ancestor: Int32) -> [Int32] {
        let tasks = "/proc/\(ancestor)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        let children = threads.flatMap { thread in
            let text = try? String(contentsOfFile: "\(tasks)/\(thread)/children", encoding: .utf8)
            return (text ?? "").split(separator: " ").compactMap { Int32($0) }
        }
        return children + children.flatMap(descendants)
    }
}

/// A folder that goes with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tutti-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
