extension AsyncSequence where Self: Sendable, Element: Sendable {
    /// Transforms the elements, many at once, as they come.
    ///
    /// ```swift
    /// for try await page in links.concurrentMap(limit: 8, { try await client.get($0) }) { … }
    /// ```
    ///
    /// With back-pressure: no more elements are taken from this sequence than are in flight or
    /// wait to be read, and those are as many as the limit says. The first error ends the sequence
    /// and cancels what is in flight; giving up the iteration does, too.
    ///
    /// - Parameters:
    ///   - limit: how many elements are in flight or unread.
    ///   - order: `.ordered` keeps the order of the elements, and one that is late holds up those
    ///     behind it; `.asCompleted` gives each result as soon as it is there.
    ///   - transform: runs in tasks of its own.
    /// - Returns: a sequence that starts to work when it is iterated, anew each time.
    public func concurrentMap<Value: Sendable>(
        limit: Policy.Limit = .automatic, order: Policy.Order = .ordered,
        _ transform: @escaping @Sendable (Element) async throws -> Value
    ) -> ConcurrentMapSequence<Self, Value> {
        ConcurrentMapSequence(base: self, limit: limit, order: order, transform: transform)
    }

    /// Transforms the elements, many at once, and leaves out results that are nil.
    ///
    /// Like ``concurrentMap(limit:order:_:)`` otherwise.
    ///
    /// - Parameters:
    ///   - limit: how many elements are in flight or unread.
    ///   - order: whether results come in the order of the elements.
    ///   - transform: runs in tasks of its own.
    /// - Returns: a sequence that starts to work when it is iterated, anew each time.
    public func concurrentCompactMap<Value: Sendable>(
        limit: Policy.Limit = .automatic, order: Policy.Order = .ordered,
        _ transform: @escaping @Sendable (Element) async throws -> Value?
    ) -> AsyncCompactMapSequence<ConcurrentMapSequence<Self, Value?>, Value> {
        concurrentMap(limit: limit, order: order, transform).compactMap { $0 }
    }

    /// Calls `body` with each element, many at once, as they come; returns when all have ended.
    ///
    /// No more elements are taken from this sequence than are in flight. The first error cancels
    /// the others.
    ///
    /// - Parameters:
    ///   - limit: how many elements are in flight.
    ///   - body: runs where child tasks of the caller run.
    /// - Throws: the first error of `body` or of the sequence; `CancellationError` when the task is
    ///   cancelled.
    public func concurrentForEach(
        limit: Policy.Limit = .automatic,
        _ body: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        let source = SharedIterator(self)
        try await Workers.run(limit: limit, jobs: nil) { shift in
            while shift.goesOn(), let (_, element) = try await source.next() {
                shift.begins()
                try await body(element)
            }
        }
    }
}

/// The results of work on the elements of another sequence, many at once.
public struct ConcurrentMapSequence<Base: AsyncSequence & Sendable, Value: Sendable>: AsyncSequence,
    Sendable
where Base.Element: Sendable {
    let base: Base
    let limit: Policy.Limit
    let order: Policy.Order
    let transform: @Sendable (Base.Element) async throws -> Value

    /// Starts the work.
    public func makeAsyncIterator() -> AsyncIterator {
        let unread = Gate(limit: firstLimit)
        // The task belongs to the stream: it ends when the stream is finished or given up.
        let stream = AsyncThrowingStream<Numbered, any Error> { continuation in
            let task = Task {
                do {
                    try await work(unread) { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
        return AsyncIterator(
            results: stream.makeAsyncIterator(), unread: unread,
            reorder: order == .ordered ? Reorder() : nil)
    }

    private var firstLimit: Int {
        switch limit {
        case .atMost(let count): count
        case .automatic: Processors.usable.count
        }
    }

    /// A result, and which element it belongs to.
    fileprivate struct Numbered: Sendable {
        let index: Int
        let value: Value
    }

    private func work(
        _ unread: Gate, _ give: @escaping @Sendable (Numbered) -> Void
    ) async throws {
        let source = SharedIterator(base)
        try await Workers.run(limit: limit, jobs: nil) { shift in
            while shift.goesOn() {
                if let limit = shift.finding?.limit, limit != unread.limit { unread.limit = limit }
                try await unread.acquire()
                guard let (index, element) = try await source.next() else {
                    // For those in line: they find the end as well.
                    return unread.release()
                }
                shift.begins()
                give(Numbered(index: index, value: try await transform(element)))
            }
        }
    }

    /// Gives the results one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var results: AsyncThrowingStream<Numbered, any Error>.Iterator
        fileprivate let unread: Gate
        fileprivate var reorder: Reorder<Value>?

        /// Waits for the next result, in the order that was asked for.
        ///
        /// - Throws: the first error of the work or of the sequence.
        /// - Returns: nil at the end.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws -> Value? {
            while true {
                if let value = reorder?.take() {
                    unread.release()
                    return value
                }
                guard let next = try await results.next(isolation: actor) else { return nil }
                guard reorder != nil else {
                    unread.release()
                    return next.value
                }
                reorder?.put(next.value, at: next.index)
            }
        }

        /// Waits for the next result.
        ///
        /// - Throws: the first error of the work or of the sequence.
        /// - Returns: nil at the end.
        public mutating func next() async throws -> Value? {
            try await next(isolation: nil)
        }
    }
}
