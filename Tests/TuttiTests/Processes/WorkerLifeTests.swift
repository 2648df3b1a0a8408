import Glibc
import Testing

@testable import Tutti

/// What a set-up leaves for the jobs.
private let made = Locked(0)

private struct Prepare: Job {
    enum Trouble: Error { case noModel }
    let value: Int
    func run() throws -> Int {
        if value == 0 { throw Trouble.noModel }
        if value < 0 { exit(9) }
        made.withLock { $0 += value }
        return value
    }
}

private struct Prepared: Job {
    func run() -> [Int] { [made.withLock { $0 }, Int(getpid())] }
}

/// Keeps memory for good.
private struct Leak: Job {
    let bytes: Int
    func run() -> Int32 {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        memset(memory, 1, bytes)
        return getpid()
    }
}

@Suite(.timeLimit(.minutes(5))) struct WorkerLifeTests {
    @Test func `each worker is set up once, before its first job`() async throws {
        let pool = ProcessPool(
            width: 2, options: WorkerOptions(jobsPerWorker: 5, setUp: Prepare(value: 7)))
        let seen = try await pool.map((0..<40).map { _ in Prepared() })
        #expect(seen.allSatisfy { $0[0] == 7 })
        #expect(Set(seen.map { $0[1] }).count >= 8)
        await pool.shutdown()
    }

    @Test func `a set-up that fails is said to those who wait`() async throws {
        for (value, sentence) in [(0, "noModel"), (-1, "code 9")] {
            let pool = ProcessPool(
                width: 1, options: WorkerOptions(setUp: Prepare(value: value)))
            let error = await #expect(throws: ProcessError.self) { try await pool.run(WhoAmI()) }
            let text = String(describing: error)
            #expect(text.contains("set-up failed"), "\(text)")
            #expect(text.contains(sentence), "\(text)")
            #expect(pool.workers.isEmpty)
            await pool.shutdown()
        }
    }

    @Test func `a worker that has grown is replaced, and only then`() async throws {
        let mark = 64 << 20
        let pool = ProcessPool(
            width: 1, options: WorkerOptions(memoryMark: 2 * mark, idleTime: nil))
        let small = try await pool.run(Leak(bytes: 1 << 20))
        #expect(try await pool.run(Leak(bytes: 1 << 20)) == small)
        #expect(try await pool.run(Leak(bytes: 2 * mark)) == small)
        #expect(try await pool.run(Leak(bytes: 1)) != small)
        await pool.shutdown()
    }

    @Test func `a worker without a job ends after its time, and the next job gets a new one`()
        async throws
    {
        let pool = ProcessPool(width: 1, options: WorkerOptions(idleTime: .milliseconds(20)))
        let witness = try Witness()
        let first = try await pool.run(LeaveOpen(witness: witness.path))
        _ = first
        try await witness.allGone()
        #expect(try await pool.run(Sum(numbers: [1, 2])) == 3)
        await pool.shutdown()
    }

    @Test func `mistakes are told`() {
        #expect(WorkerOptions(memoryMark: 0).mistake?.contains("more than 0 bytes") == true)
        #expect(WorkerOptions(idleTime: .seconds(-1)).mistake?.contains("idle") == true)
    }
}
