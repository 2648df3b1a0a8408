import Foundation

/// The built command `tutti fetch`, run as a user would run it.
// Safety: `process` and the pipes are constants, used by one thread after the other.
struct FetchCommand: @unchecked Sendable {
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    struct Ending {
        let status: Int32
        let wasKilled: Bool
        let output: String
        let errors: String
    }

    /// Lies beside the test program.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "tutti").path(percentEncoded: false)

    /// Starts it.
    init(_ arguments: [String], input: String? = nil) throws {
        try self.init([Self.path, "fetch"] + arguments, input)
    }

    /// Starts it with a disk of so many kilobytes in place of the folder, whose names and sizes it
    /// prints at the end.
    init(_ arguments: [String], folder: String, kilobytes: Int) throws {
        let script = """
            mount -t tmpfs -o size=\(kilobytes)k tmpfs "$1" || exit 99
            folder=$1
            shift
            "$@"
            code=$?
            cd "$folder" && stat -c '%n %s' *
            exit $code
            """
        try self.init(
            [
                "/usr/bin/env", "unshare", "-rm", "sh", "-c", script, "sh", folder, Self.path,
                "fetch",
            ]
                + arguments, nil)
    }

    /// Whether a folder can have a disk of its own here.
    static let canHaveSmallDisks =
        (try? Process.run(
            URL(filePath: "/usr/bin/env"),
            arguments: ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]))
        .map { process in
            process.waitUntilExit()
            return process.terminationStatus == 0
        } ?? false

    private init(_ command: [String], _ input: String?) throws {
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = output
        process.standardError = errors
        if let input {
            let pipe = Pipe()
            process.standardInput = pipe
            try process.run()
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        } else {
            process.standardInput = FileHandle.nullDevice
            try process.run()
        }
    }

    /// Waits for its end without holding a thread of the pool.
    func wait() async -> Ending {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let text = (try? output.fileHandleForReading.readToEnd()) ?? Data()
                let errorText = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
                process.waitUntilExit()
                continuation.resume(
                    returning: Ending(
                        status: process.terminationStatus,
                        wasKilled: process.terminationReason == .uncaughtSignal,
                        output: String(decoding: text, as: UTF8.self),
                        errors: String(decoding: errorText, as: UTF8.self)))
            }
        }
    }
}
