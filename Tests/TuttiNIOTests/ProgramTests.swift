import Foundation
import NIOCore
import NIOPosix
import Testing
import Tutti

@testable import TuttiNIO

/// Whole programs on one thread; each in a process of its own, whose ``EventLoop/shared`` it takes.
@Suite(.timeLimit(.minutes(5))) struct ProgramTests {
    /// Ends the process with 0 when `body` gave true.
    private static func exitOnThread(_ body: @escaping @Sendable () -> Bool) async {
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in
            Foundation.Thread.detachNewThread { exit(body() ? 0 : 1) }
        }
    }

    @Test func `the body and its children run on the calling thread and give a value`() async {
        await #expect(processExitsWith: .success) {
            await Self.exitOnThread {
                let caller = pthread_self()
                let same = TuttiNIO.EventLoop.run {
                    let loop = TuttiNIO.EventLoop.shared
                    try? await loop.sleep(for: .milliseconds(1))
                    await loop.yield()
                    async let child = pthread_self()
                    return await (child, pthread_self(), loop.nioLoop.inEventLoop)
                }
                return same.0 == caller && same.1 == caller && same.2
            }
        }
    }

    @Test func `the error of the body reaches the caller with its type`() async {
        await #expect(processExitsWith: .success) {
            await Self.exitOnThread {
                struct Reason: Error { let number: Int }
                do throws(Reason) {
                    try TuttiNIO.EventLoop.run { () async throws(Reason) in
                        throw Reason(number: 7)
                    }
                    return false
                } catch { return error.number == 7 }
            }
        }
    }

    @Test func `a client and a server of one program talk on its thread`() async {
        await #expect(processExitsWith: .success) {
            await Self.exitOnThread {
                let answer = try? TuttiNIO.EventLoop.run { try await echoOnce() }
                return answer == "hello"
            }
        }
    }

    @Test func `the shared loop is another one after the program`() async {
        await #expect(processExitsWith: .success) {
            await Self.exitOnThread {
                let during = TuttiNIO.EventLoop.run { TuttiNIO.EventLoop.shared }
                return during !== TuttiNIO.EventLoop.shared
            }
        }
    }

    @Test func `the loop of a program cannot be shut down by it`() async {
        await #expect(processExitsWith: .failure) {
            await Self.exitOnThread {
                TuttiNIO.EventLoop.run { await TuttiNIO.EventLoop.shared.shutdown() }
                return true
            }
        }
    }
}

/// Starts a server on the shared loop, sends it a word and returns what comes back.
private func echoOnce() async throws -> String {
    let loop = TuttiNIO.EventLoop.shared.nioLoop
    let server = try await ServerBootstrap(group: loop)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Echo())
            }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    guard let address = server.localAddress else { return "" }
    let answer = loop.makePromise(of: String.self)
    let client = try await ClientBootstrap(group: loop)
        .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Listener(answer: answer))
            }
        }
        .connect(to: address).get()
    try await client.writeAndFlush(ByteBuffer(string: "hello"))
    let word = try await answer.futureResult.get()
    try await client.close()
    // The server's channel is left to the end of the program.
    return word
}

private final class Listener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let answer: EventLoopPromise<String>

    init(answer: EventLoopPromise<String>) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer.succeed(String(buffer: unwrapInboundIn(data)))
    }
}
