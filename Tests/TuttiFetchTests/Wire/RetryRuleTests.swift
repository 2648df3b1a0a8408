import Testing
import Tutti

@testable import TuttiFetch

@Suite struct RetryRuleTests {
    private let rule: RetryRule = {
        var configuration = FetchConfiguration()
        configuration.retries = 2
        configuration.backoff = Backoff(initial: .seconds(1), maximum: .seconds(10))
        configuration.longestPause = .seconds(60)
        return RetryRule(configuration)
    }()

    @Test func `what may pass is tried again, each time later`() {
        let error = FetchError.cutShort(receivedBytes: 5)
        #expect(
            rule.verdict(on: error, attempts: 1, pause: nil)
                == .retry(atLeast: .zero, ceiling: .seconds(1)))
        #expect(
            rule.verdict(on: error, attempts: 2, pause: nil)
                == .retry(atLeast: .zero, ceiling: .seconds(2)))
        #expect(rule.verdict(on: error, attempts: 3, pause: nil) == .giveUp(error))
    }

    @Test(arguments: [
        FetchError.status(404, reason: "Not Found"), .tooManyRedirects(10), .cancelled,
        .notSecure(host: "a", reason: "b"), .wrongChecksum(expected: "a", found: "b"),
        .hostNotFound(host: "a", reason: "b", isTemporary: false),
    ])
    func `what stays as it is is not`(error: FetchError) {
        #expect(rule.verdict(on: error, attempts: 1, pause: nil) == .giveUp(error))
    }

    @Test func `a server that says when is asked then`() {
        let error = FetchError.status(503, reason: "Service Unavailable")
        #expect(
            rule.verdict(on: error, attempts: 1, pause: .seconds(30))
                == .retry(atLeast: .seconds(30), ceiling: .zero))
        #expect(
            rule.verdict(on: error, attempts: 1, pause: .seconds(61))
                == .giveUp(.askedToWait(.seconds(61))))
    }
}
