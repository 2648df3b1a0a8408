import Foundation
import Testing

@testable import Tutti

/// Arrays from this size on travel behind the bytes.
private let large = WireArrayHead.least

@Suite(.timeLimit(.minutes(5))) struct WireAttachmentsTests {
    private func encoded(_ value: some Encodable) throws -> ([UInt8], WireAttachments) {
        var bytes: [UInt8] = []
        var attachments = WireAttachments()
        try WireEncoder().encode(value, to: &bytes, with: &attachments)
        return (bytes, attachments)
    }

    private func back<Written: Encodable, Read: Decodable>(
        _ value: Written, as type: Read.Type
    ) throws -> Read {
        let (bytes, attachments) = try encoded(value)
        #expect(!attachments.arrays.isEmpty)
        #expect(bytes.count < 1000)
        return try WireDecoder(attachments: attachments).decode(type, from: bytes)
    }

    private func expectRoundTrip<Value: Codable & Equatable>(
        _ value: Value, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let back = try back(value, as: Value.self)
        #expect(back == value, sourceLocation: sourceLocation)
    }

    private func numbers<Number: FixedWidthInteger>(_: Number.Type) -> [Number] {
        (0..<large / MemoryLayout<Number>.size).map { Number(truncatingIfNeeded: $0 &* 7) }
    }

    // MARK: In values

    @Test func `large arrays of every kind of number come back`() throws {
        try expectRoundTrip(numbers(Int.self))
        try expectRoundTrip(numbers(Int8.self))
        try expectRoundTrip(numbers(Int16.self))
        try expectRoundTrip(numbers(Int32.self))
        try expectRoundTrip(numbers(Int64.self))
        try expectRoundTrip(numbers(UInt.self))
        try expectRoundTrip(numbers(UInt8.self))
        try expectRoundTrip(numbers(UInt16.self))
        try expectRoundTrip(numbers(UInt32.self))
        try expectRoundTrip(numbers(UInt64.self))
        try expectRoundTrip(numbers(Int32.self).map { Float($0) })
        try expectRoundTrip(numbers(Int64.self).map { Double($0) })
    }

    @Test func `one byte less is among the others`() throws {
        let (bytes, attachments) = try encoded([UInt8](repeating: 1, count: large - 1))
        #expect(attachments.isEmpty)
        #expect(bytes.count == large - 1 + 10)
    }

    @Test func `they may lie anywhere in a value, and more than once`() throws {
        let numbers = numbers(Int32.self)
        try expectRoundTrip([numbers, [], numbers.reversed()])
        try expectRoundTrip(["a": [numbers], "b": [[1], numbers]])
        try expectRoundTrip(Nest(first: numbers, last: [1, 2]))
        try expectRoundTrip(Nest(first: [3], last: numbers))
    }

    @Test func `those beyond the most go with the bytes`() throws {
        let many = [[UInt8]](
            repeating: [UInt8](repeating: 5, count: large), count: WireArrayHead.most + 2)
        let (bytes, attachments) = try encoded(many)
        #expect(attachments.arrays.count == WireArrayHead.most)
        let back = try WireDecoder(attachments: attachments).decode([[UInt8]].self, from: bytes)
        #expect(back == many)
    }

    @Test func `data is an array of bytes, there and back`() throws {
        let data = Data(numbers(UInt8.self))
        try expectRoundTrip(data)
        try expectRoundTrip([data, Data([1]), data])
        #expect(try back(data, as: [UInt8].self) == Array(data))
        #expect(try back(Array(data), as: Data.self) == data)
    }

    @Test func `bytes that are followed by other values go back among them`() throws {
        let bytes = numbers(UInt8.self)
        let value = Follow(bytes: bytes, more: ["a", "b"])
        let (written, attachments) = try encoded(value)
        #expect(written.count > large)
        let back = try WireDecoder(attachments: attachments).decode(Follow.self, from: written)
        #expect(back == value)
    }

    @Test func `they may be read as other numbers, if those have room`() throws {
        let numbers = numbers(Int32.self)
        #expect(try back(numbers, as: [Int64].self) == numbers.map { Int64($0) })
        #expect(try back(numbers, as: [Int128].self) == numbers.map { Int128($0) })
        #expect(throws: DecodingError.self) { try back(numbers, as: [Int8].self) }
        #expect(throws: DecodingError.self) { try back(numbers, as: [String].self) }
        #expect(throws: DecodingError.self) { try back(numbers, as: String.self) }
        #expect(throws: DecodingError.self) { try back(numbers, as: [String: Int].self) }
    }

    @Test func `an array that did not come is missed`() throws {
        let (bytes, _) = try encoded(numbers(Int.self))
        #expect(throws: DecodingError.self) { try WireDecoder().decode([Int].self, from: bytes) }
        for count in 0..<bytes.count {
            #expect(throws: DecodingError.self) {
                try WireDecoder().decode([Int].self, from: Array(bytes[..<count]))
            }
        }
    }

    @Test func `a value that fails leaves no array behind`() throws {
        let writer = WireWriter()
        try writer.write(numbers(Int.self))
        let failing = Failing(numbers: numbers(Int.self))
        #expect(throws: EncodingError.self) { try writer.write(failing) }
        #expect(writer.attachments.arrays.count == 1)
    }

    // MARK: In frames

    /// Sends bytes from a thread, closes, and reads one frame at the other side.
    private func received(_ bytes: [UInt8]) throws -> Result<Frame, any Error> {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
            throw SystemError("socketpair")
        }
        let (ours, theirs) = (pair[0], pair[1])
        let sender = try Thread(name: "sender") {
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    send(ours, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { break }
                rest = rest.dropFirst(sent)
            }
            close(ours)
        }
        var reader = FrameReader(wire: theirs)
        let result = Result { try reader.next() }
        close(theirs)
        sender.join()
        return result
    }

    private func whole(_ frame: Frame) -> [UInt8] {
        frame.attachments.arrays.reduce(into: frame.bytes) { bytes, array in
            bytes += array.head.bytes
            array.withBytes { bytes += $0 }
        }
    }

    @Test func `arrays come with their frame, and what follows is the next`() throws {
        let value = [numbers(Int.self), [1], numbers(Int.self).reversed()]
        let bytes = whole(try JobMessage.value(value))
        let frame = try received(bytes + bytes).get()
        #expect(frame.attachments.arrays.count == 2)
        #expect(try JobMessage.output([[Int]].self, from: JobAnswer(frame)) == value)
    }

    @Test func `a frame that is cut in an array is an early end`() throws {
        let frame = try JobMessage.value(numbers(UInt16.self))
        let bytes = whole(frame)
        let head = frame.bytes.count
        for count in [head, head + 1, head + 8, head + 9, head + 10, bytes.count - 1] {
            let result = try received(Array(bytes[..<count]))
            #expect(throws: FrameReader.Failure.endOfFile) { try result.get() }
        }
    }

    @Test func `an array of no numbers and one that is too long are no frame`() throws {
        let frame = try JobMessage.value(numbers(UInt16.self))
        let head = frame.bytes.count
        for (place, byte): (Int, UInt8) in [(0, 200), (8, 1), (4, 200)] {
            var bytes = whole(frame)
            bytes[head + place] = byte
            let result = try received(bytes)
            #expect(throws: FrameReader.Failure.broken) { try result.get() }
        }
    }

    @Test func `half an element at the end is no array`() throws {
        let frame = try JobMessage.value(numbers(UInt16.self))
        var bytes = whole(frame)
        bytes[frame.bytes.count + 1] += 1
        let result = try received(bytes + [0])
        #expect(throws: FrameReader.Failure.self) { try result.get() }
    }

    // MARK: In a pool

    @Test func `jobs, values and errors have large arrays, also beside shared ones`() async throws {
        let pool = ProcessPool(width: 2)
        let floats = numbers(Int32.self).map { Float($0) }
        #expect(try await pool.run(Echo(floats: floats)) == floats)
        let jobs = (0..<20).map { Echo(floats: floats.map { [offset = Float($0)] in $0 + offset }) }
        #expect(try await pool.map(jobs) == jobs.map(\.floats))
        let shared = try SharedArray<Int>(repeating: 3, count: 4)
        let sum = try await pool.run(Both(numbers: numbers(Int.self), shared: shared))
        #expect(sum == numbers(Int.self).map { $0 + 3 })
        await #expect(throws: LargeError(numbers: numbers(Int.self))) {
            try await pool.run(Throwing(numbers: numbers(Int.self)))
        }
        await pool.shutdown()
    }
}

