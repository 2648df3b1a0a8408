import Testing

@testable import TuttiTesting

@Suite(.timeLimit(.minutes(5))) struct ManualClockTests {
    @Test func `it moves only when told`() {
        let clock = ManualClock()
        #expect(clock.now == .init())
        clock.advance(by: .zero)
        clock.advance(by: .seconds(2))
        clock.advance(to: clock.now.advanced(by: .milliseconds(5)))
        #expect(ManualClock.Instant().duration(to: clock.now) == .milliseconds(2005))
        #expect(clock.advanceToNextDeadline() == nil)
        #expect(clock.now.offset == .milliseconds(2005))
    }

    @Test func `it serves code that takes any clock`() async throws {
        let clock = ManualClock()
        func nap(on clock: any Clock<Duration>) async throws {
            try await clock.sleep(for: .seconds(1))
        }
        let napping = Task { try await nap(on: clock) }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        try await napping.value
    }

    @Test func `a sleep of no time ends, and so does a negative one`() async throws {
        let clock = ManualClock()
        try await clock.sleep(for: .zero)
        try await clock.sleep(for: .seconds(-1))
        #expect(clock.sleeperCount == 0)
    }

    @Test(arguments: [1, 2, 100])
    func `sleepers wake by their deadlines, one deadline after the other`(count: Int) async throws {
        let clock = ManualClock()
        let woken = AsyncStream<Int>.makeStream()
        // Two sleepers a deadline, the later deadlines first.
        let tasks = (0..<2 * count).map { number in
            Task {
                try await clock.sleep(for: .seconds(count - number / 2))
                woken.continuation.yield(count - number / 2)
            }
        }
        try await clock.waitForSleepers(2 * count)
        var order = woken.stream.makeAsyncIterator()
        for second in 1...count {
            #expect(clock.advanceToNextDeadline()?.offset == .seconds(second))
            #expect(await order.next() == second)
            #expect(await order.next() == second)
        }
        #expect(clock.sleeperCount == 0)
        for task in tasks { try await task.value }
    }

    @Test func `a task that sleeps again and again is led through its ticks`() async throws {
        let clock = ManualClock()
        let ticking = Task {
            var ticks: [ManualClock.Instant] = []
            for _ in 0..<5 {
                try await clock.sleep(for: .seconds(10))
                ticks.append(clock.now)
            }
            return ticks
        }
        for _ in 0..<5 {
            try await clock.waitForSleepers(1)
            clock.advanceToNextDeadline()
        }
        #expect(try await ticking.value.map(\.offset) == [10, 20, 30, 40, 50].map { .seconds($0) })
    }

    @Test func `a thousand cancelled sleeps leave nothing behind`() async throws {
        let clock = ManualClock()
        let tasks = (0..<1000).map { number in
            Task { try await clock.sleep(for: .seconds(number + 1)) }
        }
        // Half of them are cancelled wherever they are, half in their sleep.
        for task in tasks[..<500] { task.cancel() }
        for task in tasks[..<500] {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        try await clock.waitForSleepers(500)
        for task in tasks[500...] { task.cancel() }
        for task in tasks[500...] {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(clock.sleeperCount == 0)
        #expect(clock.nextDeadline == nil)
    }

    @Test func `a task that was cancelled before does not lie down`() async {
        let clock = ManualClock()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func `waiting for sleepers who never come ends with its cancellation`() async {
        let clock = ManualClock()
        let task = Task { try await clock.waitForSleepers(1) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
