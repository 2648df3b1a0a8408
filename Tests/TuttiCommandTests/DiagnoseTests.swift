import Foundation
import Testing

/// The command `tutti diagnose`, as a user would run it.
@Suite(.timeLimit(.minutes(5))) struct DiagnoseTests {
    @Test func `the program's output and exit code pass through, the report goes beside`() throws {
        let ending = try Command.run("diagnose", "--", "sh", "-c", "echo out; sleep 0.1; exit 3")
        #expect(ending.status == 3)
        #expect(ending.output == "out\n")
        #expect(ending.errors.contains("Waiting for a timer"), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count <= 15)
    }

    @Test func `a program that a signal ends takes the command with it`() throws {
        let process = Process()
        process.executableURL = Command.url
        process.arguments = ["diagnose", "--quiet", "--", "sh", "-c", "kill -KILL $$"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        // Not SIGTERM: who runs the tests may block it, for all that they start.
        #expect(process.terminationStatus == SIGKILL)
    }

    @Test func `quiet is quiet`() throws {
        let ending = try Command.run("diagnose", "--quiet", "--", "true")
        #expect(ending.errors.isEmpty)
        #expect(ending.status == 0)
    }

    @Test func `a recording is diagnosed again as it was the first time`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/recording"
        let first = try Command.run("diagnose", "--save", file, "--", "sleep", "0.05")
        let again = try Command.run("diagnose", "--open", file)
        #expect(first.errors == again.errors)
        #expect(again.status == 0)
    }

    @Test func `every file that was asked for is written`() throws {
        let folder = try TemporaryFolder()
        let (json, trace, page) = (
            folder.path + "/a.json", folder.path + "/b.json", folder.path + "/c.html"
        )
        let ending = try Command.run(
            "diagnose", "--json", json, "--trace", trace, "--html", page, "--", "true")
        #expect(ending.status == 0, "\(ending.errors)")
        for file in [json, trace] {
            let data = try Data(contentsOf: URL(filePath: file))
            #expect(try JSONSerialization.jsonObject(with: data) is [String: Any])
        }
        #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!doctype html>"))
    }

    @Test func `a process that runs is diagnosed from outside`() throws {
        let target = Process()
        target.executableURL = URL(filePath: "/bin/sleep")
        target.arguments = ["60"]
        try target.run()
        defer { Command.kill(target) }
        let ending = try Command.run(
            "diagnose", "--pid", "\(target.processIdentifier)", "--for", "0.1")
        #expect(ending.status == 0)
        #expect(ending.errors.contains("1 process, 1 thread"), "\(ending.errors)")
        #expect(target.isRunning)
    }

    @Test func `a recording is compared with an earlier one`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/recording"
        _ = try Command.run("diagnose", "--quiet", "--save", file, "--", "sleep", "0.2")
        let ending = try Command.run("diagnose", "--against", file, "--", "sleep", "0.05")
        #expect(
            ending.errors.contains(/the recording before: \d+ ms then, \d+ ms now, .* faster/),
            "\(ending.errors)")
    }

    @Test func `a program is run with one, two and more jobs`() throws {
        let ending = try Command.run("diagnose", "--verify", "--", "echo", "{jobs}")
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.hasPrefix("1\n2\n"))
        #expect(ending.errors.contains("Jobs, measured, and predicted from 1:"))
    }

    @Test func `a check that does not hold ends with one`() throws {
        let held = try Command.run("diagnose", "--check", "idle>=0.5", "--", "sleep", "0.1")
        #expect(held.status == 0, "\(held.errors)")
        let failed = try Command.run("diagnose", "--check", "cores>=1.8", "--", "sleep", "0.1")
        #expect(failed.status == 1)
        #expect(failed.errors.contains("Check cores >= 1.8: does not hold"), "\(failed.errors)")
    }

    @Test(arguments: [
        ([], "Nothing to diagnose: give -- PROGRAM, --pid or --open."),
        (["--pid", "1", "--", "true"], "A program, --pid and --open exclude each other"),
        (["--pid", "-5"], "--pid is -5: give the number of a process."),
        (["--for", "0", "--", "true"], "--for is 0.0: give seconds, more than 0."),
        (["--open", "x", "--sample"], "--for and --sample are for recording, not for --open."),
        (["--verify", "--", "true"], "--verify needs {jobs} in the program's arguments"),
        (["--", "make", "-j{jobs}"], "{jobs} in the program's arguments needs --verify."),
        (["--check", "zebra", "--", "true"], "--check 'zebra' is not like 'cores>=1.8'"),
        (["--zebra"], "Unknown option '--zebra'"),
    ])
    func `a wrong option is refused with a sentence`(
        arguments: [String], sentence: String
    ) throws {
        let ending = try Command.start(["diagnose"] + arguments).wait()
        #expect(ending.status == 64)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
    }

    @Test(arguments: [
        (["--", "/nowhere/at/all"], 127, "cannot run '/nowhere/at/all': No such file"),
        (["--", "/etc/passwd"], 126, "cannot run '/etc/passwd': Permission denied."),
        (["--pid", "2147483647"], 125, "there is no process 2147483647."),
        (["--open", "/nowhere"], 125, "--open /nowhere: No such file or directory."),
        (["--against", "/nowhere", "--", "true"], 125, "--against /nowhere: No such file"),
        (["--open", "/dev/null"], 125, "line 1: this is no recording"),
        (["--json", "/nowhere/a", "--", "true"], 125, "--json /nowhere/a: No such file"),
    ])
    func `what cannot work is said`(
        arguments: [String], status: Int32, sentence: String
    ) throws {
        let ending = try Command.start(["diagnose"] + arguments).wait()
        #expect(ending.status == status)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }
}
