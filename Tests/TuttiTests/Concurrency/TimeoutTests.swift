import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct TimeoutTests {
    private struct Failure: Error {}

    @Test func `a body in time gives its value, and its timer is gone`() async throws {
        let clock = ManualClock()
        #expect(try await withTimeout(.seconds(60), clock: clock) { 7 } == 7)
        #expect(clock.sleeperCount == 0)
    }

    @Test func `a body's error passes through`() async {
        await #expect(throws: Failure.self) {
            try await withTimeout(.seconds(60)) { throw Failure() }
        }
    }

    @Test func `a body that takes too long is cancelled and awaited`() async throws {
        let clock = ManualClock()
        let latch = Latch()
        let ended = Counter()
        let task = Task {
            try await withTimeout(.seconds(5), clock: clock) {
                defer { ended.add(1) }
                try await latch.waitUntilOpen()
            }
        }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(5))
        await #expect(throws: TimeoutError(limit: .seconds(5))) { try await task.value }
        #expect(ended.value == 1)
    }

    @Test func `real time runs out, too`() async {
        await #expect(throws: TimeoutError(limit: .milliseconds(5))) {
            try await withTimeout(.milliseconds(5)) {
                try await MonotonicClock().sleep(for: .seconds(600))
            }
        }
    }

    @Test func `a deadline that has passed ends the body at once`() async {
        let clock = ManualClock()
        clock.advance(by: .seconds(10))
        let past = ManualClock.Instant(offset: .seconds(3))
        await #expect(throws: TimeoutError(limit: .zero)) {
            try await withDeadline(past, clock: clock) {
                try await Latch().waitUntilOpen()
            }
        }
    }

    @Test func `an inner limit cannot outlast the outer one`() async throws {
        let clock = ManualClock()
        let task = Task {
            try await withTimeout(.seconds(1), clock: clock) {
                try await withTimeout(.seconds(100), clock: clock) {
                    try await Latch().waitUntilOpen()
                }
            }
        }
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(1))
        await #expect(throws: TimeoutError(limit: .seconds(1))) { try await task.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func `cancelling the caller cancels the body, which has the last word`() async throws {
        let task = Task {
            try await withTimeout(.seconds(600)) {
                do { try await MonotonicClock().sleep(for: .seconds(600)) } catch { return "told" }
                return "slept"
            }
        }
        task.cancel()
        #expect(try await task.value == "told")
    }
}
