/// Encodes any `Encodable` value in the form that ``WireTag`` describes.
///
/// Arrays of numbers are one copy; everything else is written once, in place.
struct WireEncoder {
    /// What the values' own `encode(to:)` may ask for.
    var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    /// Appends `value` to `bytes`.
    ///
    /// - Throws: `EncodingError` when a value cannot be encoded, or needs descriptors beside the
    ///   bytes; and whatever it throws itself.
    func encode(_ value: some Encodable, to bytes: inout [UInt8]) throws {
        try encode(value, to: &bytes, WireSink(userInfo: userInfo, mayAttach: false))
    }

    /// Appends `value` to `bytes`, and to `attachments` what must travel with them.
    ///
    /// - Throws: as the other form, and when there would be too many descriptors.
    func encode(
        _ value: some Encodable, to bytes: inout [UInt8], with attachments: inout WireAttachments
    ) throws {
        let sink = WireSink(userInfo: userInfo, mayAttach: true)
        sink.attachments = attachments
        defer { attachments = sink.attachments }
        try encode(value, to: &bytes, sink)
    }

    private func encode(
        _ value: some Encodable, to bytes: inout [UInt8], _ sink: WireSink
    ) throws {
        // The array moves in and out, so that it is never copied.
        swap(&sink.bytes, &bytes)
        defer { swap(&sink.bytes, &bytes) }
        try sink.write(value, at: nil, depth: 0)
    }
}

/// Writes several values one after the other.
///
/// Not for two tasks at a time.
final class WireWriter {
    private let sink = WireSink(userInfo: [:], mayAttach: true)

    /// What was written since the last ``removeAll()``.
    var bytes: [UInt8] { sink.bytes }
    /// What must travel with the bytes.
    var attachments: WireAttachments { sink.attachments }

    /// Appends bytes as they are.
    func append(_ bytes: some Collection<UInt8>) {
        sink.bytes += bytes
    }

    /// Appends a value; what a failure has written goes again.
    ///
    /// - Throws: as ``WireEncoder/encode(_:to:with:)``.
    func write(_ value: some Encodable) throws {
        let start = sink.bytes.count
        let attachments = sink.attachments
        do {
            try sink.write(value, at: nil, depth: 0)
        } catch {
            sink.attachments = attachments
            sink.bytes.removeLast(sink.bytes.count - start)
            sink.nested = []
            throw error
        }
    }

    /// Gives away the bytes without a copy, and begins anew.
    func takeBytes() -> [UInt8] {
        defer { sink.bytes = [] }
        return sink.bytes
    }

    /// Begins anew, in the same memory.
    func removeAll() {
        sink.bytes.removeAll(keepingCapacity: sink.bytes.count <= 64 << 10)
        sink.attachments = WireAttachments()
    }
}

/// Where encoded bytes go.
///
/// A value that is encoded while its `encode(to:)` runs is written in place. A nested container
/// may be filled later than its siblings, so that it gets a sink of its own; what it holds is put
/// in its place when the value around it is complete.
final class WireSink {
    var bytes: [UInt8] = []
    /// What travels with the bytes; only in the outermost sink.
    var attachments = WireAttachments()
    private let mayAttach: Bool
    /// The sink that this one is nested in.
    private let outer: WireSink?
    var nested: [(offset: Int, sink: WireSink)] = []
    let userInfo: [CodingUserInfoKey: any Sendable]

    init(userInfo: [CodingUserInfoKey: any Sendable], mayAttach: Bool) {
        self.userInfo = userInfo
        self.mayAttach = mayAttach
        outer = nil
    }

    /// A sink for a container in a value of `outer`.
    init(in outer: WireSink) {
        userInfo = outer.userInfo
        mayAttach = outer.mayAttach
        self.outer = outer
    }

    /// The place of a descriptor among those of the frame; nil when there is no room for it.
    func attach(_ descriptor: SharedDescriptor) -> Int? {
        if let outer { return outer.attach(descriptor) }
        // Slices of one array come one after the other: the last ones are looked at first.
        let descriptors = attachments.descriptors
        if let place = descriptors.lastIndex(where: { $0 === descriptor }) { return place }
        guard mayAttach, descriptors.count < WireLimit.descriptors else { return nil }
        attachments.descriptors.append(descriptor)
        return descriptors.count
    }

