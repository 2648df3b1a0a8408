/// Lets a limited number of tasks through at a time; the others wait in line without a thread.
///
/// ```swift
/// let connections = Gate(limit: 20)
/// let rows = try await connections.withPermit { try await database.query(sql) }
/// ```
///
/// First come, first served. A task that is cancelled leaves the line at once. Costs a lock to
/// pass, and a task switch only when one has to wait. ``KeyedGate`` has a limit for each key.
public final class Gate: Sendable {
    private let state: Locked<GateState>

    /// Makes a gate; traps when `limit` is below 1.
    public init(limit: Int) {
        state = Locked(GateState(limit: checkedLimit(limit)))
    }

    /// How many may be inside at once; at least 1.
    ///
    /// When it grows, those in line go in; when it shrinks, those inside stay until they are done.
    public var limit: Int {
        get { state.withLock { $0.limit } }
        set {
            let limit = checkedLimit(newValue)
            for place in state.withLock({ $0.setLimit(limit) }) { place.letGo() }
        }
    }

    /// The number of tasks that wait.
    public var waiting: Int { state.withLock { $0.waiting } }

    /// Runs `body` as one of those inside.
    ///
    /// - Throws: what `body` throws; `CancellationError`, without running it, when the task is
    ///   cancelled in line.
    /// - Returns: what `body` returns.
    public func withPermit<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await acquire()
        defer { release() }
        return try await body()
    }

    /// Waits until the task may go in; whoever did must ``release()``.
    ///
    /// - Throws: `CancellationError` when the task is cancelled in line; then it is not inside.
    public func acquire() async throws {
        try Task.checkCancellation()
        if state.withLock({ $0.acquire() }) { return }
        try await WaitingLine.wait { place, continuation in
            self.state.withLock { state in
                if Task.isCancelled { return .cancelled }
                if state.acquire() { return .admitted }
                place.continuation = continuation
                state.standInLine(place)
                return .inLine
            }
        } onCancel: { place in
            self.state.withLock { $0.giveUp(place) }
        }
    }

    /// Gives the permit back and lets the first in line go in.
    ///
    /// Any thread may call this, once for each ``acquire()``.
    public func release() {
        state.withLock { $0.release() }?.letGo()
    }
}

/// Lets a limited number of tasks through for each key: requests a host, jobs a customer.
///
/// Like ``Gate`` for each key on its own; a key costs nothing once nobody is inside or in line.
public final class KeyedGate<Key: Hashable & Sendable>: Sendable {
    private let gates = Locked([Key: GateState]())
    private let limit: Int

    /// Makes a gate; traps when `limit` is below 1.
    public init(limitPerKey limit: Int) {
        self.limit = checkedLimit(limit)
    }

    /// The number of keys in use.
    public var keyCount: Int { gates.withLock { $0.count } }

    /// Runs `body` as one of those inside for `key`.
    ///
    /// - Throws: what `body` throws; `CancellationError`, without running it, when the task is
    ///   cancelled in line.
    /// - Returns: what `body` returns.
    public func withPermit<Value>(
        for key: Key, _ body: () async throws -> Value
    ) async throws -> Value {
        try await acquire(key)
        defer { release(key) }
        return try await body()
    }

    private func acquire(_ key: Key) async throws {
        try Task.checkCancellation()
        let limit = limit
        if gates.withLock({ $0[key, default: GateState(limit: limit)].acquire() }) { return }
        try await WaitingLine.wait { place, continuation in
            self.gates.withLock { gates in
                if Task.isCancelled { return .cancelled }
                if gates[key, default: GateState(limit: limit)].acquire() { return .admitted }
                place.continuation = continuation
                gates[key]?.standInLine(place)
                return .inLine
            }
        } onCancel: { place in
            self.gates.withLock { $0[key]?.giveUp(place) ?? false }
        }
    }

    private func release(_ key: Key) {
        let next = gates.withLock { gates in
            let next = gates[key]?.release()
            if gates[key]?.isUnused == true { gates[key] = nil }
            return next
        }
        next?.letGo()
    }
}

private func checkedLimit(_ limit: Int) -> Int {
    if limit < 1 { fatalError("A gate with a limit of \(limit) lets nobody in: give 1 or more.") }
    return limit
}
