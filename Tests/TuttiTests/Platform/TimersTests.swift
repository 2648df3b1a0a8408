import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct TimersTests {
    @Test func `nobody wakes before its deadline`() async throws {
        let timers = Timers()
        let start = MonotonicClock.nanoseconds
        try await [3, 1, 4, 2, 0].concurrentForEach(limit: 5) { number in
            let deadline = start + UInt64(number + 1) * 10_000_000
            try await timers.sleep(until: deadline)
            #expect(MonotonicClock.nanoseconds >= deadline)
        }
        #expect(timers.sleeperCount == 0)
    }

    @Test func `cancelled sleeps leave nothing behind`() async throws {
        let timers = Timers()
        try await TurnTaker.run(seed: 1) { turns in
            let tasks = (0..<1000).map { _ in
                Task(executorPreference: turns) { try await timers.sleep(until: .max - 1) }
            }
            while timers.sleeperCount < 500 { await Task.yield() }
            for task in tasks { task.cancel() }
            for task in tasks {
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            #expect(timers.sleeperCount == 0)
        }
    }

    @Test func `a deadline in the past is over at once`() async throws {
        try await Timers().sleep(until: 0)
    }

    @Test func `instants are exact and do not overflow`() {
        let start = MonotonicClock.Instant(nanoseconds: 1000)
        #expect(start.advanced(by: .nanoseconds(5)).nanoseconds == 1005)
        #expect(start.advanced(by: .nanoseconds(-5)).nanoseconds == 995)
        #expect(start.advanced(by: .seconds(-5)).nanoseconds == 0)
        #expect(start.advanced(by: .seconds(Int64.max)).nanoseconds >= 1 << 62)
        #expect(start.duration(to: start.advanced(by: .nanoseconds(7))) == .nanoseconds(7))
        #expect(start.advanced(by: .nanoseconds(7)).duration(to: start) == .nanoseconds(-7))
    }
}