/// Has nested containers, the first of which is filled last.
private struct Nest: Codable, Equatable {
    var first: [Int32]
    var last: [Int32]

    init(first: [Int32], last: [Int32]) { (self.first, self.last) = (first, last) }

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        var inner = try list.nestedUnkeyedContainer()
        first = try inner.decode([Int32].self)
        inner = try list.nestedUnkeyedContainer()
        last = []
        while !inner.isAtEnd { last.append(try inner.decode(Int32.self)) }
    }

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        var one = list.nestedUnkeyedContainer()
        try list.encode(last)
        try one.encode(first)
    }
}

/// Bytes as one copy, then other values in the same list.
private struct Follow: Codable, Equatable {
    var bytes: [UInt8]
    var more: [String]

    init(bytes: [UInt8], more: [String]) { (self.bytes, self.more) = (bytes, more) }

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        (bytes, more) = ([], [])
        while !list.isAtEnd {
            if let byte = try? list.decode(UInt8.self) {
                bytes.append(byte)
            } else {
                more.append(try list.decode(String.self))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(contentsOf: bytes)
        for text in more { try list.encode(text) }
    }
}

private struct Failing: Encodable {
    var numbers: [Int]

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(numbers)
        throw EncodingError.invalidValue(
            0, .init(codingPath: [], debugDescription: "It fails at the end."))
    }
}

private struct Both: Job {
    var numbers: [Int]
    var shared: SharedArray<Int>
    func run() -> [Int] { numbers.map { $0 + shared[0] } }
}

private struct LargeError: Error, Codable, Equatable {
    var numbers: [Int]
}

private struct Throwing: Job {
    var numbers: [Int]
    func run() throws -> Int { throw LargeError(numbers: numbers) }
}
