import Foundation
import Testing

/// The command `tutti diagnose` where it is not welcome, and what it writes for other programs.
@Suite(.timeLimit(.minutes(5))) struct DiagnoseSurvivalTests {
    @Test(arguments: ["--html", "--json", "--trace", "--save"])
    func `a file that cannot be written is refused before the program runs`(option: String) throws {
        let folder = try TemporaryFolder()
        let made = folder.path + "/made"
        let ending = try Command.run("diagnose", option, "/proc/nowhere", "--", "touch", made)
        #expect(ending.status == 125)
        #expect(ending.errors.hasPrefix("tutti diagnose: \(option) /proc/nowhere: "))
        #expect(!FileManager.default.fileExists(atPath: made))
    }

    /// A copy of the command that any user can reach.
    private static func runAsNobody(_ arguments: String...) throws -> (Int32, String) {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/tutti"
        try FileManager.default.copyItem(atPath: Command.url.path, toPath: copy)
        return try run(
            ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", copy] + arguments)
    }

    /// Runs a program to its end; gives its status and what it wrote to standard error.
    private static func run(_ words: [String]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    @Test(.enabled(if: geteuid() == 0))
    func `another user's process is looked at from afar, and the report is not sure`() throws {
        let target = Process()
        target.executableURL = URL(filePath: "/bin/sleep")
        target.arguments = ["60"]
        try target.run()
        defer { Command.kill(target) }
        let (status, errors) = try Self.runAsNobody(
            "diagnose", "--pid", "\(target.processIdentifier)", "--for", "0.3")
        #expect(status == 0)
        #expect(errors.contains("Not sure"), "\(errors)")
        #expect(errors.contains("Recorded by sampling /proc"), "\(errors)")
    }

    @Test(.enabled(if: geteuid() == 0))
    func `an ordinary user's own program is recorded`() throws {
        let (status, errors) = try Self.runAsNobody("diagnose", "--", "sleep", "0.1")
        #expect(status == 0)
        #expect(errors.contains("Waiting for a timer"), "\(errors)")
    }

    /// Runs a program for which the folder `/proc` is empty.
    private static func runWithoutProc(_ arguments: String...) throws -> (Int32, String) {
        try run(
            ["unshare", "--map-root-user", "--mount", "sh", "-c"]
                + ["mount -t tmpfs none /proc && exec \"$@\"", "sh"] + arguments)
    }

    /// Not every machine lets its users have mounts of their own.
    private static var canHideProc: Bool { (try? runWithoutProc("true"))?.0 == 0 }

    @Test(.enabled(if: canHideProc))
    func `without the folder proc, a sentence says what is missing`() throws {
        let folder = try TemporaryFolder()
        let made = folder.path + "/made"
        let (status, errors) = try Self.runWithoutProc(
            Command.url.path, "diagnose", "--", "touch", made)
        #expect(status == 125)
        #expect(errors.hasPrefix("tutti: /proc/self/cmdline: No such file or directory."))
        #expect(errors.contains("mount -t proc proc /proc"))
        #expect(errors.split(separator: "\n").count == 1, "\(errors)")
        #expect(!FileManager.default.fileExists(atPath: made))
    }

    private struct Trace: Decodable {
        struct Event: Decodable {
            struct Names: Decodable { var name: String }
            var ph: String
            var name: String
            var pid: Int
            var tid: Int
            var ts: Double?
            var dur: Double?
            var args: Names?
        }
        var displayTimeUnit: String
        var traceEvents: [Event]
    }

    @Test func `a trace is what the Trace Event Format asks for`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/trace.json"
        let ending = try Command.run(
            "diagnose", "--quiet", "--trace", file, "--", "sh", "-c",
            "sleep 0.05 & sleep 0.05; sh -c 'sleep 0.02; sleep 0.02'; wait")
        #expect(ending.status == 0, "\(ending.errors)")
        let trace = try JSONDecoder().decode(
            Trace.self, from: Data(contentsOf: URL(filePath: file)))
        #expect(trace.displayTimeUnit == "ms")
        var names: Set<[Int]> = []
        var ends: [[Int]: Double] = [:]
        for event in trace.traceEvents {
            switch event.ph {
            case "M":
                #expect(["process_name", "thread_name"].contains(event.name))
                #expect(event.args?.name.isEmpty == false)
                names.insert(event.name == "process_name" ? [event.pid] : [event.pid, event.tid])
            case "X":
                let (start, length) = (try #require(event.ts), try #require(event.dur))
                let track = [event.pid, event.tid]
                #expect(length >= 0)
                // Slices of a track follow each other; they are rounded to a nanosecond.
                #expect(start >= ends[track, default: 0] - 0.002)
                ends[track] = start + length
                #expect(names.contains([event.pid]))
                #expect(event.pid == 0 || names.contains(track))
            default: Issue.record("an event of kind \(event.ph)")
            }
        }
        #expect(ends.count >= 5)
    }
}
