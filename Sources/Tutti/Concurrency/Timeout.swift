/// A time limit that ran out.
public struct TimeoutError: Error, Hashable, CustomStringConvertible {
    /// The limit.
    public let limit: Duration

    /// Keeps the limit.
    public init(limit: Duration) {
        self.limit = limit
    }

    /// A sentence.
    public var description: String { "It did not end within \(limit)." }
}

/// Runs `body` for at most `limit`, then cancels it.
///
/// The body is always awaited: one that ignores its cancellation holds up the caller until it
/// ends, and nothing runs on behind the caller's back. A limit inside another can only shorten it:
/// when the outer time is up, the inner body is cancelled with the rest. Costs two child tasks and
/// a timer, which is gone when the body ends.
///
/// - Parameters:
///   - limit: how long it may take.
///   - clock: what the time is measured by.
///   - body: runs where child tasks of the caller run.
/// - Throws: what `body` throws, or ``TimeoutError`` when the time ran out first.
/// - Returns: what `body` returns.
public func withTimeout<Value: Sendable>(
    _ limit: Duration, clock: some Clock<Duration> = .monotonic,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withDeadline(clock.now.advanced(by: limit), limit: limit, clock: clock, body)
}

/// Runs `body` until `deadline` at most, then cancels it; see ``withTimeout(_:clock:_:)``.
///
/// - Parameters:
///   - deadline: when it has to end.
///   - clock: what the time is measured by.
///   - body: runs where child tasks of the caller run.
/// - Throws: what `body` throws, or ``TimeoutError`` when the time ran out first.
/// - Returns: what `body` returns.
public func withDeadline<Value: Sendable, Time: Clock<Duration>>(
    _ deadline: Time.Instant, clock: Time = .monotonic,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let limit = max(.zero, clock.now.duration(to: deadline))
    return try await withDeadline(deadline, limit: limit, clock: clock, body)
}

private func withDeadline<Value: Sendable, Time: Clock<Duration>>(
    _ deadline: Time.Instant, limit: Duration, clock: Time,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let result = await withTaskGroup(
        of: Ending<Value>.self, returning: Result<Value, any Error>.self
    ) { group in
        group.addTask {
            do { return .body(.success(try await body())) } catch { return .body(.failure(error)) }
        }
        group.addTask {
            do {
                try await clock.sleep(until: deadline, tolerance: nil)
                return .timeUp
            } catch { return .timerCancelled }
        }
        while let ending = await group.next() {
            switch ending {
            case .body(let result):
                group.cancelAll()
                return result
            case .timeUp:
                group.cancelAll()
                return .failure(TimeoutError(limit: limit))
            case .timerCancelled:
                // The caller was cancelled; the body was told as well and has the last word.
                continue
            }
        }
        fatalError("The body of a deadline ended without a result.")
    }
    return try result.get()
}

/// Which of the two children of a deadline ended, and how.
private enum Ending<Value: Sendable>: Sendable {
    case body(Result<Value, any Error>)
    case timeUp
    case timerCancelled
}
