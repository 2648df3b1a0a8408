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

    /// The frame that sends a job.
    static func job<Work: Job>(_ job: Work, _ reference: TypeReference) throws -> Frame {
        try encode(.job, Work.self) { encoder, bytes, descriptors in
            try encoder.encode(reference, to: &bytes)
            try encoder.encode(job, to: &bytes, with: &descriptors)
        }
    }

    /// The frame that says what a job gave.
    static func value<Output: Encodable>(_ value: Output) throws -> Frame {
        try encode(.value, Output.self) { encoder, bytes, descriptors in
            try encoder.encode(value, to: &bytes, with: &descriptors)
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
    static func output<Output: Decodable>(_ type: Output.Type, from frame: Frame) throws -> Output {
        guard frame.kind == .value else { throw thrown(from: frame) }
        var offset = Frame.headerSize
        return try decode(type, from: frame, at: &offset)
    }

    private static func thrown(from frame: Frame) -> any Error {
        do {
            var offset = Frame.headerSize
            let head = try decode(ErrorHead.self, from: frame, at: &offset)
            let remote = RemoteError(type: head.type, message: head.message)
            guard let type = head.reference?.type as? any (Error & Codable).Type else {
                return remote
            }
            return (try? decode(type, from: frame, at: &offset)) ?? remote
        } catch {
            return error
        }
    }

    /// Reads a value; a failure names its type.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from frame: Frame, at offset: inout Int
    ) throws -> Value {
        do {
            return try WireDecoder(descriptors: frame.descriptors).decode(
                type, from: frame.bytes, at: &offset)
        } catch {
            throw ProcessError.notDecodable(type: typeName(type), reason: "\(error)")
        }
    }

    private static func encode(
        _ kind: Frame.Kind, _ type: any Any.Type,
        _ write: (WireEncoder, inout [UInt8], inout [SharedDescriptor]) throws -> Void
    ) throws -> Frame {
        do {
            var descriptors: [SharedDescriptor] = []
            var frame = try Frame(kind) { try write(WireEncoder(), &$0, &descriptors) }
            frame.attach(descriptors)
            return frame
        } catch let error as ProcessError {
            throw error
        } catch {
            throw ProcessError.notEncodable(type: typeName(type), reason: "\(error)")
        }
    }

    /// The frame that a worker begins with.
    static func hello(_ hello: Hello) throws -> Frame {
        try encode(.hello, Hello.self) { encoder, bytes, _ in
            try encoder.encode(hello, to: &bytes)
        }
    }
}
