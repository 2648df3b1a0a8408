import Testing

@testable import Tutti

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

/// Answers that are those of no order.
func contradictions() -> [@Sendable (Int, Int) -> Bool] {
    let tick = Counter()
    return [
        { _, _ in true },
        { _, _ in tick.add(1) & 1 == 0 },
        { _, _ in UInt(bitPattern: tick.add(1)) &* 0x9E37_79B9_7F4A_7C15 >> 63 == 0 },
        { a, b in (a &* 31 ^ b &* 17) & 4 == 0 },
    ]
}

/// Checks that a sort ends with all elements when its comparison contradicts itself.
///
/// - Parameters:
///   - sortNumbers: the sort, of numbers.
///   - sortObjects: the same, of objects.
func expectNothingIsLostByContradictions(
    _ sortNumbers: (inout [Int], @Sendable (Int, Int) -> Bool) -> Void,
    _ sortObjects: (inout [Counted], @Sendable (Counted, Counted) -> Bool) -> Void
) {
    let alive = Counter()
    for size in [2, 8, 15, 16, 17, 31, 32, 33, 100, 3000, 20_000] {
        let numbers = SortPattern.random.numbers(size)
        for isLess in contradictions() {
            var copy = numbers
            sortNumbers(&copy, isLess)
            #expect(copy.sorted() == numbers.sorted())
            do {
                var objects = numbers.map { Counted($0, alive) }
                sortObjects(&objects) { isLess($0.number, $1.number) }
                #expect(objects.map(\.number).sorted() == numbers.sorted())
                #expect(alive.value == size)
            }
            #expect(alive.value == 0)
        }
    }
}

/// Checks that a sort asks a few times n log n comparisons at most, of any order and of an adversary.
///
/// - Parameter sort: the sort.
/// - Returns: the orders that the adversary found to be bad.
@discardableResult
func expectFewComparisons(
    _ sort: (inout [Int], @Sendable (Int, Int) -> Bool) -> Void
) -> [[Int]] {
    [1000, 4000, 20_000].map { size in
        let bound = 4 * size * (Int.bitWidth - size.leadingZeroBitCount)
        for pattern in SortPattern.allCases {
            let asked = Counter()
            var numbers = pattern.numbers(size)
            sort(&numbers) {
                asked.add(1)
                return $0 < $1
            }
            #expect(asked.value < bound, "\(pattern) of \(size)")
        }
        let adversary = Adversary(size)
        var places = Array(0..<size)
        sort(&places) { adversary.isLess($0, $1) }
        #expect(adversary.comparisons < bound, "adversary of \(size)")
        let worth = adversary.worth
        #expect(zip(places, places.dropFirst()).allSatisfy { worth[$0] <= worth[$1] })
        return worth
    }
}
