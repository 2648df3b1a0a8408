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
/// ends, and nothing runs on behind the caller's back. Costs two child tasks.
///
/// - Throws: what `body` throws, or ``TimeoutError`` when the time ran out first.
/// - Returns: what `body` returns.
public func withTimeout<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let result = await withTaskGroup(
        of: Ending<Value>.self, returning: Result<Value, any Error>.self
    ) { group in
        group.addTask {
            do { return .body(.success(try await body())) } catch { return .body(.failure(error)) }
        }
        group.addTask {
            do {
                try await Task.sleep(for: limit, clock: .continuous)
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
        fatalError("The body of withTimeout ended without a result.")
    }
    return try result.get()
}

/// Which of the two children of a timeout ended, and how.
private enum Ending<Value: Sendable>: Sendable {
    case body(Result<Value, any Error>)
    case timeUp
    case timerCancelled
}