    /// Lets an array travel behind the bytes, and writes its place there; false when it had better
    /// be in them.
    private func attach(_ array: some WireArray) -> Bool {
        let size = array.byteCount
        let place = outermost.attachments.arrays.count
        guard mayAttach, size >= WireArrayHead.least, size <= WireLimit.frame,
            place < WireArrayHead.most
        else { return false }
        outermost.attachments.arrays.append(array)
        put(.attached)
        putRaw(UInt32(place))
        return true
    }

    private var outermost: WireSink { outer?.outermost ?? self }

    func write(_ value: some Encodable, at path: WirePath?, depth: Int) throws {
        guard depth < WireLimit.depth else {
            throw EncodingError.invalidValue(
                value,
                context(path, "Values are nested deeper than \(WireLimit.depth)."))
        }
        if writeNumbers(value) { return }
        let start = bytes.count
        let firstNested = nested.count
        try value.encode(to: WireValueEncoder(sink: self, start: start, path: path, depth: depth))
        // A value without properties may write nothing at all.
        if bytes.count == start { openContainer(.record) }
        try splice(from: firstNested)
        try close(start, at: path)
        guard bytes.count <= WireLimit.frame else {
            throw EncodingError.invalidValue(
                value, context(path, "It takes more than \(WireLimit.frame) bytes."))
        }
    }

    func context(_ path: WirePath?, _ sentence: String) -> EncodingError.Context {
        EncodingError.Context(codingPath: WirePath.keys(of: path), debugDescription: sentence)
    }

    func put(_ tag: WireTag) {
        bytes.append(tag.rawValue)
    }

    func putRaw(_ number: some WireNumber) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }

    func put<Number: WireNumber>(_ number: Number) {
        put(Number.wireTag)
        putRaw(number)
    }

    func put(_ flag: Bool) {
        put(flag ? .yes : .no)
    }

    func put(_ text: String) {
        put(.string)
        var text = text
        text.withUTF8 {
            // A longer text fails at the end, by the limit of the frame.
            putRaw(UInt32(truncatingIfNeeded: $0.count))
            bytes.append(contentsOf: $0)
        }
    }

    func putKey(_ key: String) {
        var key = key
        key.withUTF8 {
            if $0.count < 255 {
                bytes.append(UInt8($0.count))
            } else {
                bytes.append(255)
                putRaw(UInt32(truncatingIfNeeded: $0.count))
            }
            bytes.append(contentsOf: $0)
        }
    }

    func openContainer(_ tag: WireTag) {
        put(tag)
        putRaw(UInt64(0))
    }

    /// Adds one to the count of the list or record whose tag stands at `start`.
    func addOne(toContainerAt start: Int) {
        if isBytes(start) { spread(start) }
        store(load(start + 5) &+ 1, start + 5)
    }

    func count(ofContainerAt start: Int) -> Int {
        if let array = attached(start) { return array.byteCount }
        guard bytes[start] != WireTag.numbers.rawValue else { return bytes.count - start - 10 }
        return Int(load(start + 5))
    }

    /// Whether the list at `start` has become an array of bytes.
    func isBytes(_ start: Int) -> Bool {
        bytes[start] == WireTag.numbers.rawValue || bytes[start] == WireTag.attached.rawValue
    }

    private func attached(_ start: Int) -> (any WireArray)? {
        guard bytes[start] == WireTag.attached.rawValue else { return nil }
        return outermost.attachments.arrays[Int(load(start + 1))]
    }

    /// Appends bytes to the list at `start`: as one copy, when it has nothing else.
    ///
    /// The list becomes an array of bytes then, until another value is added.
    func put(contentsOf new: some Sequence<UInt8>, inListAt start: Int) {
        let isEmpty = count(ofContainerAt: start) == 0
        guard isEmpty || bytes[start] == WireTag.numbers.rawValue else {
            for byte in new {
                addOne(toContainerAt: start)
                put(byte)
            }
            return
        }
        if isEmpty {
            bytes.removeSubrange(start...)
            if new.underestimatedCount >= WireArrayHead.least, attach([UInt8](new)) { return }
            put(.numbers)
            put(.uint8)
            putRaw(UInt64(0))
        }
        bytes.append(contentsOf: new)
        let length = UInt64(bytes.count - start - 10)
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: length.littleEndian, toByteOffset: start + 2, as: UInt64.self)
        }
    }

    /// Makes a list of values again of an array of bytes.
    private func spread(_ start: Int) {
        let numbers = attached(start)?.withBytes(Array.init) ?? Array(bytes[(start + 10)...])
        bytes.removeSubrange(start...)
        openContainer(.list)
        for number in numbers { put(number) }
        store(UInt32(truncatingIfNeeded: numbers.count), start + 5)
    }

    /// Writes the length of the container that began at `start` and reaches to the end.
    func close(_ start: Int, at path: WirePath?) throws {
        let tag = bytes[start]
        guard tag == WireTag.list.rawValue || tag == WireTag.record.rawValue else { return }
        guard let length = UInt32(exactly: bytes.count - start - WireLimit.header) else {
            throw EncodingError.invalidValue(
                (), context(path, "It takes more than \(WireLimit.frame) bytes."))
        }
        store(length, start + 1)
    }

    /// Puts what the nested containers from `first` on hold in its place.
    private func splice(from first: Int) throws {
        guard nested.count > first else { return }
        let parts = nested[first...]
        let begin = parts[first].offset
        var tail: [UInt8] = []
        var place = begin
        for part in parts {
            tail += bytes[place..<part.offset]
            place = part.offset
            // A superclass's encoder may have written nothing at all.
            if part.sink.bytes.isEmpty { part.sink.openContainer(.record) }
            try part.sink.splice(from: 0)
            try part.sink.close(0, at: nil)
            tail += part.sink.bytes
        }
        tail += bytes[place...]
        bytes.replaceSubrange(begin..., with: tail)
        nested.removeLast(nested.count - first)
    }

    private func load(_ offset: Int) -> UInt32 {
        bytes.withUnsafeBytes {
            UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
    }

    private func store(_ number: UInt32, _ offset: Int) {
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: number.littleEndian, toByteOffset: offset, as: UInt32.self)
        }
    }

    /// Writes an array of numbers as one copy, or attaches it; false when the value is none.
    private func writeNumbers<Value>(_ value: Value) -> Bool {
        guard let element = WireNumbers.element(of: Value.self) else { return false }
        func write<Number: WireNumber>(_: Number.Type) -> Bool {
            guard let numbers = value as? [Number] else { return false }
            if attach(numbers) { return true }
            numbers.withUnsafeBytes {
                put(.numbers)
                put(Number.wireTag)
                putRaw(UInt64($0.count))
                LargeBytes.append($0, to: &bytes)
            }
            return true
        }
        return write(element)
    }
}

