import NIOConcurrencyHelpers
import NIOCore
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct YieldTests {
    @Test func `tasks that yield to the loop take turns`() async {
        let loop = TuttiNIO.EventLoop()
        let order = NIOLockedValueBox<[Int]>([])
        await withTaskExecutorPreference(loop) {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        for _ in 0..<100 {
                            order.withLockedValue { $0.append(number) }
                            await loop.yield()
                        }
                    }
                }
            }
        }
        #expect(
            order.withLockedValue { $0 } == Array(repeating: [0, 1, 2], count: 100).flatMap(\.self))
        await loop.shutdown()
    }

    @Test func `both kinds of yield make way for each other`() async {
        let loop = TuttiNIO.EventLoop()
        // They spin until each kind has been there, in a crowd larger than a slice.
        let turns = NIOLockedValueBox([0, 0])
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<1000 {
                group.addTask(executorPreference: loop) {
                    let kind = number % 2
                    while turns.withLockedValue({ turns in turns.contains { $0 < 1000 } }) {
                        turns.withLockedValue { $0[kind] += 1 }
                        if kind == 0 { await loop.yield() } else { await Task.yield() }
                    }
                }
            }
        }
        #expect(turns.withLockedValue { $0.allSatisfy { $0 >= 1000 } })
        await loop.shutdown()
    }

    @Test func `an echo keeps answering while tasks yield to the loop`() async throws {
        let loop = TuttiNIO.EventLoop()
        let isOver = NIOLockedValueBox(false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: loop) {
                    while !isOver.withLockedValue({ $0 }) { await loop.yield() }
                }
            }
            // Comes through the selector and a timer.
            for _ in 0..<10 { try await loop.sleep(for: .milliseconds(1)) }
            isOver.withLockedValue { $0 = true }
        }
        await loop.shutdown()
        #expect(isOver.withLockedValue { $0 })
    }

    @Test func `a yield elsewhere than on the loop yields there`() async {
        let loop = TuttiNIO.EventLoop()
        await loop.yield()
        #expect(!loop.nioLoop.inEventLoop)
        await loop.shutdown()
        await loop.yield()
    }

    @Test func `those that yield when the loop ends go on elsewhere`() async {
        let loop = TuttiNIO.EventLoop()
        let ended = NIOLockedValueBox(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: loop) {
                    for _ in 0..<50 { await loop.yield() }
                    ended.withLockedValue { $0 += 1 }
                }
            }
            await loop.shutdown()
        }
        #expect(ended.withLockedValue { $0 } == 1000)
    }
}
