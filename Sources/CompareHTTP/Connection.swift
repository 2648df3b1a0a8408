internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Tutti
internal import TuttiNIO

/// One request on its way to an answer.
// Safety: the path is constant; all else is read and written on the loop's thread alone.
final class Exchange: @unchecked Sendable {
    let path: String
    /// The connection it is on, if it has one.
    fileprivate weak var connection: Connection?
    /// Whether it was sent before, on a connection that turned out to be closed.
    fileprivate var isSecondAttempt = false
    /// Set while the task waits; who takes it answers, so that happens once.
    private var continuation: CheckedContinuation<Response, any Error>?
    private var isCancelled = false

    init(path: String) {
        self.path = path
    }

    /// Whether somebody still waits for the answer.
    var isWaitedFor: Bool { continuation != nil }

    /// The task waits from now on, unless it was cancelled before.
    fileprivate func begin(_ continuation: CheckedContinuation<Response, any Error>) {
        self.continuation = continuation
        if isCancelled { end(.failure(CancellationError())) }
    }

    fileprivate func end(_ result: Result<Response, any Error>) {
        connection = nil
        continuation.take()?.resume(with: result)
    }

    /// Ends the wait and closes the connection: its answer would still be on the way.
    func cancel() {
        isCancelled = true
        let connection = connection
        end(.failure(CancellationError()))
        connection?.close()
    }
}

/// The connections of a client on its loop: one for each request in flight, the others idle.
// Safety: all but the constants is read and written on the loop's thread alone.
final class ConnectionPool: @unchecked Sendable {
    private let port: Int
    private let loop: any NIOCore.EventLoop
    private lazy var bootstrap = makeBootstrap()
    private var idle: [Connection] = []
    private var open: [ObjectIdentifier: Connection] = [:]
    private var isClosed = false

    init(port: Int, loop: TuttiNIO.EventLoop) {
        self.port = port
        self.loop = loop.nioLoop
    }

    /// Sends a request on an idle connection, or else on a fresh one.
    func start(_ exchange: Exchange, _ continuation: CheckedContinuation<Response, any Error>) {
        exchange.begin(continuation)
        guard exchange.isWaitedFor else { return }
        guard !isClosed else { return fail(exchange, .clientClosed) }
        if let connection = idle.popLast() {
            connection.send(exchange)
        } else {
            connect(for: exchange)
        }
    }

    /// Closes what is open; requests on the way fail.
    func close() {
        isClosed = true
        for connection in open.values {
            connection.close()
        }
    }

    private func connect(for exchange: Exchange) {
        do {
            let address = try SocketAddress(ipAddress: TextClient.host, port: port)
            bootstrap.connect(to: address).assumeIsolated().whenComplete { result in
                self.connected(result, for: exchange)
            }
        } catch {
            fail(exchange, .unreachable(SystemError(error, call: "connect", subject: "")))
        }
    }

    private func connected(_ result: Result<any Channel, any Error>, for exchange: Exchange) {
        do {
            let channel = try result.get()
            let connection = try channel.pipeline.syncOperations.handler(type: Connection.self)
            if isClosed { fail(exchange, .clientClosed) }
            guard exchange.isWaitedFor else { return connection.close() }
            open[ObjectIdentifier(connection)] = connection
            connection.send(exchange)
        } catch {
            fail(exchange, .unreachable(SystemError(error, call: "connect", subject: "")))
        }
    }

    private func makeBootstrap() -> ClientBootstrap {
        ClientBootstrap(group: loop)
            // An answer of 10 to 100 KB comes in one or two reads, mostly without a copy.
            .channelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_536)
            )
            .channelInitializer { [unowned self] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(Connection(pool: self, port: port))
                }
            }
    }

    /// A connection has nothing to do.
    fileprivate func isIdle(_ connection: Connection) {
        idle.append(connection)
    }

    /// A connection is gone; a request that it never began to answer is sent once more.
    fileprivate func isGone(_ connection: Connection, retrying exchange: Exchange?) {
        open[ObjectIdentifier(connection)] = nil
        idle.removeAll { $0 === connection }
        guard let exchange else { return }
        exchange.isSecondAttempt = true
        connect(for: exchange)
    }

    private func fail(_ exchange: Exchange, _ reason: RequestFailure.Reason) {
        exchange.end(.failure(RequestFailure(port: port, path: exchange.path, reason)))
    }

    fileprivate var closedReason: RequestFailure.Reason? { isClosed ? .clientClosed : nil }
}

/// One connection: sends a request, waits for the answer, is idle until the next.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let pool: ConnectionPool
    private let port: Int
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var parts = ResponseParts()
    private var isUsedAgain = false

    init(pool: ConnectionPool, port: Int) {
        self.pool = pool
        self.port = port
    }

    /// Sends a request; the connection must be idle.
    func send(_ exchange: Exchange) {
        self.exchange = exchange
        exchange.connection = self
        guard let context else { return gone(.cutShort(receivedBytes: 0)) }
        let head = HTTPRequestHead(path: exchange.path, host: TextClient.host, port: port)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Closes it at once; who waits for an answer is told.
    func close() {
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let response = parts.take(unwrapInboundIn(data)) else { return }
        let exchange = exchange.take()
        if parts.isKeepAlive {
            isUsedAgain = true
            pool.isIdle(self)
        } else {
            context.close(promise: nil)
        }
        exchange?.end(.success(response))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        gone(RequestFailure.reason(for: error, receivedBytes: parts.receivedBytes))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        gone(.cutShort(receivedBytes: parts.receivedBytes))
    }

    private func gone(_ reason: RequestFailure.Reason) {
        let exchange = exchange.take()
        guard let exchange, exchange.isWaitedFor else {
            return pool.isGone(self, retrying: nil)
        }
        let isWorthRetrying =
            isUsedAgain && !parts.hasBegun && !exchange.isSecondAttempt && reason.isLostConnection
            && pool.closedReason == nil
        pool.isGone(self, retrying: isWorthRetrying ? exchange : nil)
        guard !isWorthRetrying else { return }
        let reason = pool.closedReason ?? reason
        exchange.end(.failure(RequestFailure(port: port, path: exchange.path, reason)))
    }
}

extension RequestFailure.Reason {
    /// Whether the connection was lost, so that the request may not have reached anybody.
    var isLostConnection: Bool {
        switch self {
        case .broken, .cutShort: true
        case .unreachable, .malformed, .clientClosed: false
        }
    }
}
