/// One result that one task waits for; the first one counts.
// Safety: used on the loop's thread alone.
final class Signal<Value>: @unchecked Sendable {
    private var result: Result<Value, FetchError>?
    private var continuation: UnsafeContinuation<Result<Value, FetchError>, Never>?

    /// Gives the result, unless there is one already.
    ///
    /// - Returns: whether it counts.
    @discardableResult
    func end(_ result: Result<Value, FetchError>) -> Bool {
        guard self.result == nil else { return false }
        self.result = result
        if let continuation {
            self.continuation = nil
            // Safety: made and taken on the loop's thread, where the waiting task goes on.
            nonisolated(unsafe) let result = result
            continuation.resume(returning: result)
        }
        return true
    }

    /// Waits for the result; call once, on the loop.
    func wait() async throws(FetchError) -> Value {
        if let result { return try result.get() }
        let result: Result<Value, FetchError> = await withUnsafeContinuation { continuation = $0 }
        return try result.get()
    }
}
