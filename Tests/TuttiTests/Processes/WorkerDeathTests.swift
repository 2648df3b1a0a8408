import Glibc
import Testing

@testable import Tutti

/// What the error of a crashed job says.
@Suite struct WorkerDeathTests {
    private func death(
        _ signal: Int32, trap: String? = nil, lines: [String] = [], memory: Int? = nil,
        time: Duration? = nil
    ) -> String {
        let death = WorkerDeath(
            job: "M.Job", pid: 7, end: .killed(signal: signal), attempt: 2,
            ranFor: .milliseconds(1250), trap: trap, lastLines: lines, memoryLimit: memory,
            processorTimeLimit: time)
        return ProcessError.workerDied(death).description
    }

    @Test func `the first line names worker, end, job, attempt and time`() {
        #expect(
            death(SIGTERM)
                == "The worker 7 was killed by SIGTERM while it ran M.Job (attempt 2, after 1.2 s)."
        )
        let short = WorkerDeath(
            job: "M.Job", pid: 7, end: .exited(code: 3), ranFor: .microseconds(12_345))
        #expect(
            short.description
                == "The worker 7 exited with code 3 while it ran M.Job (attempt 1, after 12 ms).")
    }

    @Test func `a trap's message is told once`() {
        let said = "F.swift:1: Fatal error: no"
        let alone = death(SIGILL, trap: said, lines: [said]).split(separator: "\n")
        #expect(alone.dropFirst() == ["It said: \(said)"])
        let last = death(SIGILL, trap: "\(said)\nwhy", lines: ["a", said, "why"])
            .split(separator: "\n")
        #expect(
            last.dropFirst()
                == ["It said: \(said)", "why", "The last lines of its standard error:", "    a"])
    }

    @Test func `a trap without a message says why it has none`() {
        #expect(death(SIGILL).contains("release builds leave out the messages of most traps"))
        #expect(!death(SIGSEGV).contains("release builds"))
    }

    @Test func `the last lines stand below, indented`() {
        #expect(
            death(SIGSEGV, lines: ["a", "b"]).hasSuffix(
                "The last lines of its standard error:\n    a\n    b"))
    }

    @Test func `limits are told where they may be the reason`() {
        #expect(death(SIGSEGV, memory: 64 << 20).contains("limited to 64 MiB"))
        #expect(
            death(SIGXCPU, time: .seconds(1)).contains("time was limited to 1.0 seconds"))
        let exit = WorkerDeath(
            job: "M.Job", pid: 7, end: .exited(code: 3), ranFor: .zero, memoryLimit: 64 << 20)
        #expect(!exit.description.contains("limited"))
    }

    @Test func `a death travels as an error of a job`() throws {
        let death = WorkerDeath(
            job: "M.Job", pid: 7, end: .killed(signal: SIGILL), attempt: 2, ranFor: .seconds(1),
            trap: "t", lastLines: ["a", "t"], memoryLimit: 1, processorTimeLimit: .seconds(2))
        let error = ProcessError.workerDied(death)
        var bytes: [UInt8] = []
        try WireEncoder().encode(error, to: &bytes)
        var offset = 0
        #expect(try WireDecoder().decode(ProcessError.self, from: bytes, at: &offset) == error)
    }
}
