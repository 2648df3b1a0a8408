import Foundation
import Testing

@testable import TuttiDiagnosis

@Suite(.timeLimit(.minutes(5))) struct ProcessWatchTests {
    private static func start(_ words: String...) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c"] + words
        process.standardInput = Pipe()
        try process.run()
        return process
    }

    @Test func `a process and its children are recorded until it ends`() async throws {
        let process = try Self.start("read go; sleep 0.2; exit 0")
        let watch = try await ProcessWatch.begin(process.processIdentifier)
        (process.standardInput as? Pipe)?.fileHandleForWriting.write(Data("go\n".utf8))
        process.waitUntilExit()
        let recording = try #require(await watch.end())
        #expect(Set(recording.threads.map(\.process)).count == 2)
        #expect(recording.duration >= 200_000_000)
        #expect(recording.began > 0)
    }

    @Test func `a process that lives on is let alone`() async throws {
        let process = try Self.start("read go")
        let watch = try await ProcessWatch.begin(process.processIdentifier)
        let recording = try #require(await watch.end())
        #expect(recording.threads.first?.thread == process.processIdentifier)
        #expect(process.isRunning)
        // Not SIGTERM: who runs the tests may block it, for all that they start.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    @Test(arguments: [Int32.max, 0, -1])
    func `a process that is not there is said`(number: Int32) async {
        await #expect(throws: RecorderError.noProcess(number)) {
            _ = try await ProcessWatch.begin(number)
        }
    }
}
