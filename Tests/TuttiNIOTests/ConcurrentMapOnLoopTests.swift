import NIOCore
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct ConcurrentMapOnLoopTests {
    @Test(arguments: [Policy.Limit.automatic, 1, 7])
    func `many elements at once stay on the loop that their caller prefers`(
        limit: Policy.Limit
    ) async throws {
        let loop = TuttiNIO.EventLoop()
        let stayed = try await loop.perform {
            try await (0..<200).concurrentMap(limit: limit) { _ in
                let before = loop.nioLoop.inEventLoop
                try await loop.sleep(for: .microseconds(10))
                return before && loop.nioLoop.inEventLoop
            }
        }
        #expect(stayed == Array(repeating: true, count: 200))
        await loop.shutdown()
    }
}
