import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

private struct Large: Equatable, Sendable {
    var number: Int
    var others = (0, 1, 2, 3, 4, 5)

    static func == (a: Large, b: Large) -> Bool { a.number == b.number && a.others.5 == b.others.5 }
}

@Suite(.timeLimit(.minutes(5))) struct ParallelFilterTests {
    @Test(
        arguments: [1, 2, 3, 8],
        [0, 1, 2, 63, 64, 65, 1023, 1024, 1025, 65_535, 65_536, 65_537, 70_001])
    func `the result is that of the serial filter`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        var random = RandomVictims(seed: size)
        let numbers = (0..<size).map { _ in UInt32(random.next(below: 1000)) }
        for grain in [Grain.automatic, 1, 100] {
            let half = numbers.parallelFilter(grain: grain, on: pool) { $0 < 500 }
            #expect(half == numbers.filter { $0 < 500 })
        }
        #expect(numbers.parallelFilter(on: pool) { $0 < 3 } == numbers.filter { $0 < 3 })
        #expect(numbers.parallelFilter(on: pool) { $0 < 990 } == numbers.filter { $0 < 990 })
        #expect(numbers.parallelFilter(on: pool) { _ in true } == numbers)
        #expect(numbers.parallelFilter(on: pool) { _ in false } == [])
    }

    @Test(arguments: [1, 3]) func `long runs of kept and dropped elements keep their order`(
        width: Int
    ) {
        let pool = ForkJoinPool(width: width)
        let numbers = Array(0..<200_000)
        let result = numbers.parallelFilter(on: pool) { $0 / 1000 % 2 == 0 || $0 % 97 == 0 }
        #expect(result == numbers.filter { $0 / 1000 % 2 == 0 || $0 % 97 == 0 })
    }

    @Test func `large elements and strings are kept whole`() {
        let large = (0..<5000).map { Large(number: $0) }
        #expect(
            large.parallelFilter { $0.number % 3 == 1 } == large.filter { $0.number % 3 == 1 })
        let texts = (0..<5000).map { "the number \($0) in a long text" }
        #expect(
            texts.parallelFilter { $0.contains("7") } == texts.filter { $0.contains("7") })
    }

    @Test func `collections whose indices do not begin at 0 or that are not in one piece do`() {
        let slice = Array(0..<5000)[100..<4000]
        #expect(slice.parallelFilter { $0 % 2 == 0 } == slice.filter { $0 % 2 == 0 })
        let reversed = Array(0..<5000).reversed() as ReversedCollection<[Int]>
        #expect(reversed.parallelFilter { $0 % 2 == 0 } == reversed.filter { $0 % 2 == 0 })
        #expect(
            (5..<5000).parallelFilter { $0 % 5 == 0 } == Array(stride(from: 5, to: 5000, by: 5)))
    }

    @Test(arguments: [1, 2, 3, 8]) func `the predicate is asked once an element`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for size in [1000, 70_000] {
            let tally = Tally(size)
            _ = Array(0..<size).parallelFilter(on: pool) {
                tally.count($0)
                return $0 % 2 == 0
            }
            #expect(tally.eachIsOne)
        }
        let tally = Tally(1000)
        _ = (0..<1000).parallelFilter(grain: 7, on: pool) {
            tally.count($0)
            return $0 % 2 == 0
        }
        #expect(tally.eachIsOne)
    }

    @Test(arguments: [1, 2, 3]) func `an error at any index comes out and keeps nothing`(width: Int)
    {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        do {
            let all = (0..<100).map { Counted($0, alive) }
            for bad in 0..<100 {
                #expect(throws: Failure(index: bad)) {
                    try all.parallelFilter(grain: 3, on: pool) { element throws(Failure) in
                        if element.number == bad { throw Failure(index: bad) }
                        return true
                    }
                }
                #expect(alive.value == 100)
            }
            let even = all.parallelFilter(on: pool) { $0.number % 2 == 0 }
            #expect(even.map(\.number) == Array(stride(from: 0, to: 100, by: 2)))
        }
        #expect(alive.value == 0)
    }

    @Test func `a filter in a filter in a task`() async {
        let counts = await Task {
            Array(0..<50).parallelFilter(grain: 1) { row in
                Array(0..<50).parallelFilter(grain: 1) { $0 < row }.count == row
            }.count
        }.value
        #expect(counts == 50)
    }
}
