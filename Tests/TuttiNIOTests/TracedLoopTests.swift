import Testing
import Tutti
import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct TracedLoopTests {
    @Test func `jobs that overlap on a loop appear once each`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            _ = try await Batch(
                repeatElement(Sleeps(), count: 50), on: .eventLoop, policy: Policy(limit: 50)
            ).values()
            let trace = tracing.stop()
            let jobs = trace.events.filter { $0.kind == .job }
            #expect(jobs.count == 50)
            #expect(jobs.allSatisfy { $0.name == "TuttiNIOTests.Sleeps" })
            #expect(jobs.allSatisfy { job in job.end.map { $0 >= job.start } ?? false })
            // One thread, and all of them at once on it: each has a row of its own.
            #expect(Set(jobs.map(\.thread)).count == 1)
            let json = trace.chromeJSON
            #expect(json.split(separator: "\"ph\":\"b\",\"cat\":\"job\"").count > 40)
        }
    }
}

private struct Sleeps: Job {
    func run() async throws -> Int {
        try await EventLoop.shared.sleep(for: .milliseconds(20))
        return 1
    }
}
