import Testing
import TuttiTesting

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct RaceTests {
    private struct Failure: Error, Equatable { let number: Int }

    private static let never: @Sendable () async throws -> Int = {
        try await MonotonicClock().sleep(for: .seconds(600))
        return 0
    }

    @Test func `the first that ends wins and the others are cancelled and awaited`() async throws {
        let latch = Latch()
        let ended = Counter()
        let loser: @Sendable () async throws -> Int = {
            defer { ended.add(1) }
            latch.open()
            return try await Self.never()
        }
        let winner: @Sendable () async throws -> Int = {
            try await latch.waitUntilOpen()
            return 7
        }
        #expect(try await race([loser, winner, loser]) == 7)
        #expect(ended.value == 2)
    }

    @Test func `an error that comes first wins`() async {
        await #expect(throws: Failure(number: 1)) {
            try await race(Self.never, { throw Failure(number: 1) })
        }
    }

    @Test func `for the first value errors do not count`() async throws {
        let latch = Latch()
        let loser: @Sendable () async throws -> Int = {
            latch.open()
            throw Failure(number: 1)
        }
        let winner: @Sendable () async throws -> Int = {
            try await latch.waitUntilOpen()
            return 5
        }
        let value = try await race([loser, winner, Self.never], until: .firstValue)
        #expect(value == 5)
    }

    @Test func `when all fail one of their errors is thrown`() async {
        let latch = Latch()
        let late: @Sendable () async throws -> Int = {
            try await latch.waitUntilOpen()
            throw Failure(number: 1)
        }
        let early: @Sendable () async throws -> Int = {
            defer { latch.open() }
            throw Failure(number: 2)
        }
        // Which end is seen first is the scheduler's affair: the latch opens before the first is told.
        await #expect(throws: Failure.self) { try await race([late, early], until: .firstValue) }
    }

    @Test func `cancelling the caller cancels all`() async {
        let task = Task { try await race(Self.never, Self.never) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a race without runners stops with a sentence`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let nobody: [@Sendable () async throws -> Int] = []
            _ = try await race(nobody)
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("give at least one body"))
    }
}
