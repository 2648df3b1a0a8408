/// The decoder that a value's `init(from:)` sees.
struct WireValueDecoder: Decoder {
    let source: WireSource
    let slice: WireSlice
    let path: WirePath?
    let depth: Int

    var codingPath: [any CodingKey] { WirePath.keys(of: path) }
    var userInfo: [CodingUserInfoKey: Any] { source.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard try source.tag(slice.start, before: slice.end, at: path) == .record else {
            throw source.mismatch([String: Any].self, slice, path)
        }
        guard depth < WireLimit.depth else {
            throw source.corrupted(path, "Values are nested deeper than \(WireLimit.depth).")
        }
        return KeyedDecodingContainer(WireRecordDecoder<Key>(value: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard depth < WireLimit.depth else {
            throw source.corrupted(path, "Values are nested deeper than \(WireLimit.depth).")
        }
        guard let array = try source.attached(slice, at: path) else {
            return try WireListDecoder(value: self)
        }
        // Read as other numbers than it was written, or number by number.
        let bytes = array.inBytes
        let source = WireSource(bytes: bytes, userInfo: source.userInfo, attachments: .init())
        return try WireListDecoder(
            value: Self(
                source: source, slice: WireSlice(start: 0, end: bytes.count), path: path,
                depth: depth))
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        WireSingleDecoder(value: self)
    }

    func part(_ slice: WireSlice, _ key: any CodingKey) -> Self {
        Self(source: source, slice: slice, path: WirePath(key, in: path), depth: depth + 1)
    }
}

private final class WireRecordDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let value: WireValueDecoder
    private let first: Int
    /// Where the next key is expected: properties are mostly read in the order of their writing.
    private var place: Int

    init(value: WireValueDecoder) {
        self.value = value
        first = value.slice.start + WireLimit.header
        place = first
    }

    var codingPath: [any CodingKey] { value.codingPath }
    private var source: WireSource { value.source }

    var allKeys: [Key] {
        var keys: [Key] = []
        var offset = first
        // Corrupt bytes end the list; whoever asks for a value behind them gets the error.
        while offset < value.slice.end,
            let key = try? source.key(offset, before: value.slice.end, at: value.path),
            let end = try? source.end(of: key.upperBound, before: value.slice.end, at: value.path)
        {
            if let text = try? source.text(key, at: value.path), let key = Key(stringValue: text) {
                keys.append(key)
            }
            offset = end
        }
        return keys
    }

    /// Finds a key from `place` to the end, then from the first to `place`.
    private func find(_ key: any CodingKey) throws -> WireSlice? {
        if let slice = try find(key, from: place, to: value.slice.end) { return slice }
        return try find(key, from: first, to: place)
    }

    private func find(_ key: any CodingKey, from begin: Int, to end: Int) throws -> WireSlice? {
        let name = key.stringValue
        var offset = begin
        while offset < end {
            let found = try source.key(offset, before: value.slice.end, at: value.path)
            let next = try source.end(
                of: found.upperBound, before: value.slice.end, at: value.path)
            if source.equals(found, name) {
                place = next
                return WireSlice(start: found.upperBound, end: next)
            }
            offset = next
        }
        return nil
    }

    private func slice(_ key: any CodingKey) throws -> WireSlice {
        guard let slice = try find(key) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "There is no such key."))
        }
        return slice
    }

    private func path(_ key: any CodingKey) -> WirePath { WirePath(key, in: value.path) }

    private func integer<Number: FixedWidthInteger & BitwiseCopyable & WireNumber>(
        _ key: Key
    ) throws -> Number {
        let slice = try slice(key)
        // The path is made only when it is needed: for an error.
        do { return try source.integer(Number.self, slice, at: nil) } catch {
            return try source.integer(Number.self, slice, at: path(key))
        }
    }

    func contains(_ key: Key) -> Bool {
        let before = place
        defer { place = before }
        return ((try? find(key)) ?? nil) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        let before = place
        let isNull = source.isNull(try slice(key))
        // The value itself is asked for next.
        if !isNull { place = before }
        return isNull
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try source.flag(slice(key), at: path(key))
    }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try source.string(slice(key), at: path(key))
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try source.floating(type, slice(key), at: path(key))
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try source.floating(type, slice(key), at: path(key))
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try integer(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try integer(key) }

    func decode<Part: Decodable>(_ type: Part.Type, forKey key: Key) throws -> Part {
        try source.read(type, slice(key), at: path(key), depth: value.depth + 1)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try value.part(slice(key), key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value.part(slice(key), key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        value.part(try slice(WireKey.superclass), WireKey.superclass)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        value.part(try slice(key), key)
    }
}

private struct WireListDecoder: UnkeyedDecodingContainer {
    private let value: WireValueDecoder
    private let total: Int
    /// The tag of every element, when the list is an array of numbers.
    private let element: WireTag?
    private var place: Int
    private(set) var currentIndex = 0

    init(value: WireValueDecoder) throws {
        self.value = value
        let source = value.source
        let slice = value.slice
        switch try source.tag(slice.start, before: slice.end, at: value.path) {
        case .list:
            let count = try source.raw(
                UInt32.self, slice.start + 5, before: slice.end, at: value.path)
            place = slice.start + WireLimit.header
            // Each value takes a byte at least: a greater count would only reserve memory.
            guard Int(count) <= slice.end - place else {
                throw source.corrupted(value.path, "A list of \(count) values is cut.")
            }
            total = Int(count)
            element = nil
        case .numbers:
            let (tag, range) = try source.numbers(slice, at: value.path)
            place = range.lowerBound
            total = range.count / (tag.width ?? 1)
            element = tag
        default:
            throw source.mismatch([Any].self, slice, value.path)
        }
    }

    var codingPath: [any CodingKey] { value.codingPath }
    var count: Int? { total }
    var isAtEnd: Bool { currentIndex >= total }
    private var source: WireSource { value.source }
    private var path: WirePath { WirePath(WireKey(intValue: currentIndex), in: value.path) }

    private func peek<Value>(_ type: Value.Type) throws -> WireSlice {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type,
                .init(codingPath: codingPath, debugDescription: "The list has \(total) values."))
        }
        // An element of an array of numbers has no tag: its slice is its bytes.
        if let width = element?.width { return WireSlice(start: place, end: place + width) }
        let end = try source.end(of: place, before: value.slice.end, at: value.path)
        return WireSlice(start: place, end: end)
    }

    private mutating func take<Value>(
        _ type: Value.Type, _ read: (WireSlice) throws -> Value
    ) throws -> Value {
        let slice = try peek(type)
        let result = try read(slice)
        place = slice.end
        currentIndex += 1
        return result
    }

    private mutating func integer<Number: FixedWidthInteger & BitwiseCopyable & WireNumber>()
        throws -> Number
    {
        let (source, element, path) = (source, element, value.path)
        return try take(Number.self) { slice in
            guard let element else { return try source.integer(Number.self, slice, at: path) }
            return try source.integer(Number.self, element, slice.start, slice, at: path)
        }
    }

    private mutating func floating<Number: BinaryFloatingPoint>() throws -> Number {
        let (source, element, path) = (source, element, value.path)
        return try take(Number.self) { slice in
            guard let element else { return try source.floating(Number.self, slice, at: path) }
            return try source.floating(Number.self, element, slice.start, slice, at: path)
        }
    }

    /// The slice of a value with a tag, which elements of an array of numbers do not have.
    private mutating func tagged<Value>(
        _ type: Value.Type, _ read: (WireSlice) throws -> Value
    ) throws -> Value {
        if let element {
            throw source.corrupted(path, "Expected \(type), found \(element).")
        }
        return try take(type, read)
    }

    mutating func decodeNil() throws -> Bool {
        guard element == nil, source.isNull(try peek(Any?.self)) else { return false }
        place += 1
        currentIndex += 1
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        let (source, path) = (source, path)
        return try tagged(type) { try source.flag($0, at: path) }
    }
    mutating func decode(_ type: String.Type) throws -> String {
        let (source, path) = (source, path)
        return try tagged(type) { try source.string($0, at: path) }
    }
    mutating func decode(_ type: Double.Type) throws -> Double { try floating() }
    mutating func decode(_ type: Float.Type) throws -> Float { try floating() }
    mutating func decode(_ type: Int.Type) throws -> Int { try integer() }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try integer() }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try integer() }

    mutating func decode<Part: Decodable>(_ type: Part.Type) throws -> Part {
        // Generic code asks for a number as for any other type.
        if element != nil { return try number(type) }
        let (source, path, depth) = (source, path, value.depth + 1)
        return try take(type) { try source.read(type, $0, at: path, depth: depth) }
    }

    private mutating func number<Part: Decodable>(_ type: Part.Type) throws -> Part {
        func typed<Number>(_ number: Number) throws -> Part {
            guard let part = number as? Part else {
                throw source.corrupted(path, "Expected \(type), found \(Number.self).")
            }
            return part
        }
        if type == Int.self { return try typed(decode(Int.self)) }
        if type == Int8.self { return try typed(decode(Int8.self)) }
        if type == Int16.self { return try typed(decode(Int16.self)) }
        if type == Int32.self { return try typed(decode(Int32.self)) }
        if type == Int64.self { return try typed(decode(Int64.self)) }
        if type == Int128.self { return try typed(decode(Int128.self)) }
        if type == UInt.self { return try typed(decode(UInt.self)) }
        if type == UInt8.self { return try typed(decode(UInt8.self)) }
        if type == UInt16.self { return try typed(decode(UInt16.self)) }
        if type == UInt32.self { return try typed(decode(UInt32.self)) }
        if type == UInt64.self { return try typed(decode(UInt64.self)) }
        if type == UInt128.self { return try typed(decode(UInt128.self)) }
        if type == Float.self { return try typed(decode(Float.self)) }
        if type == Double.self { return try typed(decode(Double.self)) }
        throw source.corrupted(path, "Expected \(type), found an array of numbers.")
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let (value, key) = (value, WireKey(intValue: currentIndex))
        return try tagged(KeyedDecodingContainer<Nested>.self) {
            try value.part($0, key).container(keyedBy: type)
        }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let (value, key) = (value, WireKey(intValue: currentIndex))
        return try tagged((any UnkeyedDecodingContainer).self) {
            try value.part($0, key).unkeyedContainer()
        }
    }

    mutating func superDecoder() throws -> any Decoder {
        let (value, key) = (value, WireKey(intValue: currentIndex))
        return try tagged((any Decoder).self) { value.part($0, key) }
    }
}

private struct WireSingleDecoder: SingleValueDecodingContainer {
    let value: WireValueDecoder
    var codingPath: [any CodingKey] { value.codingPath }

    private func integer<Number: FixedWidthInteger & BitwiseCopyable & WireNumber>() throws
        -> Number
    {
        try value.source.integer(Number.self, value.slice, at: value.path)
    }

    func decodeNil() -> Bool { value.source.isNull(value.slice) }
    func decode(_ type: Bool.Type) throws -> Bool {
        try value.source.flag(value.slice, at: value.path)
    }
    func decode(_ type: String.Type) throws -> String {
        try value.source.string(value.slice, at: value.path)
    }
    func decode(_ type: Double.Type) throws -> Double {
        try value.source.floating(type, value.slice, at: value.path)
    }
    func decode(_ type: Float.Type) throws -> Float {
        try value.source.floating(type, value.slice, at: value.path)
    }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: Int128.Type) throws -> Int128 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try integer() }

    func decode<Part: Decodable>(_ type: Part.Type) throws -> Part {
        try value.source.read(type, value.slice, at: value.path, depth: value.depth + 1)
    }
}
