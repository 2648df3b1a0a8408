internal import Glibc
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Tutti

/// A connection whose user blocks in the calls of the system: one thread, one request at a time.
///
/// Bytes go through NIO's encoder and decoder in an `EmbeddedChannel`, which belongs to one thread;
/// since connections wander between threads, each request has one of its own (a few µs).
// Safety: a connection is either in the pool, where nobody uses it, or in the hands of one thread;
// the pool's lock lies between.
final class BlockingConnection: @unchecked Sendable {
    /// Why there is no answer.
    struct Failure: Error {
        let reason: RequestFailure.Reason
        /// Whether the connection was lost before anything of the answer came.
        let isBeforeAnswer: Bool
    }

    private let port: Int
    private let descriptor: Int32

    /// Connects; blocks until the server has taken the connection or refused it.
    init(port: Int) throws(Failure) {
        self.port = port
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.unreachable("socket") }
        var one: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        inet_pton(AF_INET, TextClient.host, &address.sin_addr)
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Self.unreachable("connect") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private static func unreachable(_ call: String) -> Failure {
        Failure(reason: .unreachable(SystemError(call)), isBeforeAnswer: false)
    }

    /// Sends a request and blocks for the answer; says whether the connection can be used again.
    func get(_ path: String) throws(Failure) -> (Response, isKeepAlive: Bool) {
        var parts = ResponseParts()
        let channel = EmbeddedChannel(handlers: [
            HTTPRequestEncoder(), ByteToMessageHandler(HTTPResponseDecoder()),
        ])
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        do {
            let head = HTTPRequestHead(path: path, host: TextClient.host, port: port)
            try channel.writeOutbound(HTTPClientRequestPart.head(head))
            try channel.writeOutbound(HTTPClientRequestPart.end(nil))
            var request = ByteBuffer()
            while var bytes = try channel.readOutbound(as: ByteBuffer.self) {
                request.writeBuffer(&bytes)
            }
            try send(request)
            while true {
                let bytes = try receive()
                // Some answers end where the connection does; the decoder knows.
                if bytes.readableBytes == 0 {
                    _ = try channel.finish()
                } else {
                    try channel.writeInbound(bytes)
                }
                while let part = try channel.readInbound(as: HTTPClientResponsePart.self) {
                    guard let response = parts.take(part) else { continue }
                    return (response, parts.isKeepAlive && bytes.readableBytes > 0)
                }
                guard bytes.readableBytes > 0 else { throw HTTPParserError.invalidEOFState }
            }
        } catch {
            let reason: RequestFailure.Reason =
                if let error = error as? SystemError {
                    .broken(error)
                } else {
                    RequestFailure.reason(for: error, receivedBytes: parts.receivedBytes)
                }
            throw Failure(
                reason: reason, isBeforeAnswer: !parts.hasBegun && reason.isLostConnection)
        }
    }

    private func send(_ request: ByteBuffer) throws(SystemError) {
        var request = request
        while request.readableBytes > 0 {
            let sent = request.withUnsafeReadableBytes {
                // The death of the other side is an error of this call, not a signal.
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent < 0, errno == EINTR { continue }
            guard sent >= 0 else { throw SystemError("send") }
            request.moveReaderIndex(forwardBy: sent)
        }
    }

    /// Blocks for the next bytes; none at the end of the connection.
    private func receive() throws(SystemError) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 65_536)
        while true {
            var count = 0
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) {
                count = read(descriptor, $0.baseAddress, $0.count)
                return max(0, count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read") }
            return buffer
        }
    }
}
