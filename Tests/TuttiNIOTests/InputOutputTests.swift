import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct InputOutputTests {
    @Test func `an echo keeps answering while a thousand tasks never pause`() async throws {
        let loop = TuttiNIO.EventLoop()
        let rounds = 200
        let server = try await ServerBootstrap(group: loop.nioLoop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Echo())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(server.localAddress)
        let isOver = NIOLockedValueBox(false)
        let yields = NIOLockedValueBox(0)
        let answered = loop.nioLoop.makePromise(of: [UInt64].self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: loop) {
                    while !isOver.withLockedValue({ $0 }) {
                        yields.withLockedValue { $0 += 1 }
                        await Task.yield()
                    }
                }
            }
            _ = try await ClientBootstrap(group: loop.nioLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            Ping(rounds: rounds, done: answered))
                    }
                }
                .connect(to: address).get()
            let roundTrips = try await answered.futureResult.get().sorted()
            isOver.withLockedValue { $0 = true }
            #expect(roundTrips.count == rounds)
            // About 0.1 ms on a quiet machine; starved I/O would never answer.
            #expect(roundTrips[rounds * 99 / 100] < 500_000_000)
        }
        #expect(yields.withLockedValue { $0 } >= 1000)
        try await server.close()
        await loop.shutdown()
    }

    @Test func `tasks and NIO that call each other for ever leave room for timers`() async throws {
        let loop = TuttiNIO.EventLoop()
        let isOver = NIOLockedValueBox(false)
        // Each turn of this task is called by a task of NIO's loop, which is called by this one.
        async let pingPong: Void = withTaskExecutorPreference(loop) {
            while !isOver.withLockedValue({ $0 }) {
                await withCheckedContinuation { continuation in
                    loop.nioLoop.execute { continuation.resume() }
                }
            }
        }
        let server = try await ServerBootstrap(group: loop.nioLoop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Echo())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let answered = loop.nioLoop.makePromise(of: [UInt64].self)
        let address = try #require(server.localAddress)
        _ = try await ClientBootstrap(group: loop.nioLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Ping(rounds: 10, done: answered))
                }
            }
            .connect(to: address).get()
        #expect(try await answered.futureResult.get().count == 10)
        try await loop.sleep(for: .milliseconds(1))
        isOver.withLockedValue { $0 = true }
        await pingPong
        try await server.close()
        await loop.shutdown()
    }
}

/// Sends one ping after the other and keeps how long each answer took, in nanoseconds.
private final class Ping: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let rounds: Int
    private let done: EventLoopPromise<[UInt64]>
    private var roundTrips: [UInt64] = []
    private var sent: UInt64 = 0

    init(rounds: Int, done: EventLoopPromise<[UInt64]>) {
        self.rounds = rounds
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        send(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        roundTrips.append(MonotonicClock.nanoseconds - sent)
        if roundTrips.count == rounds {
            done.succeed(roundTrips)
            context.close(promise: nil)
        } else {
            send(context)
        }
    }

    private func send(_ context: ChannelHandlerContext) {
        sent = MonotonicClock.nanoseconds
        context.writeAndFlush(
            wrapOutboundOut(ByteBuffer(integer: 7, as: UInt32.self)), promise: nil)
    }
}
