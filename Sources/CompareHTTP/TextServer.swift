internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
package import Tutti
internal import TuttiNIO

/// A server on the loopback that answers late: the measure for programs that wait.
///
/// `GET /text/<number>` gives the slice ``Corpus/slice(_:)`` of a real text after a fixed delay,
/// anything else 404. HTTP/1.1 with NIO's own handlers, one thread; the text is in memory once, and
/// the kernel copies it from there.
package final class TextServer: Sendable {
    /// The port that it listens at.
    package let port: Int

    private let loop: TuttiNIO.EventLoop

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - port: where to listen; 0 for any that is free.
    ///   - delay: from the end of a request to the beginning of its answer.
    /// - Returns: the server, listening.
    /// - Throws: `SystemError` when it cannot listen there, with `EADDRINUSE` when another does.
    package static func start(
        port: Int = 0, delay: Duration
    ) async throws(SystemError) -> TextServer {
        let loop = TuttiNIO.EventLoop()
        do {
            let text = ByteBuffer(bytes: Corpus.text)
            let delay = TimeAmount(delay)
            let listener = try await ServerBootstrap(group: loop.nioLoop)
                // Hundreds of clients come at once: all find a place, and few turns take them in.
                .serverChannelOption(.backlog, value: 4096)
                .serverChannelOption(.maxMessagesPerRead, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                // Most answers fit, so that one call sends them.
                .childChannelOption(.socketOption(.so_sndbuf), value: 212_992)
                // A request has some hundred bytes.
                .childChannelOption(
                    .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024)
                )
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline()
                        try pipeline.addHandler(Answering(text: text, delay: delay))
                    }
                }
                .bind(host: "127.0.0.1", port: port).get()
            guard let bound = listener.localAddress?.port else {
                throw SystemError("getsockname", code: ENOTSOCK)
            }
            return TextServer(port: bound, loop: loop)
        } catch {
            await loop.shutdown()
            throw SystemError(error, call: "bind", subject: "127.0.0.1:\(port)")
        }
    }

    private init(port: Int, loop: TuttiNIO.EventLoop) {
        self.port = port
        self.loop = loop
    }

    /// Closes all connections and ends the thread.
    package func shutdown() async {
        await loop.shutdown()
    }
}

/// Answers the requests of one connection, one after the other: NIO holds back those behind.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let text: ByteBuffer
    private let delay: TimeAmount
    private var request: HTTPRequestHead?

    init(text: ByteBuffer, delay: TimeAmount) {
        self.text = text
        self.delay = delay
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end:
            guard let request = request.take() else { return }
            guard let body = body(for: request) else {
                return answer(request, .notFound, ByteBuffer(), context)
            }
            context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
                guard context.channel.isActive else { return }
                self.answer(request, .ok, body, context)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func body(for request: HTTPRequestHead) -> ByteBuffer? {
        let prefix = "/text/"
        guard request.method == .GET, request.uri.hasPrefix(prefix),
            let number = Int(request.uri.dropFirst(prefix.count)), number >= 0
        else { return nil }
        let slice = Corpus.slice(number)
        return text.getSlice(at: slice.lowerBound, length: slice.count)
    }

    private func answer(
        _ request: HTTPRequestHead, _ status: HTTPResponseStatus, _ body: ByteBuffer,
        _ context: ChannelHandlerContext
    ) {
        var headers = HTTPHeaders()
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.add(name: "content-type", value: "text/plain; charset=us-ascii")
        if !request.isKeepAlive { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let end = wrapOutboundOut(.end(nil))
        guard !request.isKeepAlive else { return context.writeAndFlush(end, promise: nil) }
        context.writeAndFlush(end).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }
}

extension SystemError {
    /// Keeps the number of NIO's error; where NIO has none, an argument was wrong, such as the port.
    init(_ error: any Error, call: String, subject: String) {
        switch error {
        case let error as SystemError: self = error
        case let error as IOError: self.init(call, code: error.errnoCode, subject: subject)
        default: self.init(call, code: EINVAL, subject: subject)
        }
    }
}
