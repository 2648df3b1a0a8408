import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct ConcurrentMapSequenceTests {
    private struct Failure: Error, Equatable {}
    private struct SourceFailure: Error, Equatable {}

    /// Counts up to a number, and how far it was asked.
    private struct Numbers: AsyncSequence, Sendable {
        let count: Int
        let asked = Counter()
        var failsAt: Int?

        struct AsyncIterator: AsyncIteratorProtocol {
            let numbers: Numbers
            var next = 0

            mutating func next() async throws -> Int? {
                if next == numbers.failsAt { throw SourceFailure() }
                await Task.yield()
                guard next < numbers.count else { return nil }
                defer { next += 1 }
                numbers.asked.add(1)
                return next
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(numbers: self) }
    }

    private static let limits: [Policy.Limit] = [1, 2, 30, .automatic]

    private func collect<Values: AsyncSequence>(
        _ values: Values
    ) async throws -> [Values.Element] where Values.Element: Sendable {
        var all: [Values.Element] = []
        for try await value in values { all.append(value) }
        return all
    }

    @Test(arguments: limits, [0, 1, 2, 500])
    func `results come in the order of the elements`(limit: Policy.Limit, count: Int) async throws {
        let results = Numbers(count: count).concurrentMap(limit: limit) { number in
            if number % 3 == 0 { for _ in 0..<5 { await Task.yield() } }
            return number * 2
        }
        #expect(try await collect(results) == (0..<count).map { $0 * 2 })
    }

    @Test func `many workers all find the end of a short source`() async throws {
        // Nothing ends for 3 ms, so the limit grows beyond the three that there are.
        for _ in 0..<20 {
            let results = Numbers(count: 3).concurrentMap { number in
                try await MonotonicClock().sleep(for: .milliseconds(3))
                return number
            }
            #expect(try await collect(results) == [0, 1, 2])
        }
    }

    @Test(arguments: limits) func `as completed, each result comes once`(
        limit: Policy.Limit
    ) async throws {
        let results = Numbers(count: 500).concurrentMap(limit: limit, order: .asCompleted) { $0 }
        #expect(try await collect(results).sorted() == Array(0..<500))
    }

    @Test func `as completed, a late one holds up nobody`() async throws {
        let latch = Latch()
        let results = Numbers(count: 10).concurrentMap(limit: 2, order: .asCompleted) { number in
            if number == 0 { try await latch.waitUntilOpen() }
            return number
        }
        var seen: [Int] = []
        for try await number in results {
            seen.append(number)
            if seen.count == 9 { latch.open() }
        }
        #expect(seen == Array(1...9) + [0])
    }

    @Test func `nil results are left out`() async throws {
        let odd = Numbers(count: 100).concurrentCompactMap(limit: 4) { $0 % 2 == 1 ? $0 : nil }
        #expect(try await collect(odd) == Array(stride(from: 1, to: 100, by: 2)))
    }

    @Test func `no more is taken from the source than the limit says while nobody reads`()
        async throws
    {
        let numbers = Numbers(count: 1000)
        let latch = Latch()
        var iterator = numbers.concurrentMap(limit: 5) { number in
            if number == 5 { latch.open() }
            return number
        }.makeAsyncIterator()
        #expect(try await iterator.next() == 0)
        // The sixth may be taken since the first was read, and the seventh may not.
        try await latch.waitUntilOpen()
        #expect(numbers.asked.value <= 6)
        for expected in 1..<1000 { #expect(try await iterator.next() == expected) }
        #expect(try await iterator.next() == nil)
    }

    @Test(arguments: limits) func `an error of the work ends the sequence`(
        limit: Policy.Limit
    ) async {
        let results = Numbers(count: 1000).concurrentMap(limit: limit) { number in
            if number == 50 { throw Failure() }
            return number
        }
        await #expect(throws: Failure.self) { try await collect(results) }
    }

    @Test(arguments: limits) func `an error of the source ends the sequence`(
        limit: Policy.Limit
    ) async {
        var numbers = Numbers(count: 1000)
        numbers.failsAt = 20
        let results = numbers.concurrentMap(limit: limit) { $0 }
        await #expect(throws: SourceFailure.self) { try await collect(results) }
    }

    @Test func `giving up the iteration cancels what is in flight`() async throws {
        let cancelled = Latch()
        let started = Latch()
        do {
            var iterator = Numbers(count: 1000).concurrentMap(limit: 4, order: .asCompleted) {
                number in
                guard number > 0 else { return number }
                do {
                    started.open()
                    try await MonotonicClock().sleep(for: .seconds(600))
                } catch {
                    cancelled.open()
                    throw error
                }
                return number
            }.makeAsyncIterator()
            #expect(try await iterator.next() == 0)
            try await started.waitUntilOpen()
        }
        try await cancelled.waitUntilOpen()
    }

    @Test(arguments: limits) func `for each visits each element once`(
        limit: Policy.Limit
    ) async throws {
        let tally = Tally(700)
        try await Numbers(count: 700).concurrentForEach(limit: limit) { number in
            tally.count(number)
            await Task.yield()
        }
        #expect(tally.eachIsOne)
    }

    @Test func `for each of an endless source ends with an error`() async {
        let inFlight = Counter()
        await #expect(throws: Failure.self) {
            try await Numbers(count: .max).concurrentForEach(limit: 8) { number in
                inFlight.add(1)
                defer { inFlight.add(-1) }
                await Task.yield()
                if number == 1000 { throw Failure() }
            }
        }
        #expect(inFlight.maximum <= 8)
        #expect(inFlight.value == 0)
    }

    @Test func `a source that never gives anything can be cancelled`() async {
        let (stream, continuation) = AsyncStream<Int>.makeStream()
        let task = Task { try await stream.concurrentForEach(limit: 3) { _ in } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        continuation.finish()
    }
}
