import Glibc
import Testing

@testable import Tutti

/// Many workers, pools in jobs, many pools: each test in a process of its own, where what is left
/// can be counted.
@Suite(.timeLimit(.minutes(5))) struct ProcessPoolManyTests {
    @Test func `two hundred workers on a few cores answer two thousand jobs`() async {
        await #expect(processExitsWith: .success) {
            let mark = "TUTTI_MANY=\(getpid())"
            putenv(strdup(mark))
            let before = try await Leftovers.beforeAll(mark: mark)
            let pool = ProcessPool(width: 200)
            #expect(try await meet(in: pool, within: .seconds(60)))
            #expect(Set(pool.workers).count == 200)
            let jobs = (0..<2000).map { Sum(numbers: [$0, 1]) }
            #expect(try await jobs.run(on: pool) == Array(1...2000))
            await pool.shutdown()
            try await Leftovers.expectNone(since: before, mark: mark)
        }
    }

    @Test func `a job may have a pool of its own, and lose workers of it`() async {
        await #expect(processExitsWith: .success) {
            let mark = "TUTTI_MANY=\(getpid())"
            putenv(strdup(mark))
            let before = try await Leftovers.beforeAll(mark: mark)
            let pool = ProcessPool(width: 2)
            let jobs = (0..<12).map { InnerPool(number: $0) }
            let answers = try await jobs.run(on: pool)
            for (number, answer) in answers.enumerated() {
                #expect(answer == .init(sum: 190 + 20 * number, deaths: 2))
            }
            await pool.shutdown()
            try await Leftovers.expectNone(since: before, mark: mark)
        }
    }

    @Test func `a thousand pools leave nothing, used or not, shut down or let go`() async {
        await #expect(processExitsWith: .success) {
            let mark = "TUTTI_MANY=\(getpid())"
            putenv(strdup(mark))
            let before = try await Leftovers.beforeAll(mark: mark)
            let sums = try await (0..<1000).concurrentMap(limit: 8) { number in
                let pool = ProcessPool(width: 2)
                let isUsed = number % 2 == 0
                let isShutDown = number % 4 < 2
                let sum = isUsed ? try await pool.run(Sum(numbers: [number, 1])) : number + 1
                if isShutDown { await pool.shutdown() }
                return sum
            }
            #expect(sums == Array(1...1000))
            try await Leftovers.expectNone(since: before, mark: mark)
        }
    }
}

/// Runs jobs in a pool of its own, of which two kill their worker, and leaves it as it is.
private struct InnerPool: Job {
    struct Answer: Codable, Equatable {
        var sum = 0
        var deaths = 0
    }

    let number: Int

    func run() async throws -> Answer {
        let pool = ProcessPool(width: 2)
        var answer = Answer()
        for index in 0..<20 {
            answer.sum += try await pool.run(Sum(numbers: [index, number]))
            guard index % 10 == 0 else { continue }
            do {
                _ = try await pool.run(KillItself(signal: SIGKILL))
            } catch ProcessError.workerDied {
                answer.deaths += 1
            }
        }
        return answer
    }
}
