import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

@Suite(.timeLimit(.minutes(5))) struct ParallelFirstIndexTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 63, 64, 65, 127, 128, 129, 1000, 70_000])
    func `the results are those of the serial searches`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        var numbers = [Int](repeating: 0, count: size)
        #expect(numbers.parallelFirstIndex(on: pool) { $0 == 1 } == nil)
        #expect(numbers.parallelFirst(on: pool) { $0 == 1 } == nil)
        #expect(!numbers.parallelContains(1, on: pool))
        #expect(!numbers.parallelContains(on: pool) { $0 == 1 })
        #expect(numbers.parallelAllSatisfy(on: pool) { $0 == 0 })
        for target in [0, 1, size / 3, size / 2, size - 2, size - 1] where 0..<size ~= target {
            numbers[target] = 1
            numbers[size - 1] = 1
            for grain in [Grain.automatic, 1, 50] {
                #expect(numbers.parallelFirstIndex(grain: grain, on: pool) { $0 == 1 } == target)
            }
            #expect(numbers.parallelFirst(on: pool) { $0 == 1 } == 1)
            #expect(numbers.parallelContains(1, on: pool))
            #expect(numbers.parallelContains(on: pool) { $0 == 1 })
            #expect(!numbers.parallelAllSatisfy(on: pool) { $0 == 0 })
            numbers[target] = 0
            numbers[size - 1] = 0
        }
    }

    @Test func `collections whose indices do not begin at 0 or that are not in one piece do`() {
        let slice = Array(0..<5000)[100..<4000]
        #expect(slice.parallelFirstIndex { $0 > 2000 } == 2001)
        #expect(slice.parallelFirstIndex { $0 == 99 || $0 == 4000 } == nil)
        let reversed = Array(0..<5000).reversed() as ReversedCollection<[Int]>
        #expect(reversed.parallelFirst { $0 < 1000 } == 999)
        #expect(reversed.parallelFirstIndex { $0 < 1000 } == reversed.firstIndex { $0 < 1000 })
        #expect((5..<5000).parallelFirst { $0 * $0 > 1_000_000 } == 1001)
        let texts = (0..<3000).map { "the number \($0) in a long text" }
        #expect(texts.parallelContains("the number 2999 in a long text"))
        #expect(texts.parallelFirst { $0.contains("1234") } == texts[1234])
    }

    @Test(arguments: [1, 2, 3, 8]) func `each element is asked about at most once`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for target in [0, 500, 29_999, 30_000] {
            let tally = Tally(30_000)
            let found = Array(0..<30_000).parallelFirstIndex(on: pool) {
                tally.count($0)
                return $0 == target
            }
            #expect(found == (target < 30_000 ? target : nil))
            #expect(tally.counts.allSatisfy { $0 <= 1 })
            #expect(tally.counts.prefix(target + 1).allSatisfy { $0 == 1 })
        }
    }

    @Test func `with one worker nothing begins behind the result`() {
        let pool = ForkJoinPool(width: 1)
        let asked = Counter()
        let found = (0..<100_000).parallelFirst(grain: 1, on: pool) {
            asked.add(1)
            return $0 == 5000
        }
        #expect(found == 5000)
        #expect(asked.value == 5001)
    }

    @Test(arguments: [1, 2, 3, 8]) func `whatever comes first decides, a match or an error`(
        width: Int
    ) throws {
        let pool = ForkJoinPool(width: width)
        for numbers in [Array(0..<300), Array(0..<3000)] {
            for (bad, good) in [(10, 200), (200, 10), (0, 1), (1, 0), (150, 151), (299, 298)] {
                let search = {
                    try numbers.parallelFirstIndex(grain: 1, on: pool) {
                        number throws(Failure) in
                        busy(20)
                        if number >= bad, number % 2 == bad % 2 { throw Failure(index: number) }
                        return number >= good
                    }
                }
                if bad < good {
                    #expect(throws: Failure(index: bad)) { try search() }
                } else {
                    #expect(try search() == good)
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3]) func `errors at any index keep nothing alive`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        do {
            let all = (0..<100).map { Counted($0, alive) }
            for bad in 0..<100 {
                #expect(throws: Failure(index: bad)) {
                    try all.parallelAllSatisfy(grain: 3, on: pool) { element throws(Failure) in
                        if element.number == bad { throw Failure(index: bad) }
                        return true
                    }
                }
            }
            withExtendedLifetime(all) { #expect(alive.value == 100) }
        }
        #expect(alive.value == 0)
    }

    @Test func `a search that can throw it ends with CancellationError when its task is cancelled`()
        async
    {
        let pool = ForkJoinPool(width: 2)
        let begun = Counter()
        let (running, goOn) = (Parker(), Parker())
        let task = Task {
            try await pool.run { () throws in
                try (0..<1000).parallelFirst(grain: 1, on: pool) { (_: Int) throws in
                    if begun.add(1) == 1 {
                        running.unpark()
                        goOn.park()
                    }
                    busy(10_000)
                    return false
                }
            }
        }
        await ThreadPool.shared.run { running.park() }
        task.cancel()
        goOn.unpark()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(begun.value < 1000)
    }

    @Test func `a search in a search in a task`() async {
        let found = await Task {
            (0..<50).parallelFirst(grain: 1) { row in
                (0..<50).parallelContains(grain: 1) { row * $0 == 49 * 30 }
            }
        }.value
        #expect(found == 30)
    }
}
