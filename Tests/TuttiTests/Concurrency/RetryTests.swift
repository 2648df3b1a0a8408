import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct RetryTests {
    private struct Failure: Error, Equatable { let attempt: Int }

    @Test func `a body that succeeds is run once`() async throws {
        #expect(try await retrying { $0 } == 1)
    }

    @Test(arguments: [0, 1, 4]) func `the last error is thrown after so many retries`(
        retries: Int
    ) async {
        let attempts = Counter()
        await #expect(throws: Failure(attempt: retries + 1)) {
            try await retrying(.none, retries: retries) { attempt in
                attempts.add(1)
                throw Failure(attempt: attempt)
            }
        }
        #expect(attempts.value == retries + 1)
    }

    @Test func `it waits between attempts, as long as the backoff says at most`() async throws {
        let clock = ManualClock()
        let backoff = Backoff(initial: .seconds(1), maximum: .seconds(3))
        async let value = retrying(backoff, retries: 5, clock: clock) { attempt in
            guard attempt == 5 else { throw Failure(attempt: attempt) }
            return clock.now.offset
        }
        for _ in 0..<4 {
            try await clock.waitForSleepers(1)
            clock.advanceToNextDeadline()
        }
        #expect(try await value <= .seconds(1 + 2 + 3 + 3))
    }

    @Test func `what is not worthwhile is not tried again`() async {
        let attempts = Counter()
        await #expect(throws: Failure(attempt: 2)) {
            try await retrying(.none, retries: 9, if: { $0 as? Failure == Failure(attempt: 1) }) {
                attempts.add(1)
                throw Failure(attempt: $0)
            }
        }
        #expect(attempts.value == 2)
    }

    @Test func `a cancellation is not tried again`() async {
        let attempts = Counter()
        await #expect(throws: CancellationError.self) {
            try await retrying(.none) { _ in
                attempts.add(1)
                throw CancellationError()
            }
        }
        #expect(attempts.value == 1)
    }

    @Test func `cancelling during a wait ends it`() async throws {
        let clock = ManualClock()
        let task = Task {
            try await retrying(Backoff(initial: .seconds(1)), clock: clock) {
                throw Failure(attempt: $0)
            }
        }
        try await clock.waitForSleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleeperCount == 0)
    }
}
