import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let index: Int
}

/// A step of a walk; steps one after the other are associative, but not commutative.
private struct Step: Equatable, Sendable {
    var factor: UInt64
    var offset: UInt64
    var padding = InlineArray<6, UInt64>(repeating: 9)

    func then(_ next: Step) -> Step {
        Step(factor: factor &* next.factor, offset: offset &* next.factor &+ next.offset)
    }

    static func == (a: Step, b: Step) -> Bool {
        a.factor == b.factor && a.offset == b.offset && a.padding[5] == b.padding[5]
    }
}

private func inclusive<Source: Sequence>(
    _ source: Source, _ combine: (Source.Element, Source.Element) -> Source.Element
) -> [Source.Element] {
    var sum: Source.Element?
    return source.map { element in
        let next = sum.map { combine($0, element) } ?? element
        sum = next
        return next
    }
}

private func exclusive<Source: Sequence>(
    _ initial: Source.Element, _ source: Source,
    _ combine: (Source.Element, Source.Element) -> Source.Element
) -> [Source.Element] {
    var sum = initial
    return source.map { element in
        defer { sum = combine(sum, element) }
        return sum
    }
}

@Suite(.timeLimit(.minutes(5))) struct ParallelScanTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 15, 16, 17, 1000, 50_000])
    func `the results are those of a serial pass`(width: Int, size: Int) {
        let pool = ForkJoinPool(width: width)
        let numbers = (0..<size).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) }
        #expect(numbers.parallelInclusiveScan(on: pool) { $0 &+ $1 } == inclusive(numbers, &+))
        #expect(
            numbers.parallelExclusiveScan(7, on: pool) { $0 &+ $1 } == exclusive(7, numbers, &+))
    }

    @Test(arguments: [1, 2, 3, 8]) func `many tiles are one scan`(width: Int) {
        let pool = ForkJoinPool(width: width)
        // Rows of 8 KiB: a block holds a few hundred of them.
        let rows = (0..<6000).map { InlineRow(UInt64($0)) }
        let result = rows.parallelInclusiveScan(on: pool) { InlineRow($0.number &+ $1.number) }
        #expect(result.map(\.number) == inclusive(rows.map(\.number), &+))
    }

    @Test(arguments: [1, 2, 3, 8]) func `the order is kept where it matters`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let steps = (0..<5000).map { Step(factor: UInt64($0) | 1, offset: UInt64($0)) }
        #expect(
            steps.parallelInclusiveScan(on: pool) { $0.then($1) }
                == inclusive(steps) { $0.then($1) })
        let start = Step(factor: 3, offset: 4)
        #expect(
            steps.parallelExclusiveScan(start, on: pool) { $0.then($1) }
                == exclusive(start, steps) { $0.then($1) })
        let texts = (0..<300).map { "\($0)," }
        #expect(
            texts.parallelInclusiveScan(on: pool) {
                busy(300)
                return $0 + $1
            } == inclusive(texts, +))
    }

    @Test func `collections whose indices do not begin at 0 or that are not in one piece do`() {
        let slice = Array(0..<5000)[100..<4000]
        #expect(slice.parallelInclusiveScan { $0 + $1 } == inclusive(slice, +))
        let reversed = Array(0..<5000).reversed() as ReversedCollection<[Int]>
        #expect(reversed.parallelExclusiveScan(5) { $0 + $1 } == exclusive(5, reversed, +))
        #expect((5..<5000).parallelInclusiveScan { $0 + $1 } == inclusive(5..<5000, +))
    }

    @Test(arguments: [1, 2, 3])
    func `an error at any index destroys what was made, once`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        do {
            let all = (0..<120).map { Counted($0, alive) }
            for bad in 1..<120 {
                #expect(throws: Failure(index: bad)) {
                    try all.parallelInclusiveScan(on: pool) { before, element throws(Failure) in
                        busy(500)
                        if element.number == bad { throw Failure(index: bad) }
                        return Counted(element.number, alive)
                    }
                }
                #expect(alive.value == 120)
                if bad < 119 {
                    #expect(throws: Failure(index: bad)) {
                        try all.parallelExclusiveScan(Counted(-1, alive), on: pool) {
                            before, element throws(Failure) in
                            busy(500)
                            if element.number == bad { throw Failure(index: bad) }
                            return Counted(element.number, alive)
                        }
                    }
                    #expect(alive.value == 120)
                }
            }
            let result = all.parallelInclusiveScan(on: pool) {
                busy(500)
                return Counted(max($0.number, $1.number), alive)
            }
            #expect(result.map(\.number) == Array(0..<120))
        }
        #expect(alive.value == 0)
    }

    @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 3, 17, 1000, 1_000_000, 10_000_000])
    func `the steps scan each element once, and reduce only what is scanned later`(
        workers: Int, count: Int
    ) {
        for (scanTime, reduceTime) in [(1, 1), (10, 2), (100_000, 100_000)] {
            var tiles = ScanTiles(count: count, workers: workers, stride: 4)
            var done = 0
            var reduced = 0
            while let step = tiles.next() {
                #expect(step.workCount >= 1 && step.workCount <= workers)
                if !step.isSecond { #expect(step.start == done) }
                var times: [UInt64] = []
                for work in 0..<step.workCount {
                    let block = step.block(of: work)
                    let length = step.elements(of: block).count
                    #expect(length > 0)
                    if step.scans(block) { done += length } else { reduced += length }
                    times.append(UInt64(length * (step.scans(block) ? scanTime : reduceTime)))
                }
                tiles.complete(step, times: times)
                #expect(tiles.done == done)
                if step.endsTile { #expect(done == step.end) }
            }
            #expect(done == count)
            #expect(reduced <= count)
            if workers == 1 { #expect(reduced == 0) }
        }
    }

    @Test func `an element that seemed heavy does not keep the blocks short`() {
        var tiles = ScanTiles(count: 50_000_000, workers: 2, stride: 4)
        var steps = 0
        while let step = tiles.next() {
            steps += 1
            let times = (0..<step.workCount).map { work -> UInt64 in
                // The first one comes with a fresh large page.
                step.start == 0 ? 200_000 : UInt64(step.elements(of: step.block(of: work)).count)
            }
            tiles.complete(step, times: times)
        }
        #expect(steps < 100)
    }

    @Test func `a scan of a cancelled task ends with CancellationError`() async {
        let pool = ForkJoinPool(width: 2)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try Array(0..<1000).parallelInclusiveScan(on: pool) { (a, b) throws in a + b }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a scan in a map in a task`() async {
        let sums = await Task {
            (0..<50).parallelMap(grain: 1) { row in
                (0...row).parallelInclusiveScan {
                    busy(100)
                    return $0 + $1
                }.last
            }
        }.value
        #expect(sums == (0..<50).map { $0 * ($0 + 1) / 2 })
    }
}

private struct InlineRow: Sendable {
    var number: UInt64
    var rest = InlineArray<1023, UInt64>(repeating: 1)

    init(_ number: UInt64) { self.number = number }
}
