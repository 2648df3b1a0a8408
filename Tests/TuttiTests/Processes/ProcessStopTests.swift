import Glibc
import Testing

@testable import Tutti

/// Workers that were stopped from outside: they do not die, and they do not answer.
@Suite(.timeLimit(.minutes(5))) struct ProcessStopTests {
    @Test func `a worker stopped while it is idle costs no job, and is replaced`() async throws {
        let pool = ProcessPool(width: 1, options: WorkerOptions(idleTime: nil))
        let pid = try await pool.run(WhoAmI()).pid
        try stop(pid)
        #expect(try await answers(pool))
        #expect(!pool.workers.contains(pid))
        await pool.shutdown()
    }

    @Test func `a worker that takes no more of a large job is replaced when the job is cancelled`()
        async throws
    {
        let pool = ProcessPool(width: 1, options: WorkerOptions(idleTime: nil))
        let pid = try await pool.run(WhoAmI()).pid
        try stop(pid)
        let job = Echo(floats: Array(repeating: 1, count: 4 << 20))
        await #expect(throws: TimeoutError.self) {
            try await withTimeout(.milliseconds(200)) { try await pool.run(job) }
        }
        #expect(try await answers(pool))
        #expect(!pool.workers.contains(pid))
        await pool.shutdown()
    }

    @Test func `a worker stopped while many wait costs one of them its time, and is replaced`()
        async throws
    {
        let pool = ProcessPool(width: 2)
        // Jobs take no time, so that each worker gets many of them at once.
        try await (0..<1000).map { Sum(numbers: [$0]) }.run(
            on: pool, policy: Policy(limit: 100)
        ).forEach { _ in }
        let jobs = (0..<20_000).map { Sum(numbers: [$0, 1]) }
        let policy = Policy(limit: 100, timeout: .seconds(20), onError: .collect)
        var late = 0
        for await outcome in Batch(jobs, on: pool, policy: policy) {
            if outcome.index == 5000, let pid = pool.workers.first { kill(pid, SIGSTOP) }
            switch outcome.result {
            case .success(let sum): #expect(sum == outcome.index + 1)
            case .failure(is TimeoutError): late += 1
            case .failure(let error): Issue.record("\(error)")
            }
        }
        #expect(late <= 1)
        #expect(try await meet(in: pool))
        await pool.shutdown()
    }

    /// Stops a worker, and waits until all of its threads have stopped.
    private func stop(_ pid: Int32) throws {
        guard kill(pid, SIGSTOP) == 0 else { throw SystemError("kill") }
        var info = siginfo_t()
        // Only looked at: the end of the worker is for its keeper to see.
        guard waitid(P_PID, id_t(pid), &info, WSTOPPED | Int32(WNOWAIT)) == 0 else {
            throw SystemError("waitid")
        }
    }

    /// Whether the pool runs a job within moments.
    private func answers(_ pool: ProcessPool) async throws -> Bool {
        (try? await withTimeout(.seconds(60)) { try await pool.run(Sum(numbers: [1])) }) == 1
    }
}
