import Testing

@testable import TuttiTesting

@Suite(.timeLimit(.minutes(5))) struct LatchTests {
    @Test func `waiters are let through in the order in which they came`() {
        var state = LatchState<String>()
        #expect(state.open() == [])
        state = LatchState()
        #expect(state.arrive("a", as: Ticket()) == [])
        #expect(state.arrive("b", as: Ticket()) == [])
        #expect(state.open() == ["a", "b"])
        #expect(state.open() == [])
        #expect(state.arrive("c", as: Ticket()) == ["c"])
        #expect((state.arrivals, state.heldCount) == (3, 0))
    }

    @Test func `watchers are told of arrivals, those that left or passed included`() {
        var state = LatchState<String>()
        let first = Ticket()
        #expect(state.watch("none", as: Ticket(), for: 0) == ["none"])
        #expect(state.watch("three", as: Ticket(), for: 3) == [])
        #expect(state.arrive("a", as: first) == [])
        #expect(state.leave(first) == "a")
        #expect(state.leave(first) == nil)
        #expect(state.arrive("b", as: Ticket()) == [])
        #expect(state.open() == ["b"])
        #expect(state.arrive("c", as: Ticket()) == ["three", "c"])
    }

    @Test(arguments: [0, 1, 2, 100])
    func `nobody passes a closed latch, everybody an open one`(count: Int) async throws {
        let latch = Latch()
        let passed = AsyncStream<Bool>.makeStream()
        let tasks = (0..<count).map { _ in
            Task {
                try await latch.waitUntilOpen()
                passed.continuation.yield(latch.isOpen)
            }
        }
        try await latch.waitForArrivals(count)
        #expect(latch.arrivals == count)
        latch.open()
        for task in tasks { try await task.value }
        passed.continuation.finish()
        var seen: [Bool] = []
        for await wasOpen in passed.stream { seen.append(wasOpen) }
        #expect(seen == Array(repeating: true, count: count))
        try await latch.waitUntilOpen()
    }

    @Test func `a cancelled wait ends, and the others go on`() async throws {
        let latch = Latch()
        let tasks = (0..<3).map { _ in Task { try await latch.waitUntilOpen() } }
        try await latch.waitForArrivals(3)
        tasks[1].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[1].value }
        latch.open()
        try await tasks[0].value
        try await tasks[2].value
    }

    @Test func `waiting for arrivals that never come ends with its cancellation`() async {
        let latch = Latch()
        let task = Task { try await latch.waitForArrivals(1) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(latch.arrivals == 0)
    }
}
