internal import CTutti
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A bell that a loop rings for itself and hears at its next look at the sockets.
///
/// An eventfd among the loop's descriptors. NIO has nothing for this: a task runs before the next
/// look, and so does a timer that is due.
final class SelectorWake: Sendable {
    private let descriptor: Int32
    private let handler: Handler

    /// Makes the bell; traps when the system has no descriptor left.
    init() {
        descriptor = tutti_bell()
        if descriptor < 0 {
            fatalError("No descriptor for an event loop: \(String(cString: strerror(errno)))")
        }
        handler = Handler()
    }

    /// Hangs the bell up on `loop`, which calls `heard` on its thread after each ring; call once.
    ///
    /// Does not wait: NIO forbids it on any of its threads, and a loop may be made on another.
    func hang(on loop: any NIOCore.EventLoop, heard: @escaping @Sendable () -> Void) {
        let handler = handler
        NIOPipeBootstrap(group: loop)
            // The counter has eight bytes, and one read takes it all.
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 8))
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    handler.heard = heard
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .whenFailure { error in
                fatalError("An event loop cannot watch its own bell: \(error)")
            }
    }

    /// Rings; false when the loop does not listen, not yet or no longer.
    ///
    /// Only the loop's thread calls this, so the descriptor cannot be closed meanwhile.
    func ring() -> Bool {
        guard handler.isListening else { return false }
        var one: UInt64 = 1
        var written = write(descriptor, &one, 8)
        while written < 0, errno == EINTR {
            written = write(descriptor, &one, 8)
        }
        return written == 8
    }

    // Safety: both fields are read and written on the loop's thread alone.
    private final class Handler: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = ByteBuffer

        var heard: @Sendable () -> Void = {}
        private(set) var isListening = false

        func channelActive(context: ChannelHandlerContext) {
            isListening = true
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            heard()
        }

        func channelInactive(context: ChannelHandlerContext) {
            isListening = false
            // A ring that is not heard any more would leave its jobs waiting.
            heard()
            heard = {}
        }
    }
}
