/// A whole value, from its tag to its end: known to lie within the bytes.
struct WireSlice {
    var start: Int
    var end: Int
}

/// The bytes that are decoded, and the steps that look at them.
final class WireSource: Sendable {
    let bytes: [UInt8]
    let userInfo: [CodingUserInfoKey: any Sendable]
    /// What came with the bytes.
    let attachments: WireAttachments
    /// Whether memory that is mapped stays mapped for a while, as in a worker.
    let keepsSegments: Bool

    init(
        bytes: [UInt8], userInfo: [CodingUserInfoKey: any Sendable],
        attachments: WireAttachments, keepsSegments: Bool = false
    ) {
        self.keepsSegments = keepsSegments
        self.bytes = bytes
        self.userInfo = userInfo
        self.attachments = attachments
    }

    func corrupted(_ path: WirePath?, _ sentence: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: WirePath.keys(of: path), debugDescription: sentence))
    }

    func mismatch<Value>(
        _ type: Value.Type, _ slice: WireSlice, _ path: WirePath?
    ) -> DecodingError {
        let found = WireTag(rawValue: bytes[slice.start]).map { "\($0)" } ?? "no value"
        let context = DecodingError.Context(
            codingPath: WirePath.keys(of: path),
            debugDescription: "Expected \(type), found \(found).")
        return found == "null" ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    /// A number at `offset`, when it lies before `end`.
    func raw<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, _ offset: Int, before end: Int, at path: WirePath?
    ) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard offset >= 0, end <= bytes.count, end - offset >= size else {
            throw corrupted(path, "The bytes end in the middle of a value.")
        }
        return bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
        }
    }

    func tag(_ offset: Int, before end: Int, at path: WirePath?) throws -> WireTag {
        let byte = try raw(UInt8.self, offset, before: end, at: path)
        guard let tag = WireTag(rawValue: byte) else {
            throw corrupted(path, "\(byte) is no tag of a value.")
        }
        return tag
    }

    /// Where the value at `offset` ends; throws when that is not before `limit`.
    func end(of offset: Int, before limit: Int, at path: WirePath?) throws -> Int {
        let tag = try tag(offset, before: limit, at: path)
        let head: Int
        let body: Int
        switch tag {
        case .null, .no, .yes:
            (head, body) = (1, 0)
        case .string:
            (head, body) = (5, Int(try raw(UInt32.self, offset + 1, before: limit, at: path)))
        case .list, .record:
            let length = try raw(UInt32.self, offset + 1, before: limit, at: path)
            (head, body) = (WireLimit.header, Int(length))
        case .attached:
            (head, body) = (5, 0)
        case .numbers:
            let length = try raw(UInt64.self, offset + 2, before: limit, at: path)
            guard let length = Int(exactly: length) else {
                throw corrupted(path, "A length of \(length) bytes is impossible.")
            }
            (head, body) = (10, length)
        default:
            (head, body) = (1, tag.width ?? 0)
        }
        let room = limit - offset
        guard room >= head, room - head >= body else {
            throw corrupted(path, "The bytes end in the middle of a value.")
        }
        return offset + head + body
    }

    /// A key at `offset`, and where it ends.
    func key(_ offset: Int, before end: Int, at path: WirePath?) throws -> Range<Int> {
        var start = offset + 1
        var count = Int(try raw(UInt8.self, offset, before: end, at: path))
        if count == 255 {
            count = Int(try raw(UInt32.self, start, before: end, at: path))
            start += 4
        }
        guard end - start >= count else {
            throw corrupted(path, "The bytes end in the middle of a key.")
        }
        return start..<start + count
    }

    func text(_ range: Range<Int>, at path: WirePath?) throws -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw corrupted(path, "A text is not valid UTF-8.")
        }
        return text
    }

    func equals(_ range: Range<Int>, _ key: String) -> Bool {
        let utf8 = key.utf8
        return utf8.count == range.count && utf8.elementsEqual(bytes[range])
    }

    func isNull(_ slice: WireSlice) -> Bool {
        bytes[slice.start] == WireTag.null.rawValue
    }

    func flag(_ slice: WireSlice, at path: WirePath?) throws -> Bool {
        switch try tag(slice.start, before: slice.end, at: path) {
        case .yes: return true
        case .no: return false
        default: throw mismatch(Bool.self, slice, path)
        }
    }

    func string(_ slice: WireSlice, at path: WirePath?) throws -> String {
        guard try tag(slice.start, before: slice.end, at: path) == .string else {
            throw mismatch(String.self, slice, path)
        }
        return try text(slice.start + 5..<slice.end, at: path)
    }

    func integer<Number: FixedWidthInteger & BitwiseCopyable & WireNumber>(
        _ type: Number.Type, _ slice: WireSlice, at path: WirePath?
    ) throws -> Number {
        let tag = try tag(slice.start, before: slice.end, at: path)
        if tag == Number.wireTag {
            return try raw(Number.self, slice.start + 1, before: slice.end, at: path)
        }
        return try integer(type, tag, slice.start + 1, slice, at: path)
    }

    /// A number that was written as another integer type than it is read as.
    func integer<Number: FixedWidthInteger>(
        _ type: Number.Type, _ tag: WireTag, _ offset: Int, _ slice: WireSlice, at path: WirePath?
    ) throws -> Number {
        func converted<Stored: FixedWidthInteger & BitwiseCopyable>(
            _: Stored.Type
        ) throws -> Number {
            let stored = try raw(Stored.self, offset, before: slice.end, at: path)
            guard let number = Number(exactly: stored) else {
                throw corrupted(path, "\(stored) does not fit in \(Number.self).")
            }
            return number
        }
        switch tag {
        case .int8: return try converted(Int8.self)
        case .int16: return try converted(Int16.self)
        case .int32: return try converted(Int32.self)
        case .int64: return try converted(Int64.self)
        case .int128: return try converted(Int128.self)
        case .uint8: return try converted(UInt8.self)
        case .uint16: return try converted(UInt16.self)
        case .uint32: return try converted(UInt32.self)
        case .uint64: return try converted(UInt64.self)
        case .uint128: return try converted(UInt128.self)
        default: throw mismatch(type, slice, path)
        }
    }

    func floating<Number: BinaryFloatingPoint>(
        _ type: Number.Type, _ slice: WireSlice, at path: WirePath?
    ) throws -> Number {
        let tag = try tag(slice.start, before: slice.end, at: path)
        return try floating(type, tag, slice.start + 1, slice, at: path)
    }

    func floating<Number: BinaryFloatingPoint>(
        _ type: Number.Type, _ tag: WireTag, _ offset: Int, _ slice: WireSlice, at path: WirePath?
    ) throws -> Number {
        switch tag {
        case .float:
            let bits = try raw(UInt32.self, offset, before: slice.end, at: path)
            return Number(Float(bitPattern: bits))
        case .double:
            let bits = try raw(UInt64.self, offset, before: slice.end, at: path)
            return Number(Double(bitPattern: bits))
        default: throw mismatch(type, slice, path)
        }
    }

    func read<Value: Decodable>(
        _ type: Value.Type, _ slice: WireSlice, at path: WirePath?, depth: Int
    ) throws -> Value {
        guard depth < WireLimit.depth else {
            throw corrupted(path, "Values are nested deeper than \(WireLimit.depth).")
        }
        if let array = try attached(slice, at: path) {
            if let value = array as? Value { return value }
            if let array = array as? [UInt8], let data = array.withUnsafeBytes({ data(type, $0) }) {
                return data
            }
        } else if bytes[slice.start] == WireTag.numbers.rawValue {
            if let numbers = try numbers(type, slice, at: path) { return numbers }
            if bytes[slice.start + 1] == WireTag.uint8.rawValue,
                let data = bytes[slice.start + 10..<slice.end].withUnsafeBytes({ data(type, $0) })
            {
                return data
            }
        }
        return try Value(
            from: WireValueDecoder(source: self, slice: slice, path: path, depth: depth))
    }

    /// An array of numbers as one copy; nil when the value is none.
    private func numbers<Value>(
        _ type: Value.Type, _ slice: WireSlice, at path: WirePath?
    ) throws -> Value? {
        guard let element = WireNumbers.element(of: type) else { return nil }
        return try numbers(element, slice, path)
    }

    private func numbers<Value, Number: WireNumber>(
        _: Number.Type, _ slice: WireSlice, _ path: WirePath?
    ) throws -> Value? {
        let (tag, range) = try numbers(slice, at: path)
        // Written as other numbers than it is read as: one by one, then.
        guard tag == Number.wireTag else { return nil }
        let count = range.count / MemoryLayout<Number>.size
        let array = [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
            LargeBytes.advise(buffer.baseAddress, range.count)
            bytes[range].withUnsafeBytes {
                UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0)
            }
            initialized = count
        }
        return array as? Value
    }

    /// The array behind the bytes that a value refers to; nil when it is no such value.
    func attached(_ slice: WireSlice, at path: WirePath?) throws -> (any WireArray)? {
        guard bytes[slice.start] == WireTag.attached.rawValue else { return nil }
        let place = try raw(UInt32.self, slice.start + 1, before: slice.end, at: path)
        guard attachments.arrays.indices.contains(Int(place)) else {
            throw corrupted(path, "There is no array \(place) behind the bytes.")
        }
        return attachments.arrays[Int(place)]
    }

    /// Foundation's `Data` as one copy; nil when the value is none.
    ///
    /// Its own decoding asks for byte after byte. By name, since the engine does not import
    /// Foundation, and no other type may be decoded without its `init(from:)`.
    private func data<Value>(_ type: Value.Type, _ bytes: UnsafeRawBufferPointer) -> Value? {
        guard let container = type as? any RangeReplaceableCollection<UInt8>.Type,
            let name = _mangledTypeName(type), Self.dataNames.contains(name)
        else { return nil }
        func make<Bytes: RangeReplaceableCollection<UInt8>>(_: Bytes.Type) -> Bytes { Bytes(bytes) }
        return make(container) as? Value
    }

    private static let dataNames: Set = [
        "10Foundation4DataV", "20FoundationEssentials4DataV",
    ]

    /// The tag of the elements and where their bytes stand, a whole number of elements.
    func numbers(_ slice: WireSlice, at path: WirePath?) throws -> (WireTag, Range<Int>) {
        let tag = try tag(slice.start + 1, before: slice.end, at: path)
        let range = slice.start + 10..<slice.end
        guard let width = tag.width, range.count % width == 0 else {
            throw corrupted(path, "\(range.count) bytes are no array of \(tag).")
        }
        return (tag, range)
    }
}
