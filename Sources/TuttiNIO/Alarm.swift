internal import NIOCore

/// The one callback that a loop has with NIO for all its sleepers.
struct Alarm {
    /// Whether it rang and nobody has looked after the sleepers since.
    private(set) var hasRung = false
    private var pending: (deadline: UInt64, callback: NIOScheduledCallback)?

    /// Sets the alarm for `deadline`, or for never.
    ///
    /// One that is too early stays: it rings for nothing, once, and costs less than a new one.
    mutating func set(
        for deadline: UInt64?, on loop: any NIOCore.EventLoop,
        ring: @escaping @Sendable () -> Void
    ) throws {
        guard let deadline else { return cancel() }
        if let pending, pending.deadline <= deadline { return }
        cancel()
        let callback = try loop.scheduleCallback(
            at: .uptimeNanoseconds(deadline), handler: Bell(ring: ring))
        pending = (deadline, callback)
    }

    /// It rings now.
    mutating func rang() {
        pending = nil
        hasRung = true
    }

    /// The sleepers that are due have been looked after.
    mutating func answer() {
        hasRung = false
    }

    /// Takes the callback back.
    mutating func cancel() {
        pending?.callback.cancel()
        pending = nil
    }

    private struct Bell: NIOScheduledCallbackHandler, Sendable {
        let ring: @Sendable () -> Void

        func handleScheduledCallback(eventLoop: some NIOCore.EventLoop) {
            ring()
        }
    }
}
