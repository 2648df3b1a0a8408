import Foundation
import Testing
import Tutti

/// A program under `TUTTI_TRACE`: the command itself, which runs jobs in worker processes.
@Suite(.timeLimit(.minutes(5))) struct TracedProgramTests {
    /// Fetches four texts on threads; the measurement is a job in a worker process.
    private static let arguments = [
        "compare", "--quiet", "--workload", "urls", "--count", "4", "--delay", "1", "--on",
        "threads",
    ]

    private static func run(tracing place: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = Command.url
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TUTTI_TRACE": place]) { $1 }
        try process.run()
        return process
    }

    private static func contents(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `a program leaves one file with what it and its workers did`() throws {
        let folder = try TemporaryFolder()
        let process = try Self.run(tracing: folder.path + "/a.json", Self.arguments)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try Self.contents(folder) == ["a.json"])
        let data = try Data(contentsOf: URL(filePath: folder.path + "/a.json"))
        let json = try JSONSerialization.jsonObject(with: data)
        let events = try #require((json as? [String: Any])?["traceEvents"] as? [[String: Any]])
        let jobs = events.filter { $0["cat"] as? String == "job" }
        #expect(Set(jobs.compactMap { $0["pid"] as? Int }).count > 1)
        let processes = events.filter { $0["name"] as? String == "process_name" }
        let names = processes.compactMap { ($0["args"] as? [String: Any])?["name"] as? String }
        #expect(Set(names) == ["tutti", "tutti worker"])
    }

    @Test func `in a folder each process leaves its own`() throws {
        let folder = try TemporaryFolder()
        let process = try Self.run(tracing: folder.path, Self.arguments)
        process.waitUntilExit()
        #expect(try Self.contents(folder).count > 1)
        let trace = try Trace(folder: folder.path)
        #expect(
            trace.events.contains { $0.kind == .job && $0.process != process.processIdentifier })
        #expect(trace.events.contains { $0.process == process.processIdentifier })
    }

    @Test func `a program that is killed has left its events`() throws {
        let folder = try TemporaryFolder()
        let process = try Self.run(
            tracing: folder.path + "/a.json",
            Self.arguments + ["--rounds", "1000"])
        let rings = folder.path + "/a.json.rings"
        func hasFlights() -> Bool {
            (try? Trace(folder: rings))?.events.contains { $0.kind == .flight } ?? false
        }
        while process.isRunning, !hasFlights() { sched_yield() }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try Self.contents(folder) == ["a.json.rings"])
        #expect(hasFlights())
        // The next one takes what is left for what it is.
        let next = try Self.run(tracing: folder.path + "/a.json", ["--version"])
        next.waitUntilExit()
        #expect(try Self.contents(folder) == ["a.json"])
        let text = try String(contentsOfFile: folder.path + "/a.json", encoding: .utf8)
        #expect(!text.contains("\"cat\":\"flight\""))
    }

    @Test(arguments: ["/nowhere/a.json", "/dev/null/a.json", "/proc/a.json", "/sys"])
    func `a place that cannot be written changes nothing`(place: String) throws {
        let process = try Self.run(tracing: place, ["--version"])
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test func `a diagnosis has the program's own spans`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/recording"
        let program = ([Command.url.path()] + Self.arguments).joined(separator: " ")
        let ending = try Command.run(
            "diagnose", "--quiet", "--save", file, "--", "sh", "-c",
            "echo $TUTTI_TRACE; \(program) >/dev/null")
        #expect(ending.status == 0, "\(ending.errors)")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("span job ") })
        #expect(lines.contains { $0.hasPrefix("said ") })
        // Where its processes left their events is gone.
        let place = ending.output.trimmingCharacters(in: .newlines)
        #expect(place.hasPrefix("/"))
        #expect(!FileManager.default.fileExists(atPath: place))
    }
}
