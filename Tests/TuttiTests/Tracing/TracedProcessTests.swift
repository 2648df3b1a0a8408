import Glibc
import Testing

@testable import Tutti

/// Each in a process of its own, as `TracingTests`.
@Suite(.timeLimit(.minutes(5))) struct TracedProcessTests {
    @Test func `what happens in worker processes is there, on one clock`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 2)
            let tracing = try Tracing.start()
            _ = try await (0..<100).map { SaysSo(number: $0) }.run(on: pool)
            let trace = tracing.stop()
            let jobs = trace.spans(.job, of: SaysSo.self)
            let flights = trace.spans(.flight, of: SaysSo.self)
            let spans = trace.events.filter { $0.name == "in a worker" }
            #expect(jobs.count == 100)
            #expect(jobs.areWhole)
            #expect(jobs.allSatisfy { $0.process != getpid() })
            #expect(spans.compactMap(\.number).sorted() == Array(0..<100))
            #expect(flights.count == 100)
            #expect(flights.allSatisfy { $0.process == getpid() })
            // Each job lies within a flight, to the exactness of the clocks.
            let first = try #require(flights.map(\.start.nanoseconds).min())
            let last = try #require(flights.compactMap(\.end?.nanoseconds).max())
            #expect(jobs.allSatisfy { $0.start.nanoseconds + 20_000 > first })
            #expect(jobs.allSatisfy { ($0.end?.nanoseconds ?? 0) < last + 20_000 })
            let loads = trace.events.filter { $0.kind == .load }
            #expect(loads.compactMap(\.number).reduce(0, +) >= 100)
            await pool.shutdown()
        }
    }

    @Test func `workers that live already are traced too, and only as long as somebody traces`()
        async
    {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 1)
            _ = try await pool.run(SaysSo(number: 1))
            for number in 2...4 {
                let tracing = try Tracing.start()
                _ = try await pool.run(SaysSo(number: number))
                let trace = tracing.stop()
                _ = try await pool.run(SaysSo(number: 100))
                let spans = trace.events.filter { $0.name == "in a worker" }
                #expect(spans.compactMap(\.number) == [number])
            }
            await pool.shutdown()
        }
    }

    @Test func `slices are seen job by job`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 2)
            let tracing = try Tracing.start()
            _ = try await pool.map((0..<500).map { SaysSo(number: $0) })
            let spans = tracing.stop().events.filter { $0.name == "in a worker" }
            #expect(spans.compactMap(\.number).sorted() == Array(0..<500))
            await pool.shutdown()
        }
    }

    @Test func `a killed worker leaves what it wrote, and the job that it died in`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 1)
            let tracing = try Tracing.start()
            _ = try await pool.run(SaysSo(number: 1))
            _ = await Batch([KillsItself()], on: pool, policy: Policy(onError: .collect)).outcomes()
            let trace = tracing.stop()
            #expect(trace.events.contains { $0.name == "in a worker" && $0.end != nil })
            let culprit = try #require(trace.spans(.job, of: KillsItself.self).first)
            #expect(culprit.end == nil)
            let death = try #require(trace.events.first { $0.kind == .death })
            #expect(death.number == Int(SIGKILL))
            let life = try #require(trace.events.first { $0.kind == .worker })
            #expect(life.number == Int(culprit.process))
            #expect(life.end != nil)
            await pool.shutdown()
        }
    }

    @Test func `workers that come and go leave no descriptor and no memory behind`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(
                width: 1, options: WorkerOptions(jobsPerWorker: 1))
            let tracing = try Tracing.start()
            for number in 0..<5 { _ = try await pool.run(SaysSo(number: number)) }
            await pool.shutdown()
            let spans = tracing.stop().events.filter { $0.name == "in a worker" }
            #expect(Set(spans.map(\.process)).count == 5)
            #expect(spans.compactMap(\.number) == Array(0..<5))
            // Memory that is mapped or open shows under its name.
            #expect(readTextFile("/proc/self/maps")?.contains("tutti-trace") == false)
            #expect(!openFiles().contains { $0.contains("tutti-trace") })
        }
    }
}

private struct SaysSo: Job {
    let number: Int
    func run() async throws -> Int { Tracing.span("in a worker", number: number) { number } }
}

private struct KillsItself: Job {
    func run() async throws -> Int {
        kill(getpid(), SIGKILL)
        return 0
    }
}

/// What the descriptors of this process lead to.
private func openFiles() -> [String] {
    (0..<1024).map { number in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return "" }
            readlink("/proc/self/fd/\(number)", start, 255)
            return String(cString: start)
        }
    }
}
