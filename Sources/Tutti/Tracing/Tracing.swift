public import CTutti

/// Records which job ran where and when, for a stretch of a program's time.
///
/// ```swift
/// let tracing = try Tracing.start()
/// let pages = try await urls.map(Download.init).run(on: .eventLoop)
/// try tracing.stop().write(to: "trace.json")  // for ui.perfetto.dev
/// ```
///
/// The last 262 144 events are kept, at some 10 ns and 32 bytes each. While nobody traces an event costs a
/// load and a branch. Several may trace at a time. `TUTTI_TRACE=trace.json` in its environment has a
/// whole program traced, unchanged.
public final class Tracing: Sendable {
    private let start: MonotonicClock.Instant
    private let trace = Locked<Trace?>(nil)

    private init() throws(SystemError) {
        start = try Tracer.shared.begin()
    }

    deinit { _ = stop() }

    /// Begins to record, in this process and in its worker processes.
    ///
    /// - Throws: ``SystemError`` when there are no 8 MiB of address space left, and in the child of a fork.
    public static func start() throws(SystemError) -> Tracing {
        try Tracing()
    }

    /// Ends to record and returns what happened since the start; a second call returns the same.
    ///
    /// Others of the program's threads may go on meanwhile. Costs some milliseconds.
    @discardableResult
    public func stop() -> Trace {
        trace.withLock { trace in
            if let trace { return trace }
            let new = Tracer.shared.end(since: start)
            trace = new
            return new
        }
    }

    /// Records while `body` runs and writes a file that ui.perfetto.dev and `chrome://tracing` open.
    ///
    /// The file is written whether or not `body` throws.
    ///
    /// - Throws: what `body` throws, else ``SystemError`` when the file cannot be written.
    /// - Returns: what `body` returns.
    public static func record<Value>(
        to path: String, _ body: () async throws -> Value
    ) async throws -> Value {
        let tracing = try start()
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        return try tracing.write(to: path, with: result)
    }

    /// Records while `body` runs and writes a file that ui.perfetto.dev and `chrome://tracing` open.
    ///
    /// - Throws: what `body` throws, else ``SystemError`` when the file cannot be written.
    /// - Returns: what `body` returns.
    public static func record<Value>(
        to path: String, _ body: () throws -> Value
    ) throws -> Value {
        let tracing = try start()
        return try tracing.write(to: path, with: Result { try body() })
    }

    /// Of two errors that of the body is the one that matters.
    private func write<Value>(
        to path: String, with result: Result<Value, any Error>
    ) throws -> Value {
        let trace = stop()
        let value: Value
        do {
            value = try result.get()
        } catch {
            try? trace.write(to: path)
            throw error
        }
        try trace.write(to: path)
        return value
    }

    // MARK: What a program says

    /// Runs `body` as a part of the program that traces show under a name.
    ///
    /// - Parameters:
    ///   - name: a literal, so that naming it costs nothing.
    ///   - number: tells apart what has the same name, such as the number of a page.
    ///   - body: runs at once.
    /// - Throws: what `body` throws.
    /// - Returns: what `body` returns.
    @inlinable
    public static func span<Value, Failure: Error>(
        _ name: StaticString, number: Int? = nil, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let span = tutti_is_tracing() != 0 ? OpenSpan.ofProgram(name, number) : OpenSpan.unseen
        defer { span.end() }
        return try body()
    }

    /// Runs `body`, which may wait, as a part of the program that traces show under a name.
    @inlinable
    public static func span<Value, Failure: Error>(
        _ name: StaticString, number: Int? = nil, _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let span = tutti_is_tracing() != 0 ? OpenSpan.ofProgram(name, number) : OpenSpan.unseen
        defer { span.end() }
        return try await body()
    }

    /// Notes a moment under a name.
    @inlinable
    public static func mark(_ name: StaticString, number: Int? = nil) {
        if tutti_is_tracing() != 0 { Emission.mark(name, number) }
    }
}
