import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

@Suite(.timeLimit(.minutes(5))) struct ParallelForEachTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 31, 32, 33, 10_000])
    func `each element is visited once`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        let tally = Tally(size)
        Array(0..<size).parallelForEach(on: pool) { tally.count($0) }
        #expect(tally.eachIsOne)
        let again = Tally(size)
        (0..<size).reversed().parallelForEach(grain: 3, on: pool) { again.count($0) }
        #expect(again.eachIsOne)
    }

    @Test(arguments: [1, 2, 3])
    func `an error at any element comes out`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for bad in 0..<100 {
            #expect(throws: Failure(index: bad)) {
                try Array(0..<100).parallelForEach(on: pool) { index throws(Failure) in
                    if index == bad { throw Failure(index: index) }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 99, 100, 101, 1000])
    func `chunks cut a collection without loss`(size: Int) {
        let numbers = Array(0..<100)[10..<100]
        let chunks = numbers.chunks(of: size)
        #expect(chunks.count == (90 + size - 1) / size)
        #expect(Array(chunks.joined()) == Array(numbers))
        #expect(chunks.dropLast().allSatisfy { $0.count == size })
        let sums = chunks.parallelMap { chunk in chunk.reduce(0) { $0 + $1 } }
        #expect(sums.reduce(0, +) == numbers.reduce(0, +))
        #expect([Int]().chunks(of: size).isEmpty)
    }

    @Test(arguments: [1, 2, 3, 8], [1, 7, 99, 100, 101])
    func `each chunk is changed in place once`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        var numbers = Array(repeating: 0, count: 100)
        numbers.parallelForEachChunk(of: size, on: pool) { start, chunk in
            for offset in chunk.indices { chunk[offset] += start + offset }
        }
        #expect(numbers == [Int](0..<100))
        var texts = numbers.map(String.init)[20..<80]
        texts.parallelForEachChunk(of: size, on: pool) { _, chunk in
            for offset in chunk.indices { chunk[offset] += "!" }
        }
        #expect(Array(texts) == (20..<80).map { "\($0)!" })
        #expect(texts.startIndex == 20)
    }

    @Test func `a collection that is not contiguous is changed too`() {
        var numbers = Backwards(base: [Int](0..<100))
        numbers.parallelForEachChunk(of: 9) { start, chunk in
            for offset in chunk.indices { chunk[offset] = chunk[offset] * 1000 + start + offset }
        }
        #expect(numbers.base == (0..<100).map { $0 * 1000 + 99 - $0 })
    }

    @Test(arguments: [1, 2, 3])
    func `an error leaves every element in its place`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        do {
            var objects = (0..<100).map { Counted($0, alive) }
            for bad in 0..<34 {
                #expect(throws: Failure(index: bad)) {
                    try objects.parallelForEachChunk(of: 3, on: pool) {
                        start, chunk throws(Failure) in
                        if start / 3 == bad { throw Failure(index: bad) }
                        chunk[0] = Counted(chunk[0].number, alive)
                    }
                }
                #expect(objects.map(\.number) == Array(0..<100))
                #expect(alive.value == 100)
            }
        }
        #expect(alive.value == 0)
    }

    @Test func `a chunk of nothing is a trap`() async {
        await #expect(processExitsWith: .failure) { _ = [1, 2].chunks(of: 0) }
        await #expect(processExitsWith: .failure) {
            var numbers = [1, 2]
            numbers.parallelForEachChunk(of: 0) { _, _ in }
        }
    }
}

/// A collection whose elements lie in the memory in another order.
private struct Backwards: MutableCollection, RandomAccessCollection {
    var base: [Int]
    var startIndex: Int { 0 }
    var endIndex: Int { base.count }
    subscript(index: Int) -> Int {
        get { base[base.count - 1 - index] }
        set { base[base.count - 1 - index] = newValue }
    }
}
