import NIOConcurrencyHelpers
import NIOCore
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct ShutdownTests {
    @Test func `a loop can be shut down from a task of its own`() async {
        let loop = TuttiNIO.EventLoop()
        let left = await withTaskExecutorPreference(loop) {
            await loop.shutdown()
            return !loop.nioLoop.inEventLoop
        }
        #expect(left)
    }

    @Test func `a loop can be shut down twice, and by two at once`() async {
        let loop = TuttiNIO.EventLoop()
        async let first: Void = loop.shutdown()
        async let second: Void = loop.shutdown()
        _ = await (first, second)
        await loop.shutdown()
    }

    @Test func `tasks go on elsewhere when their loop ends`() async {
        let loop = TuttiNIO.EventLoop()
        let ended = NIOLockedValueBox(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: loop) {
                    for _ in 0..<50 { await Task.yield() }
                    ended.withLockedValue { $0 += 1 }
                }
            }
            await loop.shutdown()
        }
        #expect(ended.withLockedValue { $0 } == 1000)
        // And those that come later never knew it.
        await Task(executorPreference: loop) {}.value
    }

    @Test func `sleepers are woken with the reason`() async {
        let loop = TuttiNIO.EventLoop()
        let asleep = (0..<10).map { _ in
            Task(executorPreference: loop) { try await loop.sleep(for: .seconds(3600)) }
        }
        // Comes after the tasks above in the queue of the loop: now they sleep.
        await Task(executorPreference: loop) {}.value
        await loop.shutdown()
        for task in asleep {
            await #expect(throws: TuttiNIO.EventLoop.Failure.shutDown) { try await task.value }
        }
        await #expect(throws: TuttiNIO.EventLoop.Failure.shutDown) {
            try await loop.sleep(for: .zero)
        }
    }

    @Test func `the shared loop cannot be shut down`() async {
        await #expect(processExitsWith: .failure) {
            await TuttiNIO.EventLoop.shared.shutdown()
        }
    }
}
