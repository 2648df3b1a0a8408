/// Decodes what ``WireEncoder`` wrote.
///
/// Every length is checked before it is used: bytes that are cut, or that were never written by
/// the encoder, give a `DecodingError`. Nothing is allocated for more than the bytes justify.
struct WireDecoder {
    /// What the values' own `init(from:)` may ask for.
    var userInfo: [CodingUserInfoKey: any Sendable] = [:]
    /// What came with the bytes.
    var attachments = WireAttachments()

    /// Reads the value that begins at `offset`, and moves `offset` behind it.
    ///
    /// - Throws: `DecodingError` when no such value stands there, and whatever the value's own
    ///   `init(from:)` throws.
    func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], at offset: inout Int
    ) throws -> Value {
        try WireReader(bytes, userInfo: userInfo, attachments: attachments).read(type, at: &offset)
    }

    /// Reads the only value of `bytes`.
    ///
    /// - Throws: as the other form, and when bytes are left over.
    func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        var offset = 0
        let value = try decode(type, from: bytes, at: &offset)
        guard offset == bytes.count else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: [],
                    debugDescription: "\(bytes.count - offset) bytes are left over."))
        }
        return value
    }
}

/// Reads several values that stand in the same bytes.
struct WireReader: Sendable {
    private let source: WireSource

    var bytes: [UInt8] { source.bytes }

    init(
        _ bytes: [UInt8], userInfo: [CodingUserInfoKey: any Sendable] = [:],
        attachments: WireAttachments = WireAttachments(), keepsSegments: Bool = false
    ) {
        source = WireSource(
            bytes: bytes, userInfo: userInfo, attachments: attachments,
            keepsSegments: keepsSegments)
    }

    /// Reads what came in a frame.
    init(_ frame: Frame, keepsSegments: Bool = false) {
        self.init(
            frame.bytes, attachments: frame.attachments, keepsSegments: keepsSegments)
    }

    /// Whether descriptors came beside the bytes.
    var hasDescriptors: Bool { !source.attachments.descriptors.isEmpty }

    /// Reads the value that begins at `offset`, and moves `offset` behind it, also when it is no
    /// such value.
    ///
    /// - Throws: as ``WireDecoder/decode(_:from:at:)``.
    func read<Value: Decodable>(_ type: Value.Type, at offset: inout Int) throws -> Value {
        let end = try source.end(of: offset, before: source.bytes.count, at: nil)
        defer { offset = end }
        return try source.read(type, WireSlice(start: offset, end: end), at: nil, depth: 0)
    }

    /// Moves `offset` behind the value that begins there.
    ///
    /// - Throws: `DecodingError` when the bytes end before the value does.
    func skip(at offset: inout Int) throws {
        offset = try source.end(of: offset, before: source.bytes.count, at: nil)
    }
}
