import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

@Suite(.timeLimit(.minutes(5))) struct ParallelForTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 9, 10, 11, 19, 20, 21, 1000, 100_000])
    func `each index comes in exactly one chunk`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        for grain in [Grain.automatic, 1, 10] {
            let tally = Tally(size)
            pool.parallelFor(-3..<size - 3, grain: grain) { chunk in
                for index in chunk { tally.count(index + 3) }
            }
            #expect(tally.eachIsOne)
        }
    }

    @Test(arguments: [0, 1, 6, 7, 8, 13, 14, 15, 1000])
    func `no chunk is smaller than the grain unless there is less in all`(size: Int) {
        let pool = ForkJoinPool(width: 3)
        let small = Counter()
        pool.parallelFor(0..<size, grain: 7) { chunk in
            if chunk.count < min(7, size) { small.add(1) }
        }
        #expect(small.value == 0)
    }

    @Test func `loops may be nested`() {
        let pool = ForkJoinPool(width: 3)
        let tally = Tally(40 * 40)
        pool.parallelFor(0..<40, grain: 1) { rows in
            for row in rows {
                pool.parallelFor(0..<40, grain: 1) { columns in
                    for column in columns { tally.count(row * 40 + column) }
                }
            }
        }
        #expect(tally.eachIsOne)
    }

    @Test(arguments: [1, 2, 3])
    func `an error at any index comes out and the rest is not begun`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for bad in 0..<100 {
            let tally = Tally(100)
            #expect(throws: Failure(index: bad)) {
                try pool.parallelFor(0..<100, grain: 1) { chunk throws(Failure) in
                    for index in chunk {
                        tally.count(index)
                        if index == bad { throw Failure(index: bad) }
                    }
                }
            }
            #expect(tally.counts.allSatisfy { $0 <= 1 })
            #expect(tally.counts[bad] == 1)
        }
    }

    @Test func `with one worker nothing runs after the error`() {
        let pool = ForkJoinPool(width: 1)
        let last = Counter()
        #expect(throws: Failure(index: 500)) {
            try pool.parallelFor(0..<1000, grain: 1) { chunk throws(Failure) in
                for index in chunk {
                    last.add(1)
                    if index == 500 { throw Failure(index: 500) }
                }
            }
        }
        #expect(last.value == 501)
    }

    @Test func `when all chunks fail one error comes out`() {
        let pool = ForkJoinPool(width: 3)
        for _ in 0..<100 {
            #expect(throws: Failure.self) {
                try pool.parallelFor(0..<100, grain: 1) { chunk throws(Failure) in
                    throw Failure(index: chunk.lowerBound)
                }
            }
        }
    }

    @Test func `a loop that can throw it ends with CancellationError when its task is cancelled`()
        async
    {
        let pool = ForkJoinPool(width: 2)
        let begun = Counter()
        let (running, goOn) = (Parker(), Parker())
        let task = Task {
            try await pool.run { () throws in
                try pool.parallelFor(0..<1000, grain: 1) { (_: Range<Int>) throws in
                    if begun.add(1) == 1 {
                        running.unpark()
                        goOn.park()
                    }
                    try Task.checkCancellation()
                    busy(10_000)
                }
            }
        }
        await ThreadPool.shared.run { running.park() }
        task.cancel()
        goOn.unpark()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(begun.value < 1000)
    }

    @Test func `a loop that cannot throw it goes on when its task is cancelled`() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            let tally = Tally(1000)
            parallelFor(0..<1000, grain: 1) { $0.forEach(tally.count) }
            return tally.eachIsOne
        }
        #expect(await task.value)
    }
}
