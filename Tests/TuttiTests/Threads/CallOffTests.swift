import Glibc
import Testing

@testable import Tutti

/// Calls that are cancelled while they wait for a thread.
@Suite(.timeLimit(.minutes(5))) struct CallOffTests {
    /// A pool whose only thread is taken until the end of `body`.
    private func withFullPool(_ body: (ThreadPool) async throws -> Void) async throws {
        let pool = ThreadPool(maximum: 1)
        let (begun, end) = (AsyncStream<Void>.makeStream(), Parker())
        let blocker = Task {
            await pool.run {
                begun.continuation.finish()
                end.park()
            }
        }
        for await _ in begun.stream {}
        defer { end.unpark() }
        try await body(pool)
        end.unpark()
        await blocker.value
    }

    private func waitUntilQueued(_ count: Int, in pool: ThreadPool) async {
        while pool.queuedCount < count { await Task.yield() }
    }

    @Test func `a call that waits throws at once when it is cancelled and never runs`()
        async throws
    {
        let ran = Counter()
        try await withFullPool { pool in
            let call = Task { try await pool.run { () throws in _ = ran.add(1) } }
            await waitUntilQueued(1, in: pool)
            call.cancel()
            // The thread is still taken.
            await #expect(throws: CancellationError.self) { try await call.value }
            #expect(pool.queuedCount == 0)
        }
        #expect(ran.value == 0)
    }

    @Test func `a task that was cancelled before does not come to the pool`() async throws {
        let ran = Counter()
        try await withFullPool { pool in
            let call = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await pool.run { () throws in _ = ran.add(1) }
            }
            await #expect(throws: CancellationError.self) { try await call.value }
            let job = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await pool.run(Counting(counter: ran))
            }
            await #expect(throws: CancellationError.self) { try await job.value }
        }
        #expect(ran.value == 0)
    }

    @Test func `a job that waits is called off as well`() async throws {
        let ran = Counter()
        try await withFullPool { pool in
            let job = Task { try await pool.run(Counting(counter: ran)) }
            await waitUntilQueued(1, in: pool)
            job.cancel()
            await #expect(throws: CancellationError.self) { try await job.value }
        }
        #expect(ran.value == 0)
    }

    @Test func `a thousand calls are called off and leave nothing behind`() async throws {
        let ran = Counter()
        try await withFullPool { pool in
            let calls = (0..<1000).map { _ in
                Task { try await pool.run { () throws in _ = ran.add(1) } }
            }
            await waitUntilQueued(1000, in: pool)
            for call in calls { call.cancel() }
            for call in calls {
                await #expect(throws: CancellationError.self) { try await call.value }
            }
            #expect(pool.queuedCount == 0)
        }
        #expect(ran.value == 0)
    }

    @Test func `a body that cannot throw a cancellation waits its turn and runs`() async throws {
        let ran = Counter()
        var calls: [Task<Void, Never>] = []
        try await withFullPool { pool in
            let silent = Task { await pool.run { _ = ran.add(1) } }
            let typed = Task {
                do {
                    try await pool.run { () throws(SystemError) in _ = ran.add(1) }
                } catch { Issue.record("\(error)") }
            }
            await waitUntilQueued(2, in: pool)
            silent.cancel()
            typed.cancel()
            calls = [silent, typed]
        }
        for call in calls { await call.value }
        #expect(ran.value == 2)
    }

    @Test func `a call that has begun is not called off but told`() async throws {
        let pool = ThreadPool()
        let (begun, end) = (AsyncStream<Void>.makeStream(), Parker())
        let call = Task {
            try await pool.run { () throws in
                begun.continuation.finish()
                end.park()
                return Task.isCancelled
            }
        }
        for await _ in begun.stream {}
        call.cancel()
        end.unpark()
        #expect(try await call.value)
    }

    @TaskLocal private static var word = ""

    @Test func `a body sees the values of its task`() async throws {
        let word = try await Self.$word.withValue("here") {
            try await ThreadPool.shared.run { () throws in Self.word }
        }
        #expect(word == "here")
    }

    @Test func `cancellations that race with the start lose no call`() async {
        let pool = ThreadPool()
        let (ran, calledOff) = (Counter(), Counter())
        await withTaskGroup { group in
            for _ in 0..<2000 {
                group.addTask {
                    let call = Task {
                        do {
                            try await pool.run { () throws in _ = ran.add(1) }
                        } catch { calledOff.add(1) }
                    }
                    await Task.yield()
                    call.cancel()
                    await call.value
                }
            }
        }
        #expect(ran.value + calledOff.value == 2000)
        #expect(pool.queuedCount == 0)
    }
}

private struct Counting: Job {
    let counter: Counter

    init(counter: Counter) { self.counter = counter }
    init(from decoder: any Decoder) throws { throw CancellationError() }
    func encode(to encoder: any Encoder) throws {}

    func run() async throws -> Int { counter.add(1) }
}
