internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
internal import Tutti
internal import TuttiNIO

/// Makes connections: lookup, connect, proxy, handshake.
// Safety: used on the loop's thread alone.
final class Dialer: @unchecked Sendable {
    private let loop: TuttiNIO.EventLoop
    private let resolver: Resolver
    private let pool: ConnectionPool
    private let proxy: Proxy?
    private let connectTimeout: Duration?
    private let isCompressed: Bool
    private let security: Security

    init(
        _ configuration: FetchConfiguration, proxy: Proxy?, security: Security,
        pool: ConnectionPool, loop: TuttiNIO.EventLoop
    ) {
        self.loop = loop
        self.proxy = proxy
        self.pool = pool
        self.security = security
        resolver = Resolver(loop: loop)
        connectTimeout = configuration.timeouts.connect
        isCompressed = configuration.isCompressed
    }

    /// The proxy for requests to this server, if they go through one.
    func proxy(for origin: Origin) -> Proxy? {
        proxy.flatMap { $0.serves(origin.host) ? $0 : nil }
    }

    /// Opens a connection; `job` keeps what can be aborted meanwhile, and the times.
    func dial(_ origin: Origin, pool number: Int, for job: FetchJob) async throws(FetchError)
        -> Connection
    {
        let through = proxy(for: origin)
        let target = through?.origin ?? origin
        var clock = MonotonicClock.nanoseconds
        func lap() -> Duration {
            let now = MonotonicClock.nanoseconds
            defer { clock = now }
            return .nanoseconds(Int64(now - clock))
        }

        let found = Signal<[SocketAddress]>()
        job.abort = { found.end(.failure($0)) }
        resolver.look(up: target.host, for: found)
        let addresses = try await found.wait()
        job.times.lookup = lap()

        let secured = origin.isSecure ? try security.context() : nil
        let opened = Signal<Void>()
        let connection = Connection(
            origin: origin, pool: number, owner: pool, waitsForHandshake: origin.isSecure,
            opened: opened)
        let connected = Signal<any Channel>()
        job.abort = { connected.end(.failure($0)) }
        connect(
            to: target, at: addresses, tunnel: origin.isSecure ? through : nil,
            PipelineParts(security: secured, isCompressed: isCompressed, connection: connection),
            connected)
        let channel = try await connected.wait()
        job.times.connect = lap()

        job.abort = { error in
            if opened.end(.failure(error)) { channel.close(promise: nil) }
        }
        try await opened.wait()
        if origin.isSecure { job.times.handshake = lap() }
        pool.add(connection)
        return connection
    }

    private func connect(
        to target: Origin, at addresses: [SocketAddress], tunnel: Proxy?, _ parts: PipelineParts,
        _ connected: Signal<any Channel>
    ) {
        let origin = parts.connection.origin
        var bootstrap = ClientBootstrap(group: loop.nioLoop)
            .resolver(
                KnownAddresses(addresses: addresses, port: target.port, loop: loop.nioLoop)
            )
            // Grows to take 100 KB in one or two reads, and stays small for small answers.
            .channelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 1024, initial: 16_384, maximum: 262_144))
        if let connectTimeout {
            bootstrap = bootstrap.connectTimeout(.nanoseconds(Int64(connectTimeout.nanoseconds)))
        }
        let ready = loop.nioLoop.makePromise(of: Void.self)
        bootstrap = bootstrap.channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let tunnel {
                    try parts.addTunnel(
                        to: channel.pipeline.syncOperations, through: tunnel,
                        within: self.connectTimeout, ready)
                } else {
                    try parts.add(to: channel.pipeline.syncOperations)
                }
            }
        }
        Self.connect(bootstrap, to: target, at: addresses).assumeIsolated().whenComplete { result in
            switch result {
            case .failure(let error):
                ready.fail(error)
                let error = TransportError.connecting(
                    error, to: target, within: self.connectTimeout)
                connected.end(.failure(error))
                parts.connection.opened.end(.failure(error))
            case .success(let channel):
                guard tunnel != nil else {
                    ready.succeed()
                    if !connected.end(.success(channel)) { channel.close(promise: nil) }
                    return
                }
                ready.futureResult.assumeIsolated().whenComplete { result in
                    let isWanted =
                        switch result {
                        case .success: connected.end(.success(channel))
                        case .failure(let error):
                            connected.end(
                                .failure(TransportError.connecting(error, to: origin, within: nil)))
                        }
                    if !isWanted { channel.close(promise: nil) }
                }
            }
        }
    }

    /// One address needs no race.
    private static func connect(
        _ bootstrap: ClientBootstrap, to target: Origin, at addresses: [SocketAddress]
    ) -> EventLoopFuture<any Channel> {
        guard addresses.count == 1, var address = addresses.first else {
            return bootstrap.connect(host: target.host, port: target.port)
        }
        address.port = target.port
        return bootstrap.connect(to: address)
    }
}

/// The handlers of a connection, in order.
// Safety: used on the loop's thread alone.
struct PipelineParts: @unchecked Sendable {
    /// How much larger than what came the unpacked content may be.
    static var largestRatio: Int { 200 }

    let security: NIOSSLContext?
    let isCompressed: Bool
    let connection: Connection

    /// TLS where it is asked for, HTTP, unpacking, and the connection itself.
    func add(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        if let security {
            let host = connection.origin.host
            // An address has no place in the handshake; its certificate is compared with the peer's.
            let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
            try pipeline.addHandler(
                NIOSSLClientHandler(context: security, serverHostname: isAddress ? nil : host))
        }
        // Headers and targets are checked once, when they are made, not for every request.
        try pipeline.addHTTPClientHandlers(enableOutboundHeaderValidation: false)
        if isCompressed {
            try pipeline.addHandler(NIOHTTPResponseDecompressor(limit: .ratio(Self.largestRatio)))
        }
        try pipeline.addHandler(connection)
    }

    /// First asks the proxy for a way to the server, then goes on as without it.
    func addTunnel(
        to pipeline: ChannelPipeline.SynchronousOperations, through proxy: Proxy,
        within limit: Duration?, _ ready: EventLoopPromise<Void>
    ) throws {
        var headers = HTTPHeaders([("Host", "\(connection.origin.host):\(connection.origin.port)")])
        if let credentials = proxy.credentials {
            headers.add(name: "Proxy-Authorization", value: credentials)
        }
        let deadline = limit.map { NIODeadline.now() + .nanoseconds(Int64($0.nanoseconds)) }
        let encoder = HTTPRequestEncoder()
        let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes))
        let asked = ready.futureResult.eventLoop.makePromise(of: Void.self)
        let tunnel = NIOHTTP1ProxyConnectHandler(
            targetHost: connection.origin.host, targetPort: connection.origin.port,
            headers: headers, deadline: deadline ?? .distantFuture, promise: asked)
        try pipeline.addHandlers([encoder, decoder, tunnel])
        asked.futureResult.assumeIsolated().whenComplete { result in
            do {
                try result.get()
                pipeline.removeHandler(encoder).assumeIsolated().flatMap {
                    pipeline.removeHandler(decoder)
                }.flatMapThrowing {
                    try self.add(to: pipeline)
                }.nonisolated().cascade(to: ready)
            } catch {
                ready.fail(error)
            }
        }
    }
}
