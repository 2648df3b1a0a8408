import NIOConcurrencyHelpers
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct SleepTests {
    @Test func `a sleep lasts as long as it should, on the loop and elsewhere`() async throws {
        let loop = TuttiNIO.EventLoop.shared
        for preference in [loop, nil] as [TuttiNIO.EventLoop?] {
            let began = MonotonicClock.nanoseconds
            try await withTaskExecutorPreference(preference) {
                try await loop.sleep(for: .milliseconds(5))
            }
            #expect(MonotonicClock.nanoseconds - began >= 5_000_000)
        }
    }

    @Test func `a sleep of no time ends, and so does a negative one`() async throws {
        try await TuttiNIO.EventLoop.shared.sleep(for: .zero)
        try await TuttiNIO.EventLoop.shared.sleep(for: .seconds(-1))
    }

    @Test func `shorter sleeps end first whatever their order`() async throws {
        let loop = TuttiNIO.EventLoop()
        let order = NIOLockedValueBox<[Int]>([])
        try await withTaskExecutorPreference(loop) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in [3, 1, 2] {
                    group.addTask {
                        try await loop.sleep(for: .milliseconds(number * 20))
                        order.withLockedValue { $0.append(number) }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(order.withLockedValue { $0 } == [1, 2, 3])
        await loop.shutdown()
    }

    @Test func `a thousand cancelled sleeps leave nothing behind`() async throws {
        let loop = TuttiNIO.EventLoop()
        let tasks = (0..<1000).map { _ in
            Task(executorPreference: loop) { try await loop.sleep(for: .seconds(3600)) }
        }
        for task in tasks { task.cancel() }
        for task in tasks {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(await withTaskExecutorPreference(loop) { loop.sleeperCount } == 0)
        await loop.shutdown()
    }

    @Test func `a task that was cancelled before does not lie down`() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await TuttiNIO.EventLoop.shared.sleep(for: .seconds(3600))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
