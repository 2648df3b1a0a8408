internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import NIOTLS

/// One connection: sends a request, hands the answer to its receiver, is idle until the next.
// Safety: used on the loop's thread alone.
final class Connection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// Which server it leads to.
    let origin: Origin
    /// Which of the run's pools it belongs to.
    let pool: Int
    /// Told when the connection is open, shaken hands and all.
    let opened: Signal<Void>
    /// Whether it has answered before, so that the server may have closed it in the meantime.
    private(set) var isUsedAgain = false
    /// Whether it can take a request now.
    private(set) var isIdle = false
    /// Its place among the idle ones of the run; kept by the pool.
    var idleStamp: UInt64 = 0

    private let waitsForHandshake: Bool
    private weak var owner: ConnectionPool?
    private var context: ChannelHandlerContext?
    private var receiver: (any ResponseReceiver)?
    private var isKeptAlive = false
    private var hasBegun = false

    init(
        origin: Origin, pool: Int, owner: ConnectionPool, waitsForHandshake: Bool,
        opened: Signal<Void>
    ) {
        self.origin = origin
        self.pool = pool
        self.owner = owner
        self.waitsForHandshake = waitsForHandshake
        self.opened = opened
    }

    /// Sends a request and hands the answer to `receiver`, which gets exactly one end.
    func send(_ head: HTTPRequestHead, to receiver: any ResponseReceiver) {
        isIdle = false
        hasBegun = false
        guard let context, context.channel.isActive else {
            return receiver.connectionLost(.cutShort(receivedBytes: 0), canRepeat: isUsedAgain)
        }
        self.receiver = receiver
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Closes it; a receiver that waits is not told.
    func close() {
        receiver = nil
        isIdle = false
        context?.close(promise: nil)
    }

    // MARK: Life of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { becameActive() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        becameActive()
    }

    private func becameActive() {
        if !waitsForHandshake { isOpen() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event {
            handshakeEnded(context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func handshakeEnded(_ context: ChannelHandlerContext) {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        let hasName = (try? SocketAddress(ipAddress: origin.host, port: 0)) == nil
        if hasName, let owner, owner.checksNames, let certificate = handler?.peerCertificate,
            !ServerIdentity.isValid(certificate, for: origin.host)
        {
            opened.end(
                .failure(
                    .notSecure(host: origin.host, reason: "its certificate is for another name")))
            return close()
        }
        isOpen()
    }

    private func isOpen() {
        isIdle = true
        // Nobody waits for it any more.
        if !opened.end(.success(())) { close() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        gone(.cutShort(receivedBytes: receiver?.receivedBytes ?? 0))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if opened.end(.failure(TransportError.connecting(error, to: origin, within: nil))) {
            return context.close(promise: nil)
        }
        gone(TransportError.receiving(error, from: origin, bytes: receiver?.receivedBytes ?? 0))
        context.close(promise: nil)
    }

    private func gone(_ error: FetchError) {
        isIdle = false
        opened.end(
            .failure(
                .cannotConnect(
                    host: origin.host, port: origin.port, reason: "it closed the connection")))
        owner?.isGone(self)
        // A connection that stood idle may have been closed before the request came there.
        receiver.take()?.connectionLost(error, canRepeat: isUsedAgain && !hasBegun)
    }

    // MARK: The answer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let receiver else {
            // The rest of an answer that failed, or one that nobody asked for.
            return context.close(promise: nil)
        }
        do throws(FetchError) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                hasBegun = true
                isKeptAlive = head.isKeepAlive
                try receiver.headCame(head)
            case .body(let bytes):
                guard try receiver.bodyCame(bytes) else {
                    // It knows enough, and reading on costs more than a new connection.
                    self.receiver = nil
                    context.close(promise: nil)
                    return receiver.ended()
                }
            case .end:
                self.receiver = nil
                isUsedAgain = true
                if isKeptAlive, context.channel.isActive {
                    isIdle = true
                    owner?.isIdle(self)
                } else {
                    context.close(promise: nil)
                }
                receiver.ended()
            }
        } catch {
            self.receiver = nil
            context.close(promise: nil)
            receiver.connectionLost(error, canRepeat: false)
        }
    }
}

/// Takes one answer, on the loop's thread: head, body in pieces, then one of the two ends.
protocol ResponseReceiver: AnyObject {
    /// How many bytes of the body came.
    var receivedBytes: Int { get }

    /// The status and the headers.
    func headCame(_ head: HTTPResponseHead) throws(FetchError)

    /// A piece of the body; false when the rest is of no interest.
    func bodyCame(_ bytes: ByteBuffer) throws(FetchError) -> Bool

    /// The answer is complete, or complete enough.
    func ended()

    /// There is no answer, or not all of it; it can be asked for at once on another connection when
    /// this one was stale.
    func connectionLost(_ error: FetchError, canRepeat: Bool)
}
