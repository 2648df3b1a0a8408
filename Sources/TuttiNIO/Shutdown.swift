internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix

extension EventLoop {
    /// Runs `body` on the loop's thread: at once when this is it, else as one of its next tasks.
    ///
    /// `body` must not block. Runs `unavailable` instead, here, after ``shutdown()``.
    package func onLoop(
        else unavailable: () -> Void, _ body: @escaping @Sendable () -> Void
    ) {
        if nioLoop.inEventLoop {
            body()
        } else if inbox.withLockedValue({ inbox in
            // Under the lock, since NIO drops what it is given after its end, and the end comes
            // after `isOpen` was cleared.
            if inbox.isOpen { nioLoop.execute(body) }
            return inbox.isOpen
        }) == false {
            unavailable()
        }
    }

    /// Ends the loop: closes its channels, wakes its sleepers with ``Failure/shutDown``, ends the
    /// thread.
    ///
    /// Tasks that still prefer the loop go on in the global pool. May be called from a task on the
    /// loop itself, and more than once. Traps for ``shared``, which other parts of the program use.
    public func shutdown() async {
        if isShared {
            fatalError(
                "EventLoop.shared serves the whole program: shut down only loops that you made.")
        }
        closeInbox()
        // Fails only for groups that NIO itself owns; a second call waits for the first.
        try? await group?.shutdownGracefully()
    }

    /// From here on jobs go elsewhere, and the loop hears of it as its last task.
    func closeInbox() {
        inbox.withLockedValue { inbox in
            guard inbox.isOpen else { return }
            inbox.isOpen = false
            // Comes after every task that was given to NIO while the inbox was open.
            nioLoop.execute { self.close() }
        }
    }
}
