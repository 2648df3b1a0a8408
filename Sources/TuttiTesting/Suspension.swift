internal import Tutti

/// A task that is suspended until it is resumed, once, by whoever takes it out of its list.
typealias Waiter = UnsafeContinuation<Void, any Error>

extension Locked {
    /// Suspends the task until `enter` or a later event gives its continuation back.
    ///
    /// `enter` puts the continuation into the state; `leave` takes it out again when the task is
    /// cancelled, and returns nil when it is no longer there. `enter` returns whom to resume.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, before or while it waits.
    borrowing func suspend(
        enter: (inout sending State, Waiter) -> [Waiter],
        leave: @Sendable (inout sending State) -> Waiter?
    ) async throws {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (waiter: Waiter) in
                let resumed: [Waiter]? = withLock { state in
                    // A task is marked before its handlers run. So under the lock either the mark is
                    // seen here, or the handler comes later and finds what is entered now.
                    Task.isCancelled ? nil : enter(&state, waiter)
                }
                guard let resumed else { return waiter.resume(throwing: CancellationError()) }
                for waiter in resumed { waiter.resume() }
            }
        } onCancel: {
            let waiter = withLock { leave(&$0) }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
