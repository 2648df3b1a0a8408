import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let comparison: Int
}

/// An element that remembers where it was.
private struct Placed: Equatable, Sendable {
    let key: Int
    let place: Int
}

extension [Int] {
    fileprivate var placed: [Placed] {
        enumerated().map { Placed(key: $0.element, place: $0.offset) }
    }
}

@Suite(.timeLimit(.minutes(3))) struct StableSortTests {
    /// The order that a stable sort gives.
    private func expected(_ elements: [Placed]) -> [Placed] {
        elements.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
    }

    @Test(arguments: [1, 3], SortPattern.allCases)
    func `equal elements stay in their order`(width: Int, pattern: SortPattern) {
        let pool = ForkJoinPool(width: width)
        for size in SortPattern.sizes {
            let elements = pattern.numbers(size).placed
            var sorted = elements
            sorted.parallelStableSort(on: pool) { $0.key < $1.key }
            #expect(sorted == expected(elements), "\(size)")
            sorted = elements
            sorted.parallelStableSort(on: pool, byKey: \.key)
            #expect(sorted == expected(elements), "\(size)")
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `many elements are sorted on any number of workers`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let many = [SortPattern.random.numbers(300_000)]
        for numbers in many + SortPattern.allCases.map({ $0.numbers(30_000) }) {
            let elements = numbers.placed
            var sorted = elements
            sorted.parallelStableSort(on: pool) { $0.key < $1.key }
            #expect(sorted == expected(elements))
        }
    }

    private func check<Element: Comparable & Sendable>(
        _ elements: [Element], on pool: ForkJoinPool, _ place: SourceLocation = #_sourceLocation
    ) {
        var sorted = elements
        sorted.parallelStableSort(on: pool)
        let isEqual = sorted == elements.sorted()
        #expect(isEqual, "\(elements.count) elements", sourceLocation: place)
    }

    @Test(arguments: [1, 3])
    func `elements of any type are sorted`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for size in [2, 9, 17, 33, 100, 2000, 10_000] {
            let numbers = SortPattern.random.numbers(size)
            check(numbers.map { UInt8(truncatingIfNeeded: $0) }, on: pool)
            check(numbers.map { Double($0) / 7 }, on: pool)
            check(numbers.map { "\($0)" }, on: pool)
            check(numbers.map(LargeRecord.init), on: pool)
            check(numbers.map { _ in NoFields() }, on: pool)
        }
    }

    @Test(arguments: [1, 2, 3])
    func `objects are neither lost nor doubled, and stay in their order`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        for size in [0, 1, 2, 15, 16, 17, 40, 1500, 20_000] {
            do {
                var objects = (0..<size).map { Counted($0, alive) }
                objects.parallelStableSort(on: pool) { $0.number % 10 < $1.number % 10 }
                let expected = (0..<size).sorted { ($0 % 10, $0) < ($1 % 10, $1) }
                #expect(objects.map(\.number) == expected)
                #expect(alive.value == size)
            }
            #expect(alive.value == 0)
        }
    }

    @Test func `slices and other collections are sorted, and nothing beside them`() {
        let elements = SortPattern.fewDistinct.numbers(10_000).placed
        for range in [0..<0, 100..<130, 17..<9000] {
            let sorted = expected(Array(elements[range]))
            var array = elements
            array[range].parallelStableSort(byKey: \.key)
            #expect(array == elements[..<range.lowerBound] + sorted + elements[range.upperBound...])

            var scattered = Scattered(Array(elements[range]))
            scattered.parallelStableSort(byKey: \.key)
            #expect(Array(scattered) == sorted)
        }
    }

    @Test func `an error at any comparison comes out, and no element is lost`() {
        let alive = Counter()
        for size in [2, 5, 16, 17, 33, 70] {
            let numbers = SortPattern.random.numbers(size)
            let total = Counter()
            var plain = numbers.map { Counted($0, Counter()) }
            plain.parallelStableSort {
                total.add(1)
                return $0.number < $1.number
            }
            for bad in 1...total.value {
                do {
                    var objects = numbers.map { Counted($0, alive) }
                    let asked = Counter()
                    #expect(throws: Failure(comparison: bad)) {
                        try objects.parallelStableSort { (a, b) throws(Failure) in
                            if asked.add(1) == bad { throw Failure(comparison: bad) }
                            return a.number < b.number
                        }
                    }
                    #expect(asked.value == bad, "asked after the error")
                    #expect(objects.map(\.number).sorted() == plain.map(\.number))
                    #expect(alive.value == size)
                }
                #expect(alive.value == 0)
            }
        }
    }

    @Test(arguments: [1, 2, 3])
    func `an error of a key among many workers comes out, and no element is lost`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        let size = 20_000
        var random = RandomVictims(seed: width)
        let numbers = SortPattern.random.numbers(size)
        let sorted = numbers.sorted()
        for _ in 0..<15 {
            do {
                let bad = 1 + random.next(below: size * 14)
                var objects = numbers.map { Counted($0, alive) }
                let asked = Counter()
                #expect(throws: Failure(comparison: bad)) {
                    try objects.parallelStableSort(
                        on: pool,
                        byKey: { object throws(Failure) in
                            if asked.add(1) == bad { throw Failure(comparison: bad) }
                            return object.number
                        })
                }
                #expect(objects.map(\.number).sorted() == sorted)
                #expect(alive.value == size)
            }
            #expect(alive.value == 0)
        }
    }

    @Test(arguments: [1, 3])
    func `a comparison that contradicts itself loses nothing and ends`(width: Int) {
        let pool = ForkJoinPool(width: width)
        expectNothingIsLostByContradictions(
            { $0.parallelStableSort(on: pool, by: $1) }, { $0.parallelStableSort(on: pool, by: $1) }
        )
    }

    @Test(arguments: [1, 2, 8])
    func `no order takes more than a few times n log n comparisons`(width: Int) {
        let pool = ForkJoinPool(width: width)
        expectFewComparisons { $0.parallelStableSort(on: pool, by: $1) }
    }

    @Test func `elements in order are looked at once`() {
        for pattern in [SortPattern.sorted, .reversed, .equal] {
            let asked = Counter()
            var numbers = pattern.numbers(20_000)
            numbers.parallelStableSort {
                asked.add(1)
                return $0 < $1
            }
            #expect(asked.value < 20_100, "\(pattern)")
        }
    }

    @Test func `the way out of bad pivots sorts any number of elements, stably`() {
        for size in 0..<150 {
            let elements = SortPattern.fewDistinct.numbers(size).placed
            var sorted = elements
            sorted.withUnsafeMutableBufferPointer { elements in
                withUnsafeTemporaryAllocation(of: Placed.self, capacity: size) { buffer in
                    guard let first = elements.baseAddress, let buffer = buffer.baseAddress else {
                        return
                    }
                    first.mergeSort(count: size, buffer: buffer) { $0.key < $1.key }
                }
            }
            #expect(sorted == expected(elements))
        }
    }

    @Test func `a merge can be cut anywhere`() {
        for (first, second) in [(0, 5), (5, 0), (1, 1), (7, 20), (20, 7), (16, 16)] {
            var elements = SortPattern.fewDistinct.numbers(first).sorted().map {
                Placed(key: $0, place: 0)
            }
            elements += SortPattern.fewDistinct.numbers(second + 1).dropFirst().sorted().map {
                Placed(key: $0, place: 1)
            }
            let merged = expected(elements)
            elements.withUnsafeMutableBufferPointer { buffer in
                guard let left = buffer.baseAddress else { return }
                for cut in 0...first + second {
                    let ofLeft = left.splitMerge(
                        first: first, with: left + first, count: second, at: cut,
                        by: { $0.key < $1.key })
                    #expect(ofLeft == merged.prefix(cut).count { $0.place == 0 })
                }
            }
        }
    }

    @Test(arguments: [1, 3])
    func `texts that are equal and written in another way stay in their order`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let spellings = ["\u{E9}", "e\u{301}", "\u{C5}", "\u{212B}", "A\u{30A}", "a", "b"]
        for size in [0, 1, 2, 3, 20, 500, 20_000] {
            var random = RandomVictims(seed: size)
            let texts = (0..<size).map { _ in
                (0..<3).map { _ in spellings[random.next(below: spellings.count)] }.joined()
            }
            var sorted = texts
            sorted.parallelStableSort(on: pool)
            let expected = texts.enumerated().sorted {
                ($0.element, $0.offset) < ($1.element, $1.offset)
            }
            let isEqual = sorted.map { Array($0.utf8) } == expected.map { Array($0.element.utf8) }
            #expect(isEqual, "\(size) texts")
        }
    }

    @Test func `places that hold weak references are moved as such`() {
        let objects = SortPattern.random.numbers(5000).map { Counted($0, Counter()) }
        var holders = objects.map { Holder(key: $0.number, object: $0) }
        holders.parallelStableSort(byKey: \.key)
        #expect(holders.map { $0.object?.number } == objects.map(\.number).sorted())
    }
}
