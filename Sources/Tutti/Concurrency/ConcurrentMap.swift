extension Sequence where Self: Sendable, Element: Sendable {
    /// Transforms the elements, many at once, and returns the results in the order of the elements.
    ///
    /// For work that waits:
    ///
    /// ```swift
    /// let pages = try await urls.concurrentMap { try await client.get($0) }
    /// ```
    ///
    /// How many run at once is found by measuring, or given: `limit: 8`. The first error cancels
    /// the others and is thrown when all have ended; only elements in flight had been started.
    /// Costs a task for each element in flight and a place for each result. Work that computes is
    /// better divided with `parallelMap`.
    ///
    /// - Parameters:
    ///   - limit: how many elements are in flight.
    ///   - transform: runs where child tasks of the caller run.
    /// - Throws: the first error of `transform`; `CancellationError` when the task is cancelled.
    /// - Returns: as many values as there are elements.
    @inlinable
    public func concurrentMap<Value: Sendable>(
        limit: Policy.Limit = .automatic,
        _ transform: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        let elements = Array(self)
        let slots = ResultSlots<Value>(count: elements.count)
        let cursor = Cursor(count: elements.count)
        try await Workers.run(limit: limit, jobs: elements.count) { shift in
            while shift.goesOn(), let index = cursor.next() {
                shift.begins()
                slots.put(try await transform(elements[index]), at: index)
            }
        }
        return slots.takeAll()
    }

    /// Transforms the elements, many at once, and returns the results that are not nil, in order.
    ///
    /// Like ``concurrentMap(limit:_:)`` otherwise.
    ///
    /// - Parameters:
    ///   - limit: how many elements are in flight.
    ///   - transform: runs where child tasks of the caller run.
    /// - Throws: the first error of `transform`; `CancellationError` when the task is cancelled.
    /// - Returns: at most as many values as there are elements.
    @inlinable
    public func concurrentCompactMap<Value: Sendable>(
        limit: Policy.Limit = .automatic,
        _ transform: @escaping @Sendable (Element) async throws -> Value?
    ) async throws -> [Value] {
        try await concurrentMap(limit: limit, transform).compactMap { $0 }
    }

    /// Calls `body` with each element, many at once; returns when all calls have ended.
    ///
    /// Like ``concurrentMap(limit:_:)`` otherwise.
    ///
    /// - Parameters:
    ///   - limit: how many elements are in flight.
    ///   - body: runs where child tasks of the caller run.
    /// - Throws: the first error of `body`; `CancellationError` when the task is cancelled.
    @inlinable
    public func concurrentForEach(
        limit: Policy.Limit = .automatic,
        _ body: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        let elements = Array(self)
        let cursor = Cursor(count: elements.count)
        try await Workers.run(limit: limit, jobs: elements.count) { shift in
            while shift.goesOn(), let index = cursor.next() {
                shift.begins()
                try await body(elements[index])
            }
        }
    }
}
