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

    /// Starts it; it lies beside the test program.
    init(_ arguments: [String], input: String? = nil) throws {
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "tutti")
        process.arguments = ["fetch"] + arguments
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
