import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
    private struct Failure: Error {}

    @Test func `a body in time gives its value`() async throws {
        #expect(try await withTimeout(.seconds(60)) { 7 } == 7)
    }

    @Test func `a body's error passes through`() async {
        await #expect(throws: Failure.self) {
            try await withTimeout(.seconds(60)) { throw Failure() }
        }
    }

    @Test func `a body that takes too long is cancelled and awaited`() async {
        let ended = Locked(false)
        await #expect(throws: TimeoutError(limit: .milliseconds(5))) {
            try await withTimeout(.milliseconds(5)) {
                defer { ended.withLock { $0 = true } }
                try await Task.sleep(for: .seconds(600))
            }
        }
        #expect(ended.withLock { $0 })
    }

    @Test func `cancelling the caller cancels the body, which has the last word`() async throws {
        let task = Task {
            try await withTimeout(.seconds(600)) {
                do { try await Task.sleep(for: .seconds(600)) } catch { return "told" }
                return "slept"
            }
        }
        task.cancel()
        #expect(try await task.value == "told")
    }
}
