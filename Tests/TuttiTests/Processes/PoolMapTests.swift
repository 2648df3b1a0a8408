import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct PoolMapTests {
    let pool = ProcessPool(width: 2)

    @Test(arguments: [0, 1, 2, 7, 10_000])
    func `values come in the order of the jobs`(count: Int) async throws {
        let texts = try await pool.map((0..<count).map { Moody(number: $0, kind: .fine) })
        #expect(texts == (0..<count).map { "\($0)" })
        let values = try await pool.map(
            (0..<count).map { Tripled(number: $0, isNegative: $0.isMultiple(of: 2)) })
        #expect(
            values
                == (0..<count).map {
                    Tripled.Value(
                        number: $0.isMultiple(of: 2) ? -3 * $0 : 3 * $0, half: 0.5,
                        isSmall: $0 < 10)
                })
        await pool.shutdown()
    }

    @Test func `a packed job may come alone, throw and trap`() async throws {
        #expect(
            try await pool.run(Tripled(number: 4, isNegative: true, half: 1.5))
                == Tripled.Value(number: -12, half: 1.5, isSmall: true))
        await #expect(throws: Moody.Trouble.odd(7)) {
            try await pool.run(PackedTrouble(number: 7, isThrowing: true))
        }
        await #expect(throws: ProcessError.self) { try await pool.run(PackedTrap()) }
        #expect(try await pool.run(PackedTrouble(number: 8, isThrowing: false)) == 8)
        await pool.shutdown()
    }

    @Test func `an error of a job is thrown as itself`() async throws {
        await #expect(throws: Moody.Trouble.odd(700)) {
            try await pool.map(
                (0..<1000).map { Moody(number: $0, kind: $0 == 700 ? .throwing : .fine) })
        }
        await #expect(throws: Moody.Trouble.odd(700)) {
            try await pool.map((0..<1000).map { PackedTrouble(number: $0, isThrowing: $0 == 700) })
        }
        #expect(try await pool.map([PackedTrouble(number: 1, isThrowing: false)]) == [1])
        await pool.shutdown()
    }

    @Test func `a trap in a slice is the error of its job`() async throws {
        let error = await #expect(throws: ProcessError.self) {
            try await pool.map(
                (0..<1000).map { Moody(number: $0, kind: $0 == 300 ? .trapping : .fine) })
        }
        guard case .workerDied(let death) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(death.job == "TuttiTests.Moody")
        #expect(try await pool.map([Moody(number: 1, kind: .fine)]) == ["1"])
        await pool.shutdown()
    }

    @Test func `values of all sizes come, also those that do not fit in the ledger`() async throws {
        let counts = [0, 1, 1000, Ledger.size - 300, Ledger.size, 3 << 20, 5, 100_000, 100_000, 9]
        let jobs = (0..<5).flatMap { _ in counts }.map { Text(count: $0) }
        #expect(try await pool.map(jobs).map(\.utf8.count) == jobs.map(\.count))
        await pool.shutdown()
    }

    @Test func `large jobs make slices of their own`() async throws {
        let jobs = (0..<40).map { Echo(floats: Array(repeating: Float($0), count: 100_000)) }
        let back = try await pool.map(jobs)
        #expect(back.map(\.count) == Array(repeating: 100_000, count: 40))
        #expect(back.map { $0.first ?? -1 } == (0..<40).map { Float($0) })
        await pool.shutdown()
    }

    @Test func `more descriptors come than a frame can have`() async throws {
        let jobs = try (0..<600).map {
            Raise(numbers: try SharedArray(repeating: Float($0), count: 1))
        }
        _ = try await pool.map(jobs)
        #expect(jobs.map { $0.numbers[0] } == (0..<600).map { Float($0 + 1) })
        await pool.shutdown()
    }

    /// With two workers: the long job waits for jobs that were sent along with it.
    @Test func `a long job keeps none behind it from the other worker`() async throws {
        let counter = try SharedArray(repeating: 0, count: 1)
        let others = 5000
        var jobs = (0..<others).map { _ in Meets(others: others, counter: counter, isLast: false) }
        jobs.insert(Meets(others: others, counter: counter, isLast: true), at: 2000)
        #expect(try await pool.map(jobs).count == others + 1)
        #expect(counter[0] == others)
        await pool.shutdown()
    }

    @Test func `single jobs that are sent together do not wait for a long one`() async throws {
        let counter = try SharedArray(repeating: 0, count: 1)
        let others = 500
        // The pool has learnt that jobs are tiny.
        _ = try await pool.map((0..<2000).map { _ in Sum(numbers: [1]) })
        try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0...others {
                group.addTask {
                    try await pool.run(
                        Meets(others: others, counter: counter, isLast: index == others / 2))
                }
            }
            try await group.waitForAll()
        }
        #expect(counter[0] == others)
        await pool.shutdown()
    }

    @Test func `what runs when the map is cancelled is killed, the rest never runs`() async throws {
        let witness = try Witness()
        let counter = try SharedArray(repeating: 0, count: 1)
        let map = Task {
            try await pool.map(
                [Forever(witness: witness.path)] + [Forever(witness: witness.path)])
        }
        let first = try await witness.number()
        #expect(first > 0)
        map.cancel()
        await #expect(throws: CancellationError.self) { try await map.value }
        try await witness.allGone()
        #expect(try await pool.map([Tick(counter: counter)]) == [1])
        await pool.shutdown()
    }

    @Test func `a map that fails leaves no job behind`() async throws {
        let counter = try SharedArray(repeating: 0, count: 1)
        for _ in 0..<20 {
            _ = try? await pool.map((0..<100).map { Moody(number: $0, kind: .throwing) })
        }
        _ = try await pool.map((0..<100).map { _ in Tick(counter: counter) })
        #expect(counter[0] == 100)
        await pool.shutdown()
    }

    @Test func `what cannot be encoded is said`() async throws {
        await #expect(
            throws: ProcessError.notEncodable(
                type: "TuttiTests.Stubborn", reason: "plain and simple")
        ) {
            try await pool.map([Stubborn(), Stubborn()])
        }
        await pool.shutdown()
    }

    @Test func `workers for a number of jobs have no more, also in slices`() async throws {
        let pool = ProcessPool(width: 1, options: WorkerOptions(jobsPerWorker: 3, idleTime: nil))
        let answers = try await pool.map((0..<10).map { _ in WhoAmI() })
        var runs: [Int32: Int] = [:]
        for answer in answers { runs[answer.pid, default: 0] += 1 }
        #expect(runs.values.sorted() == [1, 3, 3, 3])
        await pool.shutdown()
    }
}
