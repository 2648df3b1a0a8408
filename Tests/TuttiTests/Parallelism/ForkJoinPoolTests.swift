import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(3))) struct ForkJoinPoolTests {
    @Test func `a closure of any shape can be called by its two words`() {
        // Guards NonescapingClosure: captures of no word, one word, many words, by reference.
        var text = "a"
        let (small, big) = (7, [1, 2, 3])
        func call(_ body: () -> Void) { NonescapingClosure(body)() }
        call {}
        call { text += "b" }
        call { text += String(small) }
        call { text += String(small + big.count) + String(describing: big) }
        let escaping: @Sendable () -> Void = { busy(small) }
        call(escaping)
        #expect(text == "ab710[1, 2, 3]")
    }

    @Test func `thousands of rounds lose no wake-up`() {
        let pool = ForkJoinPool(width: 2)
        let (ping, pong) = (Parker(), Parker())
        for _ in 0..<5_000 {
            // Each half waits for the other: without a second thread this would never end.
            _ = pool.join(
                {
                    ping.unpark()
                    pong.park()
                },
                {
                    ping.park()
                    pong.unpark()
                })
        }
        #expect(pool.join({ 1 }, { 2 }) == (1, 2))
    }

    @Test(arguments: [1, 2, 3, 5, 8])
    func `all threads of a pool come when there is something for each`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for _ in 0..<200 {
            // Heavy elements, as many as workers: all of them run at once, or this never ends.
            let barrier = Barrier(width)
            let tally = Tally(width)
            pool.parallelFor(0..<width, grain: 1) { chunk in
                for index in chunk {
                    barrier.wait(at: index)
                    tally.count(index)
                }
            }
            #expect(tally.eachIsOne)
        }
    }

    @Test func `a thousand pools made, used and dropped leave no thread`() {
        let before = threadCount()
        for number in 0..<1000 {
            let pool = ForkJoinPool(width: 1 + number % 3)
            if number % 2 == 0 { _ = pool.join({ 1 }, { 2 }) }
            if number % 5 == 0 { pool.shutdown() }
        }
        // Others start threads meanwhile, but not thousands.
        #expect(threadCount() < before + 500)
    }

    @Test func `after the shutdown calls run on their caller`() {
        let pool = ForkJoinPool(width: 3)
        #expect(pool.join({ 1 }, { 2 }) == (1, 2))
        pool.shutdown()
        pool.shutdown()
        let caller = Thread.currentID
        let (a, b) = pool.join({ Thread.currentID }, { Thread.currentID })
        #expect(a == caller)
        #expect(b == caller)
        let indices = Tally(100)
        pool.parallelFor(0..<100) { $0.forEach(indices.count) }
        #expect(indices.eachIsOne)
    }

    @Test func `a pool that its last task lets go ends on its own thread`() async {
        for _ in 0..<200 {
            let done = await Task(executorPreference: ForkJoinPool(width: 2)) { 1 }.value
            #expect(done == 1)
        }
    }

    @Test func `a shutdown from inside is a trap with a sentence`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            let pool = ForkJoinPool(width: 2)
            _ = pool.join({ pool.shutdown() }, {})
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("call it from outside"))
    }

    @Test func `a shutdown from inside, below a call to another pool, is a trap`() async {
        await #expect(processExitsWith: .failure) {
            let (pool, other) = (ForkJoinPool(width: 2), ForkJoinPool(width: 1))
            _ = pool.join({ other.join({ pool.shutdown() }, {}) }, {})
        }
    }

    @Test func `a shutdown of the shared pool is a trap`() async {
        await #expect(processExitsWith: .failure) { ForkJoinPool.shared.shutdown() }
    }

    @Test func `a width or a grain below 1 is a trap`() async {
        await #expect(processExitsWith: .failure) { _ = ForkJoinPool(width: 0) }
        await #expect(processExitsWith: .failure) { parallelFor(0..<10, grain: 0) { _ in } }
    }

    @Test func `the shared pool is as wide as there are processors`() {
        #expect(ForkJoinPool.shared.width == Processors.usable.count)
    }
}

/// The number of threads of this process.
private func threadCount() -> Int {
    let status = readTextFile("/proc/self/status") ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Threads:") }
    return line.flatMap { Int($0.split(whereSeparator: \.isWhitespace)[1]) } ?? 0
}
