import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct EventLoopTests {
    @Test func `ten thousand tasks run on one thread and none is lost`() async {
        let loop = TuttiNIO.EventLoop()
        let ended = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
            for _ in 0..<10_000 {
                group.addTask(executorPreference: loop) {
                    let before = loop.nioLoop.inEventLoop
                    await Task.yield()
                    return before && loop.nioLoop.inEventLoop
                }
            }
            var ended = 0
            for await stayed in group where stayed { ended += 1 }
            return ended
        }
        #expect(ended == 10_000)
        await loop.shutdown()
    }

    @Test func `tasks that yield take turns`() async {
        let loop = TuttiNIO.EventLoop()
        let order = NIOLockedValueBox<[Int]>([])
        // Both are made on the loop, so neither runs before the other exists.
        await withTaskExecutorPreference(loop) {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        for _ in 0..<100 {
                            order.withLockedValue { $0.append(number) }
                            await Task.yield()
                        }
                    }
                }
            }
        }
        #expect(
            order.withLockedValue { $0 } == Array(repeating: [0, 1, 2], count: 100).flatMap(\.self))
        await loop.shutdown()
    }

    @Test func `jobs from many threads at once all run`() async {
        let loop = TuttiNIO.EventLoop()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 4)
        let ran = NIOLockedValueBox(0)
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<4 {
                let producer = group.next()
                tasks.addTask {
                    let made = producer.submit {
                        (0..<2000).map { _ in
                            Task(executorPreference: loop) {
                                ran.withLockedValue { $0 += 1 }
                            }
                        }
                    }
                    guard let made = try? await made.get() else { return }
                    for task in made { await task.value }
                }
            }
        }
        #expect(ran.withLockedValue { $0 } == 8000)
        try? await group.shutdownGracefully()
        await loop.shutdown()
    }

    @Test func `a continuation that NIO resumes comes back to the same thread`() async throws {
        let loop = TuttiNIO.EventLoop()
        let stayed = try await withTaskExecutorPreference(loop) {
            let promise = loop.nioLoop.makePromise(of: Int.self)
            loop.nioLoop.execute { promise.succeed(7) }
            let value = try await promise.futureResult.get()
            return value == 7 && loop.nioLoop.inEventLoop
        }
        #expect(stayed)
        await loop.shutdown()
    }

    @Test func `a job runs on the loop whoever asks`() async throws {
        #expect(try await TuttiNIO.EventLoop.shared.run(ThreadQuestion()))
        #expect(try await askFromMainActor())
        #expect(try await TuttiNIO.EventLoop.shared.run(Failing()) == nil)
    }

    @MainActor private func askFromMainActor() async throws -> Bool {
        try await TuttiNIO.EventLoop.shared.run(ThreadQuestion())
    }

    @Test func `the error of a job reaches its caller`() async {
        await #expect(throws: Failing.Reason.self) {
            try await TuttiNIO.EventLoop.shared.run(Failing(fails: true))
        }
    }

    @Test func `a loop can be made on the thread of another`() async {
        let outer = TuttiNIO.EventLoop()
        let inner = await withTaskExecutorPreference(outer) { TuttiNIO.EventLoop() }
        #expect(await withTaskExecutorPreference(inner) { inner.nioLoop.inEventLoop })
        await inner.shutdown()
        await outer.shutdown()
    }

    @Test func `it says what it is`() {
        let loop: TuttiNIO.EventLoop = .eventLoop
        #expect(loop === TuttiNIO.EventLoop.shared)
        #expect(loop.name == "event-loop")
        #expect(loop.capacity == nil)
        #expect(loop.taskExecutor as? TuttiNIO.EventLoop === loop)
    }

    @Test func `a job is told when its caller is cancelled`() async {
        let task = Task { try await TuttiNIO.EventLoop.shared.run(Endless()) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

/// Waits for an hour, or until it is cancelled.
private struct Endless: Job {
    func run() async throws -> Bool {
        try await TuttiNIO.EventLoop.shared.sleep(for: .seconds(3600))
        return true
    }
}

/// Answers whether it runs on the thread of the shared loop.
private struct ThreadQuestion: Job {
    func run() async throws -> Bool {
        await Task.yield()
        return TuttiNIO.EventLoop.shared.nioLoop.inEventLoop
    }
}

private struct Failing: Job {
    struct Reason: Error {}
    var fails = false

    func run() async throws -> Int? {
        if fails { throw Reason() }
        return nil
    }
}
