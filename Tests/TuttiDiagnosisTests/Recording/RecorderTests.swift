import Glibc
import Testing
import Tutti

@testable import TuttiDiagnosis

/// Programs that run, recorded by both sources.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RecorderTests {
    private static func record(_ words: String..., onlySamples: Bool = false) throws -> Recording {
        var recorder = Recorder(.program(words))
        recorder.onlySamples = onlySamples
        return try recorder.record()
    }

    @Test(arguments: [false, true])
    func `a program that sleeps waits for a timer`(onlySamples: Bool) throws {
        let recording = try Self.record("sleep", "0.3", onlySamples: onlySamples)
        #expect(recording.ending == .exited(0))
        #expect(recording.threads.count == 1)
        #expect(recording.threads.first?.name == "sleep")
        #expect(recording.duration >= 300_000_000)
        // Not the verdict: on a busy machine, samples may be too few for one.
        #expect(Diagnosis(recording).whole.slice.causes.first?.kind == .timer)
    }

    @Test(arguments: [false, true])
    func `the children of a program are followed`(onlySamples: Bool) throws {
        let recording = try Self.record(
            "sh", "-c", "sleep 0.2 & sleep 0.2; wait", onlySamples: onlySamples)
        #expect(Set(recording.threads.map(\.process)).count == 3)
        #expect(Diagnosis(recording).whole.slice.causes.first?.kind == .timer)
    }

    @Test func `the endings of a program are known`() throws {
        #expect(try Self.record("sh", "-c", "exit 7").ending == .exited(7))
        #expect(try Self.record("sh", "-c", "kill -KILL $$").ending == .killed(SIGKILL))
        #expect(try Self.record("sh", "-c", "kill -TERM $$").ending == .killed(SIGTERM))
    }

    @Test func `a program that lives for a moment is recorded`() throws {
        let recording = try Self.record("true")
        #expect(recording.ending == .exited(0))
        #expect(recording.threads.count == 1)
    }

    @Test func `a thousand processes are recorded`() throws {
        let recording = try Self.record(
            "sh", "-c", "i=0; while [ $i -lt 1000 ]; do true & i=$((i+1)); done; wait; /bin/true")
        #expect(recording.ending == .exited(0))
        #expect(recording.threads.count >= 1001)
        _ = Diagnosis(recording)
    }

    @Test func `a program that closes all descriptors is recorded`() throws {
        let recording = try Self.record(
            "sh", "-c", "exec 0<&- 1>&- 2>&-; exec sleep 0.1")
        #expect(recording.ending == .exited(0))
        #expect(Diagnosis(recording).whole.slice.causes.first?.kind == .timer)
    }

    @Test func `a program that is not there is said`() {
        let error = #expect(throws: RecorderError.self) {
            try Self.record("/nowhere/at/all")
        }
        #expect(error?.description == "cannot run '/nowhere/at/all': No such file or directory.")
        let denied = #expect(throws: RecorderError.self) {
            try Self.record("/etc/passwd")
        }
        #expect(denied?.description == "cannot run '/etc/passwd': Permission denied.")
    }

    @Test func `a process that is not there is said`() {
        let error = #expect(throws: RecorderError.self) {
            try Recorder(.process(Int32.max), for: .milliseconds(1)).record()
        }
        #expect(error == .noProcess(Int32.max))
    }

    @Test func `a recording that is over before the program still tells its end`() throws {
        let recording = try Recorder(
            .program(["sh", "-c", "sleep 0.2; exit 5"]), for: .milliseconds(20)
        ).record()
        #expect(recording.ending == .exited(5))
        #expect(recording.duration < 200_000_000)
    }

    @Test func `a recorder leaves no descriptor open`() async {
        await #expect(processExitsWith: .success) {
            func open() -> Int { ProcFiles.numbers(in: "/proc/self/fd").count }
            _ = try Self.record("true")
            let before = open()
            for _ in 0..<5 {
                _ = try Self.record("true")
                _ = try Self.record("true", onlySamples: true)
                _ = try? Self.record("/nowhere/at/all")
            }
            #expect(open() <= before)
        }
    }

    @Test func `a program finds signals as this process found them, also the second one`() async {
        // In a process of its own: others of these tests may be recording meanwhile.
        await #expect(processExitsWith: .success) {
            for _ in 0..<2 {
                let interrupted = try Self.record("sh", "-c", "kill -INT $$")
                #expect(interrupted.ending == .killed(SIGINT))
                let quit = try Self.record("sh", "-c", "kill -QUIT $$")
                #expect(quit.ending == .killed(SIGQUIT))
            }
            var action = sigaction()
            sigaction(SIGTERM, nil, &action)
            #expect(unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0)
        }
    }

    @Test func `this process is recorded while its thread sleeps`() throws {
        let recording = try Recorder(.process(getpid()), for: .milliseconds(50)).record()
        #expect(recording.threads.contains { $0.thread == getpid() })
        #expect(recording.ending == .running)
        #expect(recording.duration >= 50_000_000)
    }
}
