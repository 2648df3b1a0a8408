import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Testing

/// A server on the loopback that answers each request as a closure says, well or badly.
final class FaultyServer: Sendable {
    /// What a client asked for.
    struct Request: Sendable {
        let path: String
        let headers: HTTPHeaders
        /// How many requests for this path came before.
        let number: Int
    }

    typealias Respond = @Sendable (Request) -> Answer

    let port: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let channel: any Channel
    fileprivate let log = NIOLockedValueBox(Log())

    struct Log: Sendable {
        var requests: [Request] = []
        var counts: [String: Int] = [:]
        var inFlight = 0
        var mostInFlight = 0
        var connections = 0
    }

    init(security: NIOSSLContext? = nil, respond: @escaping Respond) async throws {
        let log = log
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                log.withLockedValue { $0.connections += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let security {
                        try pipeline.addHandler(NIOSSLServerHandler(context: security))
                    }
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(Responder(respond: respond, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    var requests: [Request] { log.withLockedValue { $0.requests } }
    var mostInFlight: Int { log.withLockedValue { $0.mostInFlight } }
    var connections: Int { log.withLockedValue { $0.connections } }

    func close() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }

    /// Runs `body` with a server, which is closed afterwards.
    static func with<Value>(
        security: NIOSSLContext? = nil, _ respond: @escaping Respond,
        _ body: (FaultyServer) async throws -> Value
    ) async throws -> Value {
        let server = try await FaultyServer(security: security, respond: respond)
        let result: Result<Value, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        await server.close()
        return try result.get()
    }
}

/// What a server does with one request.
struct Answer: Sendable {
    enum End: Sendable {
        case whole
        /// Closes after so many bytes of the body.
        case cut(after: Int)
        /// Resets the connection after so many bytes of the body.
        case reset(after: Int)
        /// Sends so many bytes of the body and then nothing more.
        case stall(after: Int)
        /// Sends the body in pieces of so many bytes, each after 20 ms.
        case drip(Int)
    }

    var status = "200 OK"
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// Whether a Content-Length is sent; without one the end of the connection is the end.
    var hasLength = true
    /// What it says in place of the truth.
    var claimedLength: Int?
    var end = End.whole
    var delay = TimeAmount.zero
    /// Sent instead of everything else, before the end.
    var raw: [UInt8]?

    static func ok(_ text: String) -> Answer { Answer(body: Array(text.utf8)) }

    static func status(_ status: String, _ headers: [(String, String)] = []) -> Answer {
        Answer(status: status, headers: headers, body: Array("no".utf8))
    }

    static func redirect(to location: String, _ status: String = "302 Found") -> Answer {
        Answer(status: status, headers: [("Location", location)])
    }

    /// Content that can be continued.
    static func content(
        _ body: [UInt8], etag: String, for request: FaultyServer.Request
    ) -> Answer {
        var answer = Answer(headers: [("ETag", etag)], body: body)
        guard let range = request.headers.first(name: "Range"),
            request.headers.first(name: "If-Range") == etag,
            let first = Int(range.dropFirst("bytes=".count).dropLast())
        else { return answer }
        guard first < body.count else {
            answer.status = "416 Range Not Satisfiable"
            answer.headers.append(("Content-Range", "bytes */\(body.count)"))
            answer.body = []
            return answer
        }
        answer.status = "206 Partial Content"
        answer.headers.append(
            ("Content-Range", "bytes \(first)-\(body.count - 1)/\(body.count)"))
        answer.body = Array(body[first...])
        return answer
    }

    func ending(_ end: End) -> Answer {
        var answer = self
        answer.end = end
        return answer
    }

    func after(_ delay: TimeAmount) -> Answer {
        var answer = self
        answer.delay = delay
        return answer
    }

    fileprivate var head: [UInt8] {
        var text = "HTTP/1.1 \(status)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if hasLength { text += "Content-Length: \(claimedLength ?? body.count)\r\n" }
        if !hasLength { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }
}

/// One connection of the server.
// Safety: used on the loop's thread alone.
private final class Responder: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let respond: FaultyServer.Respond
    private let log: NIOLockedValueBox<FaultyServer.Log>
    private var head: HTTPRequestHead?

    init(respond: @escaping FaultyServer.Respond, log: NIOLockedValueBox<FaultyServer.Log>) {
        self.respond = respond
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end: if let head { answer(head, context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let request = log.withLockedValue { log in
            let number = log.counts[head.uri, default: 0]
            log.counts[head.uri] = number + 1
            let request = FaultyServer.Request(
                path: head.uri, headers: head.headers, number: number)
            log.requests.append(request)
            log.inFlight += 1
            log.mostInFlight = max(log.mostInFlight, log.inFlight)
            return request
        }
        let answer = respond(request)
        if answer.delay == .zero { return send(answer, context) }
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        _ = context.value.eventLoop.assumeIsolated().scheduleTask(in: answer.delay) {
            self.send(answer, context.value)
        }
    }

    private func send(_ answer: Answer, _ context: ChannelHandlerContext) {
        log.withLockedValue { $0.inFlight -= 1 }
        if let raw = answer.raw {
            write(raw[...], context)
        } else {
            write(answer.head[...], context)
        }
        let body = answer.raw == nil ? answer.body : []
        switch answer.end {
        case .whole:
            write(body[...], context)
            context.flush()
            if !answer.hasLength || answer.claimedLength != nil { context.close(promise: nil) }
        case .cut(let count):
            write(body.prefix(count), context)
            context.flush()
            context.close(promise: nil)
        case .reset(let count):
            write(body.prefix(count), context)
            context.flush()
            reset(context)
        case .stall(let count):
            write(body.prefix(count), context)
            context.flush()
        case .drip(let size):
            context.flush()
            drip(body[...], size, context)
        }
    }

    /// Closes without the usual farewell, so that the client's socket fails.
    private func reset(_ context: ChannelHandlerContext) {
        let provider = context.channel as? any SocketOptionProvider
        let channel = context.channel
        provider?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
            channel.close(promise: nil)
        }
    }

    private func drip(_ body: ArraySlice<UInt8>, _ size: Int, _ context: ChannelHandlerContext) {
        guard !body.isEmpty, context.channel.isActive else { return }
        write(body.prefix(size), context)
        context.flush()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        _ = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(20)) {
            self.drip(body.dropFirst(size), size, bound.value)
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>, _ context: ChannelHandlerContext) {
        guard !bytes.isEmpty else { return }
        context.write(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }
}
