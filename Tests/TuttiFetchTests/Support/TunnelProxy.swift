import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A proxy that leads connections through after `CONNECT`, or refuses to.
final class TunnelProxy: Sendable {
    let port: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let channel: any Channel
    private let asked = NIOLockedValueBox<[String]>([])

    /// The heads of the requests that came.
    var requests: [String] { asked.withLockedValue { $0 } }

    init(refusal: String? = nil) async throws {
        let asked = asked
        channel = try await ServerBootstrap(group: group).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    Entrance(refusal: refusal) { head in asked.withLockedValue { $0.append(head) } }
                )
            }
        }.bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    func close() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }

    /// Waits for `CONNECT host:port`, connects, then passes on what comes.
    // Safety: used on the loop's thread alone.
    private final class Entrance: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let refusal: String?
        private let note: (String) -> Void
        private var text = ""
        private var other: (any Channel)?

        init(refusal: String?, note: @escaping (String) -> Void) {
            self.refusal = refusal
            self.note = note
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            if let other { return other.writeAndFlush(bytes, promise: nil) }
            text += String(buffer: bytes)
            guard text.hasSuffix("\r\n\r\n") else { return }
            note(text)
            if let refusal {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 \(refusal)\r\n\r\n")), promise: nil
                )
                return context.close(promise: nil)
            }
            let words = text.split(separator: " ")
            let port = Int(words[1].split(separator: ":").last ?? "") ?? 0
            let channel = context.channel
            ClientBootstrap(group: context.eventLoop).channelInitializer { outer in
                outer.eventLoop.makeCompletedFuture {
                    try outer.pipeline.syncOperations.addHandler(Exit(to: channel))
                }
            }
            .connect(host: "127.0.0.1", port: port).assumeIsolated().whenSuccess { outer in
                self.other = outer
                channel.writeAndFlush(
                    ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"), promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            other?.close(promise: nil)
        }
    }

    /// Passes back what the server sends.
    private final class Exit: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let other: any Channel

        init(to other: any Channel) {
            self.other = other
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            other.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            other.close(promise: nil)
        }
    }
}
