import Testing

@testable import Tutti

/// Squares a number; traps where told to.
private struct Square: Job {
    let number: Int
    var traps = false

    func run() async throws -> Int {
        if traps { fatalError("a job that traps on purpose") }
        return number * number
    }
}

/// One word changes where the work runs, and nothing else.
@Suite(.timeLimit(.minutes(5))) struct ExecutorsTests {
    private let jobs = (0..<50).map { Square(number: $0) }
    private let squares = (0..<50).map { $0 * $0 }

    @Test func `every executor gives the same values`() async throws {
        #expect(try await jobs.run(on: .inOrder) == squares)
        #expect(try await jobs.run(on: .threads) == squares)
        #expect(try await jobs.run(on: .cores) == squares)
        #expect(try await jobs.run(on: .processes) == squares)
        #expect(try await jobs.run(on: .threads.feeding(.cores)) == squares)
    }

    @Test func `a job that traps in a process fails alone, with signal, name and process`() async {
        var jobs = jobs
        jobs[20].traps = true
        let pool = ProcessPool(width: 2)
        let outcomes = await Batch(jobs, on: pool, policy: Policy(onError: .collect)).outcomes()
        await pool.shutdown()
        for outcome in outcomes where outcome.index != 20 {
            #expect((try? outcome.value) == squares[outcome.index])
        }
        guard case .workerDied(let death)? = outcomes[20].error as? ProcessError else {
            Issue.record("job 20 has \(outcomes[20].result)")
            return
        }
        #expect(death.job.contains("Square"))
        #expect(death.pid > 0)
        let end = "\(death.end)"
        #expect(end.contains("SIGILL") || end.contains("SIGTRAP"), "\(end)")
    }

    @Test func `nested batches on the cores do not wait for each other`() async throws {
        struct Nest: Job {
            let depth: Int
            func run() async throws -> Int {
                guard depth > 0 else { return 1 }
                return try await (0..<3).map { _ in Nest(depth: depth - 1) }.run(on: .cores)
                    .reduce(0, +)
            }
        }
        #expect(try await [Nest(depth: 5)].run(on: .cores) == [243])
    }
}
