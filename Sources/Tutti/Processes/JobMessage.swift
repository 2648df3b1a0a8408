/// The contents of frames: a hello, a job, what it gave or threw.
enum JobMessage {
    /// The first frame of a worker.
    struct Hello: Codable, Equatable {
        var version: Int
        var build: String
    }

    /// What stands before the error itself.
    private struct ErrorHead: Codable {
        var reference: TypeReference?
        var type: String
        var message: String
    }

    /// The frame that says what a job gave.
    static func value<Output: Encodable>(_ value: Output) throws -> Frame {
        try encode(.value, Output.self) { encoder, bytes, attachments in
            try encoder.encode(value, to: &bytes, with: &attachments)
        }
    }

    /// The frame that says what a job threw: the error itself when it is `Codable`.
    static func error(_ error: any Error) -> Frame {
        let type = type(of: error)
        let head = ErrorHead(reference: nil, type: typeName(type), message: "\(error)")
        if let codable = error as? any Error & Codable, let reference = try? TypeReference(type),
            let frame = try? encode(
                .error, type,
                {
                    var head = head
                    head.reference = reference
                    try $0.encode(head, to: &$1)
                    try $0.encode(codable, to: &$1, with: &$2)
                })
        {
            return frame
        }
        do {
            return try encode(.error, type) { encoder, bytes, _ in
                try encoder.encode(head, to: &bytes)
            }
        } catch {
            preconditionFailure("Three strings could not be encoded: \(error)")
        }
    }

    /// Reads what a job gave, or throws what it threw.
    static func output<Output: Decodable>(
        _ type: Output.Type, from answer: JobAnswer
    ) throws -> Output {
        guard answer.kind == .value else { throw thrown(from: answer) }
        var offset = answer.start
        return try decode(type, from: answer.reader, at: &offset)
    }

    /// Reads what a job of a packed slice gave, or throws what it threw.
    static func packedOutput<Output: PackedValue>(
        _ type: Output.Type, from answer: JobAnswer
    ) throws -> Output {
        guard answer.kind == .value else { throw thrown(from: answer) }
        guard answer.reader.bytes.count - answer.start >= MemoryLayout<Output>.size else {
            throw ProcessError.notDecodable(type: typeName(type), reason: "bytes are missing.")
        }
        return answer.reader.bytes.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: answer.start, as: type)
        }
    }

    /// What a job threw, by an answer that is no value.
    static func thrown(from answer: JobAnswer) -> any Error {
        do {
            var offset = answer.start
            let head = try decode(ErrorHead.self, from: answer.reader, at: &offset)
            let remote = RemoteError(type: head.type, message: head.message)
            guard let type = head.reference?.type as? any (Error & Codable).Type else {
                return remote
            }
            return (try? decode(type, from: answer.reader, at: &offset)) ?? remote
        } catch {
            return error
        }
    }

    /// Reads a value; a failure names its type.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from reader: WireReader, at offset: inout Int
    ) throws -> Value {
        do {
            return try reader.read(type, at: &offset)
        } catch {
            throw ProcessError.notDecodable(type: typeName(type), reason: "\(error)")
        }
    }

    static func encode(
        _ kind: Frame.Kind, _ type: any Any.Type,
        _ write: (WireEncoder, inout [UInt8], inout WireAttachments) throws -> Void
    ) throws -> Frame {
        do {
            var attachments = WireAttachments()
            var frame = try Frame(kind) { try write(WireEncoder(), &$0, &attachments) }
            frame.attach(attachments)
            return frame
        } catch {
            throw notEncodable(type, error)
        }
    }

    /// The error that names the type.
    static func notEncodable(_ type: any Any.Type, _ error: any Error) -> any Error {
        if error is ProcessError { return error }
        return ProcessError.notEncodable(type: typeName(type), reason: "\(error)")
    }

    /// The frame that brings the ledger.
    static func ledger(_ descriptor: SharedDescriptor) throws -> Frame {
        var frame = try Frame(.ledger) { _ in }
        frame.attach(WireAttachments(descriptors: [descriptor]))
        return frame
    }

    /// The frame that brings the memory for a worker's events.
    static func trace(_ descriptor: SharedDescriptor) throws -> Frame {
        var frame = try Frame(.trace) { _ in }
        frame.attach(WireAttachments(descriptors: [descriptor]))
        return frame
    }

    /// The frame that ends a load.
    static func done() throws -> Frame {
        try Frame(.done) { _ in }
    }

    /// The frame that a worker begins with.
    static func hello(_ hello: Hello) throws -> Frame {
        try encode(.hello, Hello.self) { encoder, bytes, _ in
            try encoder.encode(hello, to: &bytes)
        }
    }
}
