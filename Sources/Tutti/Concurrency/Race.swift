/// Which of several ends wins a race.
public enum RaceRule: Hashable, Sendable {
    /// The first that ends, with a value or an error.
    case firstEnd
    /// The first that ends with a value; only when all fail, the first error.
    case firstValue
}

/// Runs all bodies at once and returns what the first gives; the others are cancelled and awaited.
///
/// ```swift
/// let gets = mirrors.map { mirror in { @Sendable in try await mirror.get(path) } }
/// let answer = try await race(gets, until: .firstValue)
/// ```
///
/// A body that ignores its cancellation holds up the caller until it ends, and nothing runs on
/// behind the caller's back. Costs a child task a body.
///
/// - Parameters:
///   - bodies: at least one.
///   - rule: what it takes to win.
/// - Throws: the winner's error; with ``RaceRule/firstValue`` the first error when all fail.
/// - Returns: the winner's value.
public func race<Value: Sendable>(
    _ bodies: [@Sendable () async throws -> Value], until rule: RaceRule = .firstEnd
) async throws -> Value {
    let winner = await withTaskGroup(
        of: Result<Value, any Error>.self, returning: Result<Value, any Error>?.self
    ) { group in
        for body in bodies {
            group.addTask {
                do { return .success(try await body()) } catch { return .failure(error) }
            }
        }
        var first: Result<Value, any Error>?
        while let end = await group.next() {
            first = first ?? end
            guard rule == .firstEnd || (try? end.get()) != nil else { continue }
            group.cancelAll()
            return end
        }
        return first
    }
    guard let winner else { fatalError("A race needs somebody who runs: give at least one body.") }
    return try winner.get()
}

/// Runs all bodies at once and returns what the first gives: the array's form, written out.
///
/// ```swift
/// let answer = try await race({ try await here.get(path) }, { try await there.get(path) })
/// ```
///
/// - Parameters:
///   - bodies: at least one.
///   - rule: what it takes to win.
/// - Throws: the winner's error; with ``RaceRule/firstValue`` the first error when all fail.
/// - Returns: the winner's value.
public func race<Value: Sendable>(
    _ bodies: (@Sendable () async throws -> Value)..., until rule: RaceRule = .firstEnd
) async throws -> Value {
    try await race(bodies, until: rule)
}
