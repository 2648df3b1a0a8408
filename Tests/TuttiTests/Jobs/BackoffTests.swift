import Testing

@testable import Tutti

@Suite struct BackoffTests {
    @Test func `the ceiling doubles up to the maximum`() {
        let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(1))
        let ceilings = (1...6).map { backoff.ceiling(beforeRetry: $0) }
        #expect(ceilings == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        #expect(backoff.ceiling(beforeRetry: .max) == .seconds(1))
        #expect(backoff.ceiling(beforeRetry: 0) == .milliseconds(100))
    }

    @Test func `a wait lies between zero and the ceiling`() {
        let backoff = Backoff(initial: .milliseconds(10), maximum: .seconds(1))
        for retry in 1...20 {
            let wait = backoff.wait(beforeRetry: retry)
            #expect(wait >= .zero)
            #expect(wait <= backoff.ceiling(beforeRetry: retry))
        }
    }

    @Test func `none waits for nothing, however often`() {
        #expect(Backoff.none.ceiling(beforeRetry: 40) == .zero)
        #expect(Backoff(initial: .seconds(-1), maximum: .seconds(-2)) == .none)
    }

    @Test func `a policy with senseless numbers traps`() async {
        await #expect(processExitsWith: .failure) { _ = Policy(limit: 0) }
        await #expect(processExitsWith: .failure) { _ = Policy(retries: -1) }
        await #expect(processExitsWith: .failure) { _ = Policy(timeout: .zero) }
        await #expect(processExitsWith: .failure) { _ = Policy(onError: .stopAfter(0)) }
    }
}
