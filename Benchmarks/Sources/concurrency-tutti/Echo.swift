import NIOCore
import NIOPosix
import RowHarness
import Synchronization
import TuttiNIO

/// The 99th percentile of a thousand round trips on the loop while a thousand tasks yield there,
/// in microseconds.
func serveEcho(on loop: TuttiNIO.EventLoop) async {
    do {
        let server = try await ServerBootstrap(group: loop.nioLoop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Echo())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        guard let address = server.localAddress else { fatalError("The server has no address.") }
        await serve {
            await roundTrips(1000, to: address, on: loop)
        }
    } catch {
        fatalError("\(error)")
    }
}

private func roundTrips(
    _ count: Int, to address: SocketAddress, on loop: TuttiNIO.EventLoop
) async -> Turn {
    final class Flag: Sendable {
        let isSet = Atomic(false)
    }
    let isOver = Flag()
    return await withTaskGroup(of: Void.self) { group in
        for _ in 0..<Size.tasks {
            group.addTask(executorPreference: loop.preference) {
                while !isOver.isSet.load(ordering: .relaxed) { await loop.yield() }
            }
        }
        let done = loop.nioLoop.makePromise(of: [Int].self)
        do {
            _ = try await ClientBootstrap(group: loop.nioLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            Ping(rounds: count, done: done))
                    }
                }
                .connect(to: address).get()
            let times = try await done.futureResult.get().sorted()
            isOver.isSet.store(true, ordering: .relaxed)
            return Turn(value: Double(times[count * 99 / 100]) / 1e3, checksum: "\(count)")
        } catch {
            fatalError("\(error)")
        }
    }
}

private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(data, promise: nil)
    }
}

/// Sends one ping after the other and keeps how long each answer took, in nanoseconds.
private final class Ping: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let rounds: Int
    private let done: EventLoopPromise<[Int]>
    private var times: [Int] = []
    private var sent = 0

    init(rounds: Int, done: EventLoopPromise<[Int]>) {
        self.rounds = rounds
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        send(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        times.append(nanoseconds() - sent)
        if times.count == rounds {
            done.succeed(times)
            context.close(promise: nil)
        } else {
            send(context)
        }
    }

    private func send(_ context: ChannelHandlerContext) {
        sent = nanoseconds()
        context.writeAndFlush(
            wrapOutboundOut(ByteBuffer(integer: 7, as: UInt64.self)), promise: nil)
    }
}
