import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

private let sizes = [0, 1, 2, 3, 255, 256, 257, 4095, 4096, 4097, 70_001]

@Suite(.timeLimit(.minutes(5))) struct ParallelReduceTests {
    @Test(arguments: [1, 2, 3, 8], sizes)
    func `the result is that of the serial reduce, also where the order matters`(
        width: Int, size: Int
    ) {
        let pool = ForkJoinPool(width: width)
        let numbers = (0..<size).map { $0 * 7 % 1000 }
        let sum = numbers.reduce(3, &+)
        #expect(numbers.parallelReduce(3, on: pool) { $0 &+ $1 } == sum)
        #expect(numbers.parallelDeterministicReduce(3, on: pool) { $0 &+ $1 } == sum)
        #expect(numbers.parallelSum(on: pool) == sum - 3)
        // Composition of affine maps: associative, not commutative.
        let maps = numbers.map { SIMD2(UInt32($0 | 1), UInt32($0)) }
        let compose: @Sendable (SIMD2<UInt32>, SIMD2<UInt32>) -> SIMD2<UInt32> = { first, second in
            SIMD2(first.x &* second.x, first.y &* second.x &+ second.y)
        }
        let serial = maps.reduce(SIMD2(1, 0), compose)
        #expect(maps.parallelReduce(SIMD2(1, 0), on: pool, compose) == serial)
        #expect(maps.parallelDeterministicReduce(SIMD2(1, 0), on: pool, compose) == serial)
    }

    @Test(arguments: [1, 2, 3, 8], [0, 1, 300, 20_000])
    func `an accumulator takes up every element once, in order`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        let strings = (0..<size).map(String.init)
        let all = strings.parallelReduce(into: [String](), on: pool) {
            $0.append($1)
        } combine: {
            $0 += $1
        }
        #expect(all == strings)
    }

    @Test func `collections without an array behind them are reduced as well`() {
        let slice = (0..<5000).map { $0 }[100..<4000]
        #expect(slice.parallelReduce(0) { $0 + $1 } == slice.reduce(0, +))
        #expect(slice.parallelSum() == slice.reduce(0, +))
        #expect((1...1000).parallelReduce(0) { $0 + $1 } == 500_500)
        #expect((1...1000).parallelSum() == 500_500)
        let text = Array("hello").map(String.init).reversed() as ReversedCollection<[String]>
        #expect(text.parallelReduce("") { $0 + $1 } == "olleh")
    }

    @Test func `a sum of numbers that round has the same bits at any width`() {
        var random = RandomVictims(seed: 5)
        let numbers = (0..<300_000).map { _ in
            Double(random.next(below: 1 << 30)) / 1e9 * (random.next(below: 2) == 0 ? 1e12 : 1)
        }
        let (one, reduced) = (ForkJoinPool(width: 1), numbers.reduce(0, +))
        let sum = numbers.parallelSum(on: one)
        let total = numbers.parallelDeterministicReduce(0, on: one) { $0 + $1 }
        #expect(abs(sum - reduced) < 1e-9 * reduced)
        for width in [2, 3, 8] {
            let pool = ForkJoinPool(width: width)
            for _ in 0..<5 {
                #expect(numbers.parallelSum(on: pool).bitPattern == sum.bitPattern)
                let again = numbers.parallelDeterministicReduce(0, on: pool) { $0 + $1 }
                #expect(again.bitPattern == total.bitPattern)
            }
        }
    }

    @Test(arguments: [1, 2, 3])
    func `an error comes out and nothing is kept`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        do {
            let objects = (0..<600).map { Counted($0, alive) }
            for bad in stride(from: 1, to: 600, by: 7) {
                #expect(throws: Failure.self) {
                    try objects.parallelReduce(objects[0], on: pool) { _, next throws(Failure) in
                        if next.number == bad || next.number == 599 {
                            throw Failure(index: next.number)
                        }
                        return Counted(next.number, alive)
                    }
                }
                #expect(alive.value == 600)
            }
            let last = objects.parallelReduce(objects[0], on: pool) { Counted($1.number, $0.alive) }
            #expect(last.number == 599)
        }
        #expect(alive.value == 0)
    }

    @Test func `a histogram`() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let histogram = bytes.parallelReduce(into: [Int](repeating: 0, count: 256)) {
            $0[Int($1)] += 1
        } combine: {
            for value in 0..<256 { $0[value] += $1[value] }
        }
        var serial = [Int](repeating: 0, count: 256)
        for byte in bytes { serial[Int(byte)] += 1 }
        #expect(histogram == serial)
    }
}
