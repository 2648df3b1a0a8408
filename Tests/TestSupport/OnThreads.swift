package import Testing
internal import Tutti

/// Runs tests on threads that may wait, not on the cooperative ones.
///
/// A test that waits for a process without `await` would hold up all others: there are as many
/// cooperative threads as processors.
package struct OnThreads: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    @concurrent package func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(ThreadPool.shared) { try await function() }
    }
}

extension Trait where Self == OnThreads {
    /// For tests that wait for processes without `await`.
    package static var onThreads: Self { Self() }
}