/// The encoder that a value's `encode(to:)` sees.
struct WireValueEncoder: Encoder {
    let sink: WireSink
    /// Where the value begins in the sink.
    let start: Int
    let path: WirePath?
    let depth: Int

    var codingPath: [any CodingKey] { WirePath.keys(of: path) }
    var userInfo: [CodingUserInfoKey: Any] { sink.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        begin(.record)
        return KeyedEncodingContainer(WireRecordEncoder<Key>(value: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        begin(.list)
        return WireListEncoder(value: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        WireSingleEncoder(value: self)
    }

    /// Lets a descriptor travel beside the bytes: its place there, nil when there is no room.
    func attach(_ descriptor: SharedDescriptor) -> Int? { sink.attach(descriptor) }

    /// Opens the container; a superclass that asks again gets the same one.
    private func begin(_ tag: WireTag) {
        if sink.bytes.count == start {
            sink.openContainer(tag)
        } else if sink.bytes[start] != tag.rawValue,
            tag != .list || !sink.isBytes(start)
        {
            fatalError("encode(to:) asks for two containers of different kinds at \(codingPath).")
        }
    }

    /// A container of its own for a part that may be filled at any time before this value is done.
    func nested(_ key: any CodingKey) -> Self {
        let inner = WireSink(in: sink)
        sink.nested.append((sink.bytes.count, inner))
        return Self(sink: inner, start: 0, path: WirePath(key, in: path), depth: depth + 1)
    }
}

private struct WireRecordEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let value: WireValueEncoder
    var codingPath: [any CodingKey] { value.codingPath }

    private func begin(_ key: some CodingKey) -> WireSink {
        value.sink.addOne(toContainerAt: value.start)
        value.sink.putKey(key.stringValue)
        return value.sink
    }

    func encodeNil(forKey key: Key) { begin(key).put(.null) }
    func encode(_ flag: Bool, forKey key: Key) { begin(key).put(flag) }
    func encode(_ text: String, forKey key: Key) { begin(key).put(text) }
    func encode(_ number: Double, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Float, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Int, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Int8, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Int16, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Int32, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Int64, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: Int128, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: UInt, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: UInt8, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: UInt16, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: UInt32, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: UInt64, forKey key: Key) { begin(key).put(number) }
    func encode(_ number: UInt128, forKey key: Key) { begin(key).put(number) }

    func encode<Part: Encodable>(_ part: Part, forKey key: Key) throws {
        try begin(key).write(part, at: WirePath(key, in: value.path), depth: value.depth + 1)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        _ = begin(key)
        return value.nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        _ = begin(key)
        return value.nested(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        _ = begin(WireKey.superclass)
        return value.nested(WireKey.superclass)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        _ = begin(key)
        return value.nested(key)
    }
}

private struct WireListEncoder: UnkeyedEncodingContainer {
    let value: WireValueEncoder
    var codingPath: [any CodingKey] { value.codingPath }
    var count: Int { value.sink.count(ofContainerAt: value.start) }

    private func begin() -> WireSink {
        value.sink.addOne(toContainerAt: value.start)
        return value.sink
    }

    func encodeNil() { begin().put(.null) }
    func encode(_ flag: Bool) { begin().put(flag) }
    func encode(_ text: String) { begin().put(text) }
    func encode(_ number: Double) { begin().put(number) }
    func encode(_ number: Float) { begin().put(number) }
    func encode(_ number: Int) { begin().put(number) }
    func encode(_ number: Int8) { begin().put(number) }
    func encode(_ number: Int16) { begin().put(number) }
    func encode(_ number: Int32) { begin().put(number) }
    func encode(_ number: Int64) { begin().put(number) }
    func encode(_ number: Int128) { begin().put(number) }
    func encode(_ number: UInt) { begin().put(number) }
    func encode(_ number: UInt8) { begin().put(number) }
    func encode(_ number: UInt16) { begin().put(number) }
    func encode(_ number: UInt32) { begin().put(number) }
    func encode(_ number: UInt64) { begin().put(number) }
    func encode(_ number: UInt128) { begin().put(number) }

    /// How Foundation's `Data` encodes itself.
    func encode<Bytes: Sequence>(contentsOf bytes: Bytes) throws where Bytes.Element == UInt8 {
        value.sink.put(contentsOf: bytes, inListAt: value.start)
    }

    func encode<Part: Encodable>(_ part: Part) throws {
        let key = WireKey(intValue: count)
        try begin().write(part, at: WirePath(key, in: value.path), depth: value.depth + 1)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        nested().unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        nested()
    }

    private func nested() -> WireValueEncoder {
        let key = WireKey(intValue: count)
        _ = begin()
        return value.nested(key)
    }
}

private struct WireSingleEncoder: SingleValueEncodingContainer {
    let value: WireValueEncoder
    var codingPath: [any CodingKey] { value.codingPath }

    private func sink() throws -> WireSink {
        guard value.sink.bytes.count == value.start else {
            throw EncodingError.invalidValue(
                (), value.sink.context(value.path, "A second value for a single-value container."))
        }
        return value.sink
    }

    func encodeNil() throws { try sink().put(.null) }
    func encode(_ flag: Bool) throws { try sink().put(flag) }
    func encode(_ text: String) throws { try sink().put(text) }
    func encode(_ number: Double) throws { try sink().put(number) }
    func encode(_ number: Float) throws { try sink().put(number) }
    func encode(_ number: Int) throws { try sink().put(number) }
    func encode(_ number: Int8) throws { try sink().put(number) }
    func encode(_ number: Int16) throws { try sink().put(number) }
    func encode(_ number: Int32) throws { try sink().put(number) }
    func encode(_ number: Int64) throws { try sink().put(number) }
    func encode(_ number: Int128) throws { try sink().put(number) }
    func encode(_ number: UInt) throws { try sink().put(number) }
    func encode(_ number: UInt8) throws { try sink().put(number) }
    func encode(_ number: UInt16) throws { try sink().put(number) }
    func encode(_ number: UInt32) throws { try sink().put(number) }
    func encode(_ number: UInt64) throws { try sink().put(number) }
    func encode(_ number: UInt128) throws { try sink().put(number) }

    func encode<Part: Encodable>(_ part: Part) throws {
        try sink().write(part, at: value.path, depth: value.depth + 1)
    }
}
