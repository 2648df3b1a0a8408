import Glibc
import Testing

@testable import Tutti

@Suite struct FrameTests {
    /// Sends bytes, closes, and reads one frame at the other side.
    private func received(_ bytes: some Collection<UInt8>) throws -> Result<Frame, any Error> {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
            throw SystemError("socketpair")
        }
        defer { close(pair[1]) }
        let bytes = Array(bytes)
        let sent = send(pair[0], bytes, bytes.count, 0)
        close(pair[0])
        guard sent == bytes.count else { throw SystemError("send") }
        var reader = FrameReader(wire: pair[1])
        return Result { try reader.next() }
    }

    @Test func `a frame comes back with its kind and its bytes`() throws {
        let frame = try JobMessage.value([1, 2, 3])
        let back = try received(frame.bytes).get()
        #expect(back.kind == .value)
        #expect(try JobMessage.output([Int].self, from: JobAnswer(back)) == [1, 2, 3])
    }

    @Test func `every prefix of a frame is an early end`() throws {
        let frame = try Slice.coded(Slice.beginning(of: Sum.self), Sum(numbers: [1])).frame
        for count in 0..<frame.bytes.count {
            let result = try received(frame.bytes[..<count])
            #expect(throws: FrameReader.Failure.endOfFile) { try result.get() }
        }
    }

    @Test func `an unknown kind and a length above the limit are no frame`() throws {
        for bytes: [UInt8] in [[0, 0, 0, 0, 99, 0, 0, 0], [255, 255, 255, 255, 3, 0, 0, 0]] {
            let result = try received(bytes)
            #expect(throws: FrameReader.Failure.broken) { try result.get() }
        }
    }

    @Test func `a reference to no type finds none`() throws {
        for offset in [UInt(0), 4, 5, 4096, 1 << 40, .max] {
            var bytes: [UInt8] = []
            try WireEncoder().encode(
                Forged(mangled: nil, image: "", offset: offset, name: "X"), to: &bytes)
            let reference = try WireDecoder().decode(TypeReference.self, from: bytes)
            #expect(reference.type == nil)
        }
    }
}

private struct Forged: Encodable {
    var mangled: String?
    var image: String
    var offset: UInt
    var name: String
}
