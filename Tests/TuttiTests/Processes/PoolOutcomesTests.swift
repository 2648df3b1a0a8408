import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct PoolOutcomesTests {
    let pool = ProcessPool(width: 2)

    private func kind(_ index: Int) -> Moody.Kind {
        switch index % 50 {
        case 7: .throwing
        case 8: .trapping
        case 9: .exiting
        default: .fine
        }
    }

    @Test func `each job has its own outcome, whatever the others do`() async throws {
        var outcomes: [Int: Outcome<String>] = [:]
        let jobs = (0..<400).map { Moody(number: $0, kind: kind($0)) }
        for try await outcome in pool.outcomes(of: jobs) {
            #expect(outcomes.updateValue(outcome, forKey: outcome.index) == nil)
        }
        #expect(outcomes.count == 400)
        for (index, outcome) in outcomes {
            switch kind(index) {
            case .fine: #expect(try outcome.value == "\(index)")
            case .throwing:
                #expect(outcome.error as? Moody.Trouble == .odd(index))
            case .trapping, .exiting:
                guard case .workerDied? = outcome.error as? ProcessError else {
                    Issue.record("\(outcome)")
                    continue
                }
            }
        }
        await pool.shutdown()
    }

    @Test func `of jobs without end no more are taken than are read`() async throws {
        let taken = Locked(0)
        let endless = sequence(first: 0) { number in
            taken.withLock { $0 += 1 }
            return number + 1
        }
        var read = 0
        for try await outcome in pool.outcomes(of: Jobs(numbers: endless)) {
            _ = try outcome.value
            read += 1
            #expect(taken.withLock { $0 } <= read + 2 * 64 * pool.width + 2)
            if read == 1000 { break }
        }
        await pool.shutdown()
    }

    /// Jobs of numbers, as they are asked for.
    private struct Jobs<Numbers: Sequence<Int>>: Sequence, @unchecked Sendable {
        let numbers: Numbers
        func makeIterator() -> AnyIterator<Sum> {
            var numbers = numbers.makeIterator()
            return AnyIterator { numbers.next().map { Sum(numbers: [$0]) } }
        }
    }

    @Test func `an error of the source comes after what was taken from it`() async throws {
        struct Broken: Error {}
        let source = AsyncThrowingStream<Sum, any Error> { stream in
            for number in 0..<5 { stream.yield(Sum(numbers: [number])) }
            stream.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) {
            for try await outcome in pool.outcomes(of: source) { #expect(outcome.index < 5) }
        }
        await pool.shutdown()
    }
}
