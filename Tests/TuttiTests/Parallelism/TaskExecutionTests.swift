import Testing

@testable import Tutti

/// Whether the calling thread is one of the pool's own.
private func isOnThread(of pool: ForkJoinPool) -> Bool {
    guard let worker = Worker.current else { return false }
    return worker.pointee.isThread && worker.pointee.scheduler === pool.scheduler
}

private struct Square: Job {
    let number: Int
    func run() async throws -> Int { number * number }
}

/// Says whether it ran on a thread of any pool, before and after it waited.
private struct Whereabouts: Job {
    func run() async throws -> [Bool] {
        let before = Worker.current?.pointee.isThread ?? false
        await Task.yield()
        return [before, Worker.current?.pointee.isThread ?? false]
    }
}

private struct Failing: Job {
    struct Failure: Error, Equatable {}
    func run() async throws -> Int { throw Failure() }
}

@Suite(.timeLimit(.minutes(5))) struct TaskExecutionTests {
    @Test(arguments: [1, 2, 4])
    func `tasks run on the threads of their pool, also after they waited`(width: Int) async {
        let pool = ForkJoinPool(width: width)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask(executorPreference: pool) {
                    let before = isOnThread(of: pool)
                    await Task.yield()
                    return before && isOnThread(of: pool)
                }
            }
            for await wasThere in group { #expect(wasThere) }
        }
    }

    @Test(arguments: [1, 2, 3])
    func `ten thousand tasks that start tasks all run once`(width: Int) async {
        let pool = ForkJoinPool(width: width)
        let tally = Tally(10_000)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<5_000 {
                group.addTask(executorPreference: pool) {
                    tally.count(number)
                    async let other: Void = tally.count(5_000 + number)
                    await other
                }
            }
        }
        #expect(tally.eachIsOne)
    }

    @Test func `a task that waits leaves its thread to others`() async {
        let pool = ForkJoinPool(width: 1)
        let (stream, gate) = AsyncStream.makeStream(of: Int.self)
        let waiting = Task(executorPreference: pool) {
            var sum = 0
            for await number in stream { sum += number }
            return sum
        }
        // Run on the only thread, while the first one waits there.
        for number in 1...10 {
            await Task(executorPreference: pool) { _ = gate.yield(number) }.value
        }
        gate.finish()
        #expect(await waiting.value == 55)
    }

    @Test func `a task from outside gets its turn while others keep the pool busy`() async {
        let pool = ForkJoinPool(width: 1)
        let stop = Counter()
        let busy = Task(executorPreference: pool) {
            while stop.value == 0 { await Task.yield() }
        }
        await Task(executorPreference: pool) { _ = stop.add(1) }.value
        await busy.value
        #expect(stop.value == 1)
    }

    @Test func `a caller gets its turn while tasks keep the pool busy`() async {
        let pool = ForkJoinPool(width: 1)
        let stop = Counter()
        let busy = Task(executorPreference: pool) {
            while stop.value == 0 { await Task.yield() }
        }
        withThreads(3) { _ in
            for _ in 0..<20 { _ = pool.join({ 1 }, { 2 }) }
            stop.add(1)
        } meanwhile: {
        }
        await busy.value
        #expect(stop.value == 3)
    }

    @Test func `tasks join on the thread that they run on`() async {
        let pool = ForkJoinPool(width: 2)
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask(executorPreference: pool) {
                    let (here, a) = join({ Worker.current?.pointee.isThread }, { number })
                    return here == true ? a : 0
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 199 * 100)
    }

    @Test func `a task whose pool was shut down goes on elsewhere`() async {
        let pool = ForkJoinPool(width: 2)
        let (stream, gate) = AsyncStream.makeStream(of: Int.self)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task(executorPreference: pool) {
            start.finish()
            var sum = 0
            for await number in stream { sum += number }
            return sum
        }
        for await _ in started {}
        pool.shutdown()
        gate.yield(4)
        gate.finish()
        #expect(await task.value == 4)
    }

    @MainActor
    @Test func `jobs run on the pool whatever actor asks`() async throws {
        let pool = ForkJoinPool(width: 2)
        #expect(try await pool.run(Square(number: 9)) == 81)
        let places = try await pool.run(Whereabouts())
        #expect(places == [true, true])
        await #expect(throws: Failing.Failure()) { try await pool.run(Failing()) }
    }

    @Test func `cores are the shared pool`() {
        func check(_ executor: some JobExecutor) {
            #expect(executor.name == "cores")
            #expect(executor.capacity == Processors.usable.count)
            #expect(executor.taskExecutor as AnyObject === ForkJoinPool.shared)
        }
        check(.cores)
    }
}
