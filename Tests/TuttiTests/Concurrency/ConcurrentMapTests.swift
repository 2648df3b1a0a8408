import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct ConcurrentMapTests {
    private struct Failure: Error, Equatable { let index: Int }

    private static let limits: [Policy.Limit] = [1, 2, 3, 100, .automatic]

    @Test(arguments: limits, [0, 1, 2, 3, 99, 100, 101, 5000])
    func `results come in the order of the elements`(limit: Policy.Limit, count: Int) async throws {
        let squares = try await (0..<count).concurrentMap(limit: limit) { index in
            if index % 3 == 0 { await Task.yield() }
            return index * index
        }
        #expect(squares == (0..<count).map { $0 * $0 })
    }

    @Test(arguments: limits) func `each element is visited once`(limit: Policy.Limit) async throws {
        let tally = Tally(3000)
        try await (0..<3000).concurrentForEach(limit: limit) { index in
            tally.count(index)
            await Task.yield()
        }
        #expect(tally.eachIsOne)
    }

    @Test(arguments: limits) func `nil results are left out`(limit: Policy.Limit) async throws {
        let odd = try await (0..<1000).concurrentCompactMap(limit: limit) {
            $0 % 2 == 1 ? String($0) : nil
        }
        #expect(odd == (0..<1000).filter { $0 % 2 == 1 }.map(String.init))
    }

    @Test(arguments: [1, 2, 7]) func `no more are in flight than the limit says`(
        limit: Int
    ) async throws {
        let inFlight = Counter()
        try await (0..<200).concurrentForEach(limit: .atMost(limit)) { _ in
            inFlight.add(1)
            for _ in 0..<3 { await Task.yield() }
            inFlight.add(-1)
        }
        #expect(inFlight.maximum <= limit)
    }

    @Test func `as many are in flight as the limit says`() async throws {
        let latch = Latch()
        async let done: Void = (0..<50).concurrentForEach(limit: 20) { _ in
            try await latch.waitUntilOpen()
        }
        try await latch.waitForArrivals(20)
        #expect(latch.arrivals == 20)
        latch.open()
        try await done
    }

    @Test(arguments: limits, [0, 1, 57, 99])
    func `an error at any place is thrown, and nothing leaks`(
        limit: Policy.Limit, place: Int
    ) async {
        let alive = Counter()
        await #expect(throws: Failure(index: place)) {
            _ = try await (0..<100).concurrentMap(limit: limit) { index in
                if index == place { throw Failure(index: index) }
                await Task.yield()
                return Counted(index, alive)
            }
        }
        #expect(alive.value == 0)
    }

    @Test func `after an error only what was in flight had started`() async {
        let started = Counter()
        await #expect(throws: Failure(index: 0)) {
            try await (0..<10_000).concurrentForEach(limit: 10) { index in
                started.add(1)
                if index == 0 { throw Failure(index: 0) }
                // Ends when the error cancels it.
                try await MonotonicClock().sleep(for: .seconds(600))
            }
        }
        #expect(started.value <= 10)
    }

    @Test(arguments: limits) func `cancelling the caller ends all`(limit: Policy.Limit) async {
        let latch = Latch()
        let ended = Counter()
        let task = Task {
            try await (0..<1000).concurrentMap(limit: limit) { index in
                defer { ended.add(1) }
                try await latch.waitUntilOpen()
                return index
            }
        }
        try? await latch.waitForArrivals(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ended.value == latch.arrivals)
    }

    @Test func `a cancelled caller starts nothing`() async {
        let started = Counter()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await (0..<100).concurrentMap(limit: 4) { started.add($0) }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(started.value == 0)
    }

    @Test func `results are kept alive exactly as long as the array`() async throws {
        let alive = Counter()
        var all = try await (0..<500).concurrentMap(limit: 8) { Counted($0, alive) }
        #expect(alive.value == 500)
        #expect(all.map(\.number) == Array(0..<500))
        all = []
        #expect(alive.value == 0)
    }

    @Test func `maps can be nested`() async throws {
        let sums = try await (0..<20).concurrentMap(limit: 4) { outer in
            try await (0..<20).concurrentMap { inner in outer * inner }.reduce(0, +)
        }
        #expect(sums == (0..<20).map { $0 * 190 })
    }

    @Test func `every order of turns gives the same results`() async throws {
        try await TurnTaker.explore(seeds: 0..<200) { turns in
            let squares = try await (0..<12).concurrentMap(limit: 3) { index in
                for _ in 0..<index % 4 { await Task.yield() }
                return index * index
            }
            try #require(squares == (0..<12).map { $0 * $0 }, "\(turns)")
        }
    }
}
