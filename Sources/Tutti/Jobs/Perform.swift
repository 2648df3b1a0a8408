internal import CTutti

extension TaskExecutor {
    /// Runs `body` on this executor, whatever actor or executor the caller is on.
    ///
    /// `withTaskExecutorPreference` alone does so only for concurrent functions; what is not
    /// isolated runs where its caller does.
    package func perform<Value: Sendable>(
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withTaskExecutorPreference(self) { @concurrent in
            // A call that does not suspend, before the one that may: without it Swift 6.3.1 takes
            // the switch to the executor out again. Tests of each executor see it.
            tutti_spin_hint()
            return try await body()
        }
    }
}
