import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let comparison: Int
}

@Suite(.timeLimit(.minutes(3))) struct SortTests {
    private func check<Element: Comparable & Sendable>(
        _ elements: [Element], on pool: ForkJoinPool, _ place: SourceLocation = #_sourceLocation
    ) {
        var sorted = elements
        sorted.parallelSort(on: pool)
        let isEqual = sorted == elements.sorted()
        #expect(isEqual, "\(elements.count) elements", sourceLocation: place)
    }

    @Test(arguments: [1, 3], SortPattern.allCases)
    func `the result is that of the serial sort`(width: Int, pattern: SortPattern) {
        let pool = ForkJoinPool(width: width)
        for size in SortPattern.sizes { check(pattern.numbers(size), on: pool) }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `many elements are sorted on any number of workers`(width: Int) {
        let pool = ForkJoinPool(width: width)
        check(SortPattern.random.numbers(300_000), on: pool)
        for pattern in SortPattern.allCases { check(pattern.numbers(30_000), on: pool) }
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

    @Test func `a comparison decides the order`() {
        var numbers = SortPattern.random.numbers(10_000)
        numbers.parallelSort(by: >)
        #expect(numbers == numbers.sorted(by: >))
        var words = ["pear", "fig", "banana"]
        words.parallelSort { $0.count < $1.count }
        #expect(words == ["fig", "pear", "banana"])
    }

    @Test(arguments: [1, 2, 3])
    func `objects are neither lost nor doubled`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let alive = Counter()
        for size in [0, 1, 2, 15, 16, 17, 40, 1500, 20_000] {
            do {
                var objects = SortPattern.random.numbers(size).map { Counted($0, alive) }
                let expected = objects.map(\.number).sorted()
                objects.parallelSort(on: pool) { $0.number < $1.number }
                #expect(objects.map(\.number) == expected)
                #expect(alive.value == size)
            }
            #expect(alive.value == 0)
        }
    }

    @Test func `slices and other collections are sorted, and nothing beside them`() {
        let numbers = SortPattern.random.numbers(10_000)
        for range in [0..<0, 100..<130, 17..<9000] {
            var array = numbers
            array[range].parallelSort()
            #expect(array[range] == numbers[range].sorted()[...])
            #expect(array[..<range.lowerBound] == numbers[..<range.lowerBound])
            #expect(array[range.upperBound...] == numbers[range.upperBound...])

            var contiguous = ContiguousArray(numbers[range])
            contiguous.parallelSort()
            #expect(Array(contiguous) == numbers[range].sorted())

            var scattered = Scattered(Array(numbers[range]))
            scattered.parallelSort()
            #expect(Array(scattered) == numbers[range].sorted())
        }
    }

    @Test func `an array that shares its storage is copied first`() {
        let before = SortPattern.random.numbers(10_000)
        var after = before
        after.parallelSort()
        #expect(before == SortPattern.random.numbers(10_000))
        #expect(after == before.sorted())
    }

    @Test(arguments: [1, 2, 3])
    func `numbers that are not ordered end up somewhere`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for size in [3, 20, 33, 500, 20_000] {
            let numbers = SortPattern.random.numbers(size).map { $0 % 3 == 0 ? .nan : Double($0) }
            var sorted = numbers
            sorted.parallelSort(on: pool)
            #expect(bits(of: sorted) == bits(of: numbers))
        }
    }

    private func bits(of numbers: [Double]) -> [UInt64] {
        numbers.map(\.bitPattern).sorted()
    }

    @Test func `an error at any comparison comes out, and no element is lost`() {
        let alive = Counter()
        for size in [2, 5, 16, 17, 33, 70] {
            let numbers = SortPattern.random.numbers(size)
            let total = Counter()
            var plain = numbers.map { Counted($0, Counter()) }
            plain.parallelSort {
                total.add(1)
                return $0.number < $1.number
            }
            for bad in 1...total.value {
                do {
                    var objects = numbers.map { Counted($0, alive) }
                    let asked = Counter()
                    #expect(throws: Failure(comparison: bad)) {
                        try objects.parallelSort { (a, b) throws(Failure) in
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
    func `an error among many workers comes out, and no element is lost`(width: Int) {
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
                    try objects.parallelSort(on: pool) { (a, b) throws(Failure) in
                        if asked.add(1) == bad { throw Failure(comparison: bad) }
                        return a.number < b.number
                    }
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
            { $0.parallelSort(on: pool, by: $1) }, { $0.parallelSort(on: pool, by: $1) })
    }

    @Test(arguments: [1, 2, 8])
    func `no order takes more than a few times n log n comparisons`(width: Int) {
        let pool = ForkJoinPool(width: width)
        let bad = expectFewComparisons { $0.parallelSort(on: pool, by: $1) }
        // The orders that were found to be bad, once more.
        for var numbers in bad {
            let asked = Counter()
            let size = numbers.count
            numbers.parallelSort(on: pool) {
                asked.add(1)
                return $0 < $1
            }
            let bound = 4 * size * (Int.bitWidth - size.leadingZeroBitCount)
            #expect(asked.value < bound, "killer of \(size)")
        }
    }

    @Test func `elements in order are looked at once`() {
        for pattern in [SortPattern.sorted, .reversed, .equal] {
            let asked = Counter()
            var numbers = pattern.numbers(20_000)
            numbers.parallelSort {
                asked.add(1)
                return $0 < $1
            }
            #expect(asked.value < 20_100, "\(pattern)")
        }
    }

    @Test func `the way out of bad pivots sorts any number of elements`() {
        for size in 0..<70 {
            var numbers = SortPattern.random.numbers(size)
            numbers.withUnsafeMutableBufferPointer {
                $0.baseAddress?.heapsort(count: $0.count, by: <)
            }
            #expect(numbers == SortPattern.random.numbers(size).sorted())
        }
    }

    @Test func `sorts run in each other and beside each other`() {
        let pool = ForkJoinPool(width: 2)
        let rows = (0..<40).map { SortPattern.random.numbers(200 * $0) }
        let sorted = rows.parallelMap(grain: 1, on: pool) { row in
            var row = row
            row.parallelSort()
            return row
        }
        #expect(sorted == rows.map { $0.sorted() })
    }

    @Test(arguments: [1, 3])
    func `texts in any script are sorted as the serial sort does`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for size in [0, 1, 2, 3, 20, 500, 20_000] {
            check(strangeTexts(size), on: pool)
            check(strangeTexts(size).map { "a common beginning \($0)" }, on: pool)
        }
    }

    @Test func `the key of a text gives the answer of the text`() {
        var texts = strangeTexts(
            400, more: ["\u{301}", "\u{212B}", "\u{1112}\u{1161}\u{11AB}", "\u{344}"])
        texts += ["", "\0", "a", "a\0", "12345678", "12345678\0", "123456789"]
        texts += ["1234567\u{301}", "12345678\u{301}", "123456789\u{301}"]
        let isEqual = texts.withUnsafeMutableBufferPointer { texts in
            guard let first = texts.baseAddress else { return false }
            return texts.indices.allSatisfy { a in
                texts.indices.allSatisfy { b in
                    StringEntry.isLess(StringEntry(first + a), StringEntry(first + b))
                        == (texts[a] < texts[b])
                }
            }
        }
        #expect(isEqual)
    }

    @Test func `places that hold weak references are moved as such`() {
        let objects = SortPattern.random.numbers(5000).map { Counted($0, Counter()) }
        var holders = objects.map { Holder(key: $0.number, object: $0) }
        holders.parallelSort { $0.key < $1.key }
        #expect(holders.map { $0.object?.number } == objects.map(\.number).sorted())
    }
}
