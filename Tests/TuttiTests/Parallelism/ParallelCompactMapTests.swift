import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

@Suite(.timeLimit(.minutes(5))) struct ParallelCompactMapTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 1023, 1024, 1025, 2047, 2048, 2049, 70_001])
    func `the result is that of the serial compactMap`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        let numbers = Array(0..<size)
        for grain in [Grain.automatic, 1, 10] {
            let result = numbers.parallelCompactMap(grain: grain, on: pool) {
                $0 % 3 == 0 ? $0 * 2 : nil
            }
            #expect(result == numbers.compactMap { $0 % 3 == 0 ? $0 * 2 : nil })
        }
        #expect(numbers.parallelCompactMap(on: pool) { _ in Int?.none } == [])
        #expect(numbers.parallelCompactMap(on: pool) { $0 } == numbers)
    }

    @Test func `collections whose indices do not begin at 0 or that are not in one piece do`() {
        let slice = (0..<500).map { "\($0)x" }[100..<400]
        #expect(
            slice.parallelCompactMap(grain: 3) { $0.contains("7") ? $0 + "!" : nil }
                == slice.compactMap { $0.contains("7") ? $0 + "!" : nil })
        let texts = ["1", "two", "3", "four"].reversed() as ReversedCollection<[String]>
        #expect(texts.parallelCompactMap { Int($0) } == [3, 1])
        #expect((5..<10).parallelCompactMap { $0 == 7 ? nil : $0 } == [5, 6, 8, 9])
    }

    @Test(arguments: [1, 2, 3, 8]) func `each element is transformed once`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let tally = Tally(30_000)
        _ = (0..<30_000).parallelCompactMap(on: pool) { number -> Int? in
            tally.count(number)
            return number % 2 == 0 ? number : nil
        }
        #expect(tally.eachIsOne)
    }

    @Test(arguments: [1, 2, 3])
    func `an error at any index destroys what was made, once`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        for bad in 0..<100 {
            #expect(throws: Failure(index: bad)) {
                try (0..<100).parallelCompactMap(grain: 3, on: pool) { index throws(Failure) in
                    if index == bad { throw Failure(index: index) }
                    return index % 2 == 0 ? Counted(index, alive) : nil
                }
            }
            #expect(alive.value == 0)
        }
        do {
            let all = (0..<5000).parallelCompactMap(on: pool) {
                $0 % 2 == 0 ? Counted($0, alive) : nil
            }
            #expect(alive.value == 2500)
            #expect(all.map(\.number) == Array(stride(from: 0, to: 5000, by: 2)))
        }
        #expect(alive.value == 0)
    }

    @Test func `a compact map in a compact map in a task`() async {
        let sums = await Task {
            (0..<50).parallelCompactMap(grain: 1) { row in
                row % 2 == 0
                    ? nil : (0..<50).parallelCompactMap(grain: 1) { $0 < row ? 1 : nil }.count
            }
        }.value
        #expect(sums == Array(stride(from: 1, to: 50, by: 2)))
    }
}
