import Testing

@testable import Tutti

private struct Failure: Error, Equatable {
    let comparison: Int
}

/// Orders that sorts have been slow or wrong with.
enum SortPattern: CaseIterable {
    case random, sorted, reversed, reversedWithRepeats, equal, fewDistinct, organPipe, sawTooth
    case nearlySorted, sortedHalves

    func numbers(_ count: Int) -> [Int] {
        var random = RandomVictims(seed: count)
        switch self {
        case .random: return (0..<count).map { _ in random.next(below: 1 << 30) }
        case .sorted: return Array(0..<count)
        case .reversed: return (0..<count).reversed()
        case .reversedWithRepeats: return (0..<count).map { (count - $0) / 3 }
        case .equal: return Array(repeating: 7, count: count)
        case .fewDistinct: return (0..<count).map { _ in random.next(below: 5) }
        case .organPipe: return (0..<count).map { min($0, count - $0) }
        case .sawTooth: return (0..<count).map { $0 % 100 }
        case .nearlySorted:
            return (0..<count).map { random.next(below: 50) == 0 ? random.next(below: count) : $0 }
        case .sortedHalves: return (0..<count).map { $0 * 2 % max(1, count) }
        }
    }

    /// None, one, few; around the sizes at which a sort goes to work in another way.
    static let sizes =
        Array(0...40) + [63, 64, 65, 66, 200, 1023, 1024, 1025, 4095, 4096, 4097, 8193]
}

/// Answers a quicksort such that its pivots are as bad as they can be.
///
/// The elements are numbers of places; what they are worth is settled when they are compared, the
/// pivot below all that is still open (McIlroy, "A Killer Adversary for Quicksort", 1999).
final class Adversary: Sendable {
    private struct State {
        var worth: [Int]
        var settled = 0
        var candidate = 0
        var comparisons = 0
    }
    private let state: Locked<State>

    init(_ count: Int) {
        state = Locked(State(worth: Array(repeating: count, count: count)))
    }

    func isLess(_ a: Int, _ b: Int) -> Bool {
        state.withLock { state in
            state.comparisons += 1
            let open = state.worth.count
            if state.worth[a] == open, state.worth[b] == open {
                state.worth[a == state.candidate ? a : b] = state.settled
                state.settled += 1
            }
            if state.worth[a] == open { state.candidate = a }
            if state.worth[b] == open { state.candidate = b }
            return state.worth[a] < state.worth[b]
        }
    }

    var comparisons: Int { state.withLock { $0.comparisons } }
    var worth: [Int] { state.withLock { $0.worth } }
}

struct LargeRecord: Comparable, Sendable {
    let key: Int
    let text: String
    let padding = InlineArray<12, Int>(repeating: 3)

    init(_ key: Int) {
        self.key = key
        text = "a record whose text lies on the heap: \(key)"
    }

    static func < (a: LargeRecord, b: LargeRecord) -> Bool { a.key < b.key }
    static func == (a: LargeRecord, b: LargeRecord) -> Bool { a.key == b.key && a.text == b.text }
}

struct NoFields: Comparable, Sendable {
    static func < (a: NoFields, b: NoFields) -> Bool { false }
}

/// An element that cannot be moved as bytes.
struct Holder: Sendable {
    let key: Int
    weak let object: Counted?
}

/// A collection without contiguous storage.
struct Scattered<Element: Sendable>: MutableCollection, RandomAccessCollection {
    var boxes: [[Element]]

    init(_ elements: [Element]) { boxes = elements.map { [$0] } }

    var startIndex: Int { 5 }
    var endIndex: Int { 5 + boxes.count }
    subscript(index: Int) -> Element {
        get { boxes[index - 5][0] }
        set { boxes[index - 5][0] = newValue }
    }
}

/// As many texts, whose order hangs on what comes late in them, or is not that of their bytes.
///
/// No character comes in two spellings, unless `more` brings the second: to texts of which one
/// begins with the other, spelled in another way, `<` gives answers that contradict each other
/// (Swift 6.3.1), so that the serial sort gives another result for each order of the elements.
func strangeTexts(_ count: Int, more: [String] = []) -> [String] {
    let plain = ["a", "b", "e", "z", "A", "\0", " ", "~", "same beginning "]
    let strange = [
        "\u{327}", "\u{E9}", "\u{C5}", "\u{D55C}", "\u{FB01}", "\u{80}", "\u{10FFFF}",
        "\u{1F469}\u{200D}", "\u{1F1E9}\u{1F1EA}",
    ]
    let all = plain + strange + more
    var random = RandomVictims(seed: count)
    return (0..<count).map { _ in
        (0..<random.next(below: 14)).reduce(into: "") { text, _ in
            // Mostly ASCII, so that the strange parts stand at any place.
            text += all[random.next(below: random.next(below: 3) == 0 ? all.count : plain.count)]
        }
    }
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
        let alive = Counter()
        for size in [2, 8, 15, 16, 17, 31, 32, 33, 100, 3000, 20_000] {
            let numbers = SortPattern.random.numbers(size)
            let tick = Counter()
            let contradictions: [@Sendable (Int, Int) -> Bool] = [
                { _, _ in true },
                { _, _ in tick.add(1) & 1 == 0 },
                { _, _ in UInt(bitPattern: tick.add(1)) &* 0x9E37_79B9_7F4A_7C15 >> 63 == 0 },
                { a, b in (a &* 31 ^ b &* 17) & 4 == 0 },
            ]
            for isLess in contradictions {
                var copy = numbers
                copy.parallelSort(on: pool, by: isLess)
                #expect(copy.sorted() == numbers.sorted())
                do {
                    var objects = numbers.map { Counted($0, alive) }
                    objects.parallelSort(on: pool) { isLess($0.number, $1.number) }
                    #expect(objects.map(\.number).sorted() == numbers.sorted())
                    #expect(alive.value == size)
                }
                #expect(alive.value == 0)
            }
        }
    }

    @Test(arguments: [1, 2, 8])
    func `no order takes more than a few times n log n comparisons`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for size in [1000, 4000, 20_000] {
            let bound = 4 * size * (Int.bitWidth - size.leadingZeroBitCount)
            for pattern in SortPattern.allCases {
                let asked = Counter()
                var numbers = pattern.numbers(size)
                numbers.parallelSort(on: pool) {
                    asked.add(1)
                    return $0 < $1
                }
                #expect(asked.value < bound, "\(pattern) of \(size)")
            }
            let adversary = Adversary(size)
            var places = Array(0..<size)
            places.parallelSort(on: pool) { adversary.isLess($0, $1) }
            #expect(adversary.comparisons < bound, "adversary of \(size)")
            let worth = adversary.worth
            #expect(zip(places, places.dropFirst()).allSatisfy { worth[$0] <= worth[$1] })

            // The order that it found to be bad, once more.
            let asked = Counter()
            var killer = worth
            killer.parallelSort(on: pool) {
                asked.add(1)
                return $0 < $1
            }
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
