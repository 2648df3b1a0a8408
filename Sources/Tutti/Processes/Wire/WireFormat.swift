/// The binary form in which jobs and their results travel between processes of one executable.
///
/// A value is a tag byte and what the tag says, little-endian:
///
/// | tag | then |
/// |---|---|
/// | `null`, `no`, `yes` | nothing |
/// | a number's tag | its bytes |
/// | `string` | `UInt32` length, UTF-8 |
/// | `numbers` | the tag of the element, `UInt64` length in bytes, the bytes as in memory |
/// | `attached` | `UInt32` which of the arrays behind the bytes it is |
/// | `list` | `UInt32` length in bytes, `UInt32` count, the values |
/// | `record` | `UInt32` length in bytes, `UInt32` count, for each: key, value |
///
/// A key is one length byte (255: a `UInt32` follows) and UTF-8. All lengths stand before what
/// they measure, so that any value can be skipped, and every one is checked against what is there.
enum WireTag: UInt8 {
    case null, no, yes
    case int8, int16, int32, int64, int128
    case uint8, uint16, uint32, uint64, uint128
    case float, double
    case string, numbers, attached, list, record

    /// The size of a number in bytes; nil for all other tags.
    var width: Int? {
        switch self {
        case .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float: 4
        case .int64, .uint64, .double: 8
        case .int128, .uint128: 16
        case .null, .no, .yes, .string, .numbers, .attached, .list, .record: nil
        }
    }
}

/// The limits of the wire.
enum WireLimit {
    /// The most bytes of one frame: 2 GiB.
    static let frame = 1 << 31
    /// How deep values may be nested: each level takes some kilobytes of stack in debug builds.
    static let depth = 256
    /// The most descriptors beside the bytes of one frame.
    static let descriptors = 1 << 12
    /// Tag, length and count of a list or a record.
    static let header = 9
}

/// A number that is one tag and its bytes.
protocol WireNumber: BitwiseCopyable, Sendable {
    static var wireTag: WireTag { get }
}

extension Int8: WireNumber { static var wireTag: WireTag { .int8 } }
extension Int16: WireNumber { static var wireTag: WireTag { .int16 } }
extension Int32: WireNumber { static var wireTag: WireTag { .int32 } }
extension Int64: WireNumber { static var wireTag: WireTag { .int64 } }
extension Int128: WireNumber { static var wireTag: WireTag { .int128 } }
extension UInt8: WireNumber { static var wireTag: WireTag { .uint8 } }
extension UInt16: WireNumber { static var wireTag: WireTag { .uint16 } }
extension UInt32: WireNumber { static var wireTag: WireTag { .uint32 } }
extension UInt64: WireNumber { static var wireTag: WireTag { .uint64 } }
extension UInt128: WireNumber { static var wireTag: WireTag { .uint128 } }
extension Int: WireNumber { static var wireTag: WireTag { .int64 } }
extension UInt: WireNumber { static var wireTag: WireTag { .uint64 } }
extension Float: WireNumber { static var wireTag: WireTag { .float } }
extension Double: WireNumber { static var wireTag: WireTag { .double } }

/// The arrays that are one copy.
enum WireNumbers {
    /// What the elements of such an array are; nil for every other type.
    ///
    /// Asked for every value: comparisons with types that are known here cost next to nothing,
    /// those with `[Number]` of a generic parameter look the type up each time.
    static func element(of type: any Any.Type) -> (any WireNumber.Type)? {
        if type == [UInt8].self { return UInt8.self }
        if type == [Float].self { return Float.self }
        if type == [Double].self { return Double.self }
        if type == [Int].self { return Int.self }
        if type == [Int32].self { return Int32.self }
        if type == [Int64].self { return Int64.self }
        if type == [Int16].self { return Int16.self }
        if type == [Int8].self { return Int8.self }
        if type == [UInt].self { return UInt.self }
        if type == [UInt32].self { return UInt32.self }
        if type == [UInt64].self { return UInt64.self }
        if type == [UInt16].self { return UInt16.self }
        return nil
    }

    /// Those types, by their places: what an array behind the bytes of a frame is made of.
    static let types: [any WireNumber.Type] = [
        UInt8.self, Float.self, Double.self, Int.self, Int32.self, Int64.self, Int16.self,
        Int8.self, UInt.self, UInt32.self, UInt64.self, UInt16.self,
    ]

    /// The place of a type there.
    static func place(of type: any WireNumber.Type) -> UInt8 {
        UInt8(types.firstIndex { $0 == type } ?? types.count)
    }
}

/// Where in a value something is: a list that shares its beginnings, made without copying.
final class WirePath: Sendable {
    let key: any CodingKey
    let parent: WirePath?

    init(_ key: any CodingKey, in parent: WirePath?) {
        self.key = key
        self.parent = parent
    }

    static func keys(of path: WirePath?) -> [any CodingKey] {
        var keys: [any CodingKey] = []
        var place = path
        while let here = place {
            keys.append(here.key)
            place = here.parent
        }
        return keys.reversed()
    }
}

/// A key that belongs to no type: a place in a list, or `super`.
struct WireKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }

    /// The key of a superclass's part.
    static var superclass: Self { Self(stringValue: "super") }
}
