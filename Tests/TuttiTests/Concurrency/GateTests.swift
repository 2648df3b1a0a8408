import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct GateTests {
    @Test(arguments: [1, 2, 5]) func `no more are inside than the limit says`(
        limit: Int
    ) async throws {
        try await TurnTaker.explore(seeds: 0..<100) { turns in
            let gate = Gate(limit: limit)
            let inside = Counter()
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await gate.withPermit {
                            inside.add(1)
                            await Task.yield()
                            inside.add(-1)
                        }
                    }
                }
            }
            try #require(inside.maximum == limit, "\(turns)")
        }
    }

    @Test func `first come, first served`() async throws {
        let gate = Gate(limit: 1)
        try await gate.acquire()
        let order = Log<Int>()
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<20 {
                let before = gate.waiting
                group.addTask {
                    try await gate.withPermit { order.add(number) }
                }
                while gate.waiting == before { await Task.yield() }
            }
            gate.release()
        }
        #expect(order.entries == Array(0..<20))
    }

    @Test func `a cancelled task leaves the line, and no permit is lost`() async throws {
        try await TurnTaker.explore(seeds: 0..<300) { turns in
            let gate = Gate(limit: 2)
            let inside = Counter()
            let tasks = (0..<10).map { number in
                Task(executorPreference: turns) {
                    try await gate.withPermit {
                        inside.add(1)
                        await Task.yield()
                        inside.add(-1)
                    }
                }
            }
            for number in stride(from: 0, to: 10, by: 3) {
                await Task.yield()
                tasks[number].cancel()
            }
            for task in tasks { _ = await task.result }
            try #require(gate.waiting == 0, "\(turns)")
            try #require(inside.maximum <= 2 && inside.value == 0, "\(turns)")
            // Both permits are there again.
            try await gate.acquire()
            try await gate.acquire()
        }
    }

    @Test func `an error gives the permit back`() async throws {
        struct Failure: Error {}
        let gate = Gate(limit: 1)
        await #expect(throws: Failure.self) { try await gate.withPermit { throw Failure() } }
        #expect(try await gate.withPermit { 7 } == 7)
    }

    @Test func `a task that is cancelled already does not go in`() async {
        let gate = Gate(limit: 1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await gate.acquire()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a higher limit lets those in line in, a lower one waits for those inside`()
        async throws
    {
        let gate = Gate(limit: 1)
        let latch = Latch()
        let tasks = (0..<4).map { _ in
            Task { try await gate.withPermit { try await latch.waitUntilOpen() } }
        }
        try await latch.waitForArrivals(1)
        gate.limit = 3
        try await latch.waitForArrivals(3)
        gate.limit = 1
        #expect(latch.arrivals == 3)
        latch.open()
        for task in tasks { try await task.value }
        #expect(gate.limit == 1)
        try await gate.acquire()
        #expect(gate.waiting == 0)
    }

    @Test func `a limit below 1 stops with a sentence`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = Gate(limit: 0)
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("lets nobody in: give 1 or more"))
    }

    @Test func `each key has a line of its own, and is forgotten afterwards`() async throws {
        try await TurnTaker.explore(seeds: 0..<100) { turns in
            let gate = KeyedGate<String>(limitPerKey: 2)
            let inside = ["a": Counter(), "b": Counter(), "c": Counter()]
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<18 {
                    let key = ["a", "b", "c"][number % 3]
                    group.addTask {
                        try await gate.withPermit(for: key) {
                            inside[key]?.add(1)
                            await Task.yield()
                            inside[key]?.add(-1)
                        }
                    }
                }
            }
            for counter in inside.values { try #require(counter.maximum == 2, "\(turns)") }
            try #require(gate.keyCount == 0, "\(turns)")
        }
    }

    @Test func `a line closes its gaps and keeps its order`() {
        var line = WaitingLine()
        let places = (0..<1000).map { _ in WaitingLine.Place() }
        for place in places[..<500] { line.append(place) }
        for index in 0..<500 where index % 10 != 0 {
            let wasThere = line.remove(places[index])
            #expect(wasThere)
        }
        for place in places[500...] { line.append(place) }
        let isGone = !line.remove(places[1])
        #expect(isGone)
        #expect(line.count == 550)
        let expected = places.indices.filter { $0 >= 500 || $0 % 10 == 0 }
        let popped = (0...expected.count).map { _ in line.popFirst() }
        #expect(popped.dropLast().elementsEqual(expected.map { places[$0] }) { $0 === $1 })
        #expect(popped.count == 551 && popped[550] === nil)
    }
}
