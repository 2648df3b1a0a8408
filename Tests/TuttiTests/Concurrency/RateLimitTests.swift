import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct RateLimitTests {
    private static let second: UInt64 = 1_000_000_000

    @Test(arguments: [1, 3, 7, 1000], [1, 2, 10])
    func `so many pass a second, and a burst at once`(count: Int, burst: Int) {
        var bucket = TokenBucket(count: count, period: Self.second, burst: burst)
        let start: UInt64 = 77
        for _ in 0..<burst {
            let wait = bucket.take(at: start)
            #expect(wait == nil)
        }
        var now = start
        for number in 1...3 * count {
            guard let next = bucket.take(at: now) else {
                Issue.record("Token \(number) came too early.")
                return
            }
            let exact = Double(start) + Double(number) * 1e9 / Double(count)
            // Rounded up to a whole nanosecond each time.
            #expect((exact - 1...exact + Double(number) + 1).contains(Double(next)))
            now = next
            let wait = bucket.take(at: now)
            #expect(wait == nil)
        }
    }

    @Test func `a pause fills the bucket up to its depth and no further`() {
        var bucket = TokenBucket(count: 10, period: Self.second, burst: 4)
        let later = 100 * Self.second
        for _ in 0..<4 {
            let wait = bucket.take(at: later)
            #expect(wait == nil)
        }
        let wait = bucket.take(at: later)
        #expect(wait == later + Self.second / 10)
    }

    @Test func `waiting tasks pass in time and in order`() async throws {
        let limit = RateLimit(200, per: .seconds(1), burst: 3)
        let start = MonotonicClock.nanoseconds
        try await (0..<23).concurrentForEach(limit: 23) { _ in try await limit.wait() }
        // 20 of them have to wait 5 ms each.
        #expect(MonotonicClock.nanoseconds - start >= 99_000_000)
    }

    @Test func `a cancelled task leaves the line`() async throws {
        let limit = RateLimit(1, per: .seconds(600))
        try await limit.wait()
        let tasks = (0..<5).map { _ in Task { try await limit.wait() } }
        for task in tasks { task.cancel() }
        for task in tasks {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func `a rate of nothing stops with a sentence`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = RateLimit(0)
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("lets nobody pass"))
    }
}
