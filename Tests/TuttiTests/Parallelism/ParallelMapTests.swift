import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

@Suite(.timeLimit(.minutes(5))) struct ParallelMapTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 9, 10, 11, 1000, 50_000])
    func `the result is that of the serial map`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        let numbers = Array(0..<size)
        for grain in [Grain.automatic, 1, 10] {
            let result = numbers.parallelMap(grain: grain, on: pool) { $0 * 3 }
            #expect(result == numbers.map { $0 * 3 })
        }
    }

    @Test func `collections whose indices do not begin at 0 and elements with references do`() {
        let slice = (0..<500).map { "number \($0)" }[100..<400]
        #expect(slice.parallelMap(grain: 3) { $0 + "!" } == slice.map { $0 + "!" })
        let text = Array("hello").reversed() as ReversedCollection<[Character]>
        #expect(text.parallelMap { String($0) } == ["o", "l", "l", "e", "h"])
        #expect((5..<10).parallelMap { $0 } == [5, 6, 7, 8, 9])
    }

    @Test(arguments: [1, 2, 3])
    func `an error at any index destroys what was made, once`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        for bad in 0..<100 {
            #expect(throws: Failure(index: bad)) {
                try (0..<100).parallelMap(grain: 3, on: pool) { index throws(Failure) in
                    if index == bad { throw Failure(index: index) }
                    return Counted(index, alive)
                }
            }
            #expect(alive.value == 0)
        }
        do {
            let all = (0..<100).parallelMap(on: pool) { Counted($0, alive) }
            #expect(alive.value == 100)
            #expect(all.map(\.number) == Array(0..<100))
        }
        #expect(alive.value == 0)
    }

    @Test func `a map in a map in a task`() async {
        let sums = await Task {
            (0..<50).parallelMap(grain: 1) { row in
                (0..<50).parallelMap(grain: 1) { row * $0 }.reduce(0, +)
            }
        }.value
        #expect(sums == (0..<50).map { $0 * 49 * 25 })
    }
}
