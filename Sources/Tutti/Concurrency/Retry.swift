/// Runs `body` again when it fails, after a wait that grows and is random.
///
/// ```swift
/// let page = try await retrying(Backoff(), retries: 4) { try await client.get(url) }
/// ```
///
/// A `CancellationError` is never tried again, and nothing is while the task is cancelled.
///
/// - Parameters:
///   - backoff: how long to wait before each retry.
///   - retries: how often `body` may be run again.
///   - clock: what the waits are measured by.
///   - isWorthwhile: which errors may pass; all unless given.
///   - body: gets the number of this attempt, from 1.
/// - Throws: the last error of `body`; `CancellationError` when the task is cancelled in a wait.
/// - Returns: what `body` returns.
public func retrying<Value>(
    _ backoff: Backoff = Backoff(), retries: Int = 3, clock: some Clock<Duration> = .monotonic,
    if isWorthwhile: (any Error) -> Bool = { _ in true },
    _ body: (_ attempt: Int) async throws -> Value
) async throws -> Value {
    var attempt = 1
    while true {
        do {
            return try await body(attempt)
        } catch {
            guard attempt <= retries, !Task.isCancelled, !(error is CancellationError),
                isWorthwhile(error)
            else { throw error }
            try await clock.sleep(for: backoff.wait(beforeRetry: attempt))
            attempt += 1
        }
    }
}
