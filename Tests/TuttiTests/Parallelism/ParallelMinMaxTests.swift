import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

/// Compared by its key alone, so that equal ones can be told apart.
private struct Keyed: Comparable, Sendable {
    var key: Int
    var place: Int
    var padding = (0, 0, 0)

    static func < (a: Keyed, b: Keyed) -> Bool { a.key < b.key }
    static func == (a: Keyed, b: Keyed) -> Bool { a.key == b.key }
}

@Suite(.timeLimit(.minutes(5))) struct ParallelMinMaxTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 3, 4, 5, 1023, 1024, 1025, 2048, 70_001])
    func `the results are those of the serial library`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        var random = RandomVictims(seed: size)
        let numbers = (0..<size).map { _ in random.next(below: 1 << 30) }
        for grain in [Grain.automatic, 1, 50] {
            #expect(numbers.parallelMin(grain: grain, on: pool) == numbers.min())
            #expect(numbers.parallelMax(grain: grain, on: pool) == numbers.max())
        }
        let floats = numbers.map(Double.init)
        #expect(floats.parallelMin(on: pool) == floats.min())
        #expect(floats.parallelMax(on: pool) == floats.max())
        let texts = numbers.prefix(2000).map(String.init)
        #expect(texts.parallelMin(on: pool) == texts.min())
        #expect(texts.parallelMax(on: pool) == texts.max())
    }

    @Test(arguments: [1, 2, 3, 8]) func `of equal elements it is the one that the library takes`(
        width: Int
    ) {
        let pool = ForkJoinPool(width: width)
        for size in [2, 10, 1500, 20_000] {
            var random = RandomVictims(seed: size)
            let elements = (0..<size).map { Keyed(key: random.next(below: 5), place: $0) }
            for grain in [Grain.automatic, 1] {
                #expect(
                    elements.parallelMin(grain: grain, on: pool)?.place == elements.min()?.place)
                #expect(
                    elements.parallelMax(grain: grain, on: pool)?.place == elements.max()?.place)
                #expect(
                    elements.parallelMin(grain: grain, on: pool) { $0.key > $1.key }?.place
                        == elements.min { $0.key > $1.key }?.place)
                #expect(
                    elements.parallelMax(grain: grain, on: pool) { $0.key > $1.key }?.place
                        == elements.max { $0.key > $1.key }?.place)
            }
        }
    }

    @Test func `what is not a number counts as in the serial library`() {
        for bad in [0, 1, 999, 2500, 4999] {
            var numbers = (0..<5000).map { Double(($0 * 7919) % 5000) }
            numbers[bad] = .nan
            #expect(numbers.parallelMin()?.bitPattern == numbers.min()?.bitPattern)
            #expect(numbers.parallelMax()?.bitPattern == numbers.max()?.bitPattern)
        }
        let zeros = [Double](repeating: 0, count: 3000) + [-0.0] + [Double](repeating: 1, count: 9)
        #expect(zeros.parallelMin()?.sign == zeros.min()?.sign)
    }

    @Test func `collections whose indices do not begin at 0 or that are not in one piece do`() {
        let slice = Array(0..<5000)[100..<4000]
        #expect(slice.parallelMin() == 100)
        #expect(slice.parallelMax() == 3999)
        let reversed = Array(0..<5000).reversed() as ReversedCollection<[Int]>
        #expect(reversed.parallelMin() == 0)
        #expect(reversed.parallelMax { $0 % 1000 < $1 % 1000 } == 4999)
        #expect((5..<5000).parallelMax() == 4999)
        #expect((5..<5).parallelMax() == nil)
    }

    @Test(arguments: [1, 2, 3]) func `an error at any index comes out and keeps nothing`(width: Int)
    {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        do {
            let all = (0..<100).map { Counted($0, alive) }
            for bad in 0..<100 {
                #expect(throws: Failure(index: bad)) {
                    try all.parallelMax(grain: 3, on: pool) { a, b throws(Failure) in
                        if a.number == bad || b.number == bad { throw Failure(index: bad) }
                        return a.number < b.number
                    }
                }
            }
            #expect(all.parallelMax(on: pool) { $0.number < $1.number }?.number == 99)
            withExtendedLifetime(all) { #expect(alive.value == 100) }
        }
        #expect(alive.value == 0)
    }

    @Test func `a maximum in a maximum in a task`() async {
        let result = await Task {
            (0..<50).parallelMap(grain: 1) { row in (0...row).parallelMax(grain: 1) ?? -1 }
                .parallelMax(grain: 1)
        }.value
        #expect(result == 49)
    }
}
