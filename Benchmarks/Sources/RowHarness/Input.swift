/// The constant of splitmix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", 2014).
@inlinable
var golden: UInt64 { 0x9E37_79B9_7F4A_7C15 }

@inlinable
func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
}

/// The number at `index` of the splitmix64 sequence with seed 0; the same in every language.
@inlinable
public func random(_ index: Int) -> UInt64 {
    mixed(UInt64(truncatingIfNeeded: index &+ 1) &* golden)
}

/// A digest of a sequence that depends on each word and its place.
///
/// A sum of mixed words, so that numpy can compute it without a loop.
@inlinable
public func digest(_ words: some Sequence<UInt64>) -> UInt64 {
    var digest: UInt64 = 0
    var place: UInt64 = 0
    for word in words {
        place &+= golden
        digest &+= mixed(word &+ place)
    }
    return digest
}

/// What the rows work on.
public enum Input {
    /// Whole numbers from -8 to 8, whose sums are exact in any order while they are below 2²⁴.
    public static func floats(_ count: Int, from first: Int = 0) -> [Float] {
        (first..<(first + count)).map { Float(Int(random($0) % 17) - 8) }
    }

    /// Random numbers of 32 bits.
    public static func words(_ count: Int) -> [UInt32] {
        (0..<count).map { UInt32(random($0) >> 32) }
    }

    /// The median of ``words(_:)``, up to chance.
    public static let middleWord: UInt32 = 1 << 31

    /// The numbers to sort for a row such as `sort-random`; nil when it is no such row.
    public static func keys(row: String, count: Int = 10_000_000) -> [UInt64]? {
        switch row {
        case "sort-random": (0..<count).map { random($0) }
        case "sort-sorted": (0..<count).map { UInt64($0) }
        case "sort-reversed": (0..<count).map { UInt64(count - 1 - $0) }
        case "sort-few": (0..<count).map { random($0) >> 60 }
        case "sort-organ-pipe": (0..<count).map { UInt64(min($0, count - 1 - $0)) }
        default: nil
        }
    }

    /// Records with some 1 M distinct keys, whose payload is their place.
    public static func records(_ count: Int = 5_000_000) -> [Record] {
        (0..<count).map { Record(key: random($0) >> 44, payload: UInt64($0)) }
    }

    /// Strings of 8 to 24 letters.
    public static func strings(_ count: Int = 1_000_000) -> [String] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        return (0..<count).map { index in
            let length = 8 + Int(random(index * 32 + 31) % 17)
            return String(unsafeUninitializedCapacity: length) { bytes in
                for place in 0..<length {
                    bytes[place] = letters[Int(random(index * 32 + place) % 52)]
                }
                return length
            }
        }
    }
}

/// What `stable-sort-5M` sorts, by key.
public struct Record: BitwiseCopyable, Sendable {
    /// What records are ordered by.
    public var key: UInt64
    /// The place where the record stood before the sort.
    public var payload: UInt64

    /// Makes a record.
    @inlinable
    public init(key: UInt64, payload: UInt64) {
        self.key = key
        self.payload = payload
    }
}

/// A digest of the keys and payloads.
public func digest(_ records: [Record]) -> UInt64 {
    digest(records.lazy.map(\.key)) &* 31
        &+ digest(records.lazy.map(\.payload))
}

/// A digest of the letters, by FNV-1a over each string.
public func digest(_ strings: [String]) -> UInt64 {
    digest(
        strings.lazy.map { string in
            string.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, letter in
                (hash ^ UInt64(letter)) &* 0x100_0000_01B3
            }
        })
}

/// Makes `array` hold the elements of `source` in place, without sharing its storage.
@inlinable
public func restore<Element: BitwiseCopyable>(_ array: inout [Element], from source: [Element]) {
    array.withUnsafeMutableBufferPointer { target in
        _ = target.update(fromContentsOf: source)
    }
}
