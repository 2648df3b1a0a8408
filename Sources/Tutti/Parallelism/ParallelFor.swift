/// Runs `body` on chunks that make up `range`, on every core.
///
/// On the pool that the calling thread works for, or on ``ForkJoinPool/shared``. See
/// ``ForkJoinPool/parallelFor(_:grain:body:)``.
///
/// - Throws: the first error that a chunk threw, or `CancellationError`.
@inlinable @inline(__always)
public func parallelFor<Failure: Error>(
    _ range: Range<Int>, grain: Grain = .automatic,
    body: @Sendable (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
    try forEachChunk(of: range, grain: grain, on: nil, body)
}

extension ForkJoinPool {
    /// Runs `body` on chunks that make up `range`, on every core.
    ///
    /// ```swift
    /// pool.parallelFor(0..<image.height) { rows in
    ///     for row in rows { render(row) }
    /// }
    /// ```
    ///
    /// Each index is in exactly one chunk. Chunks run in no given order, on any worker; how large
    /// they are depends on who is free. Blocks until all are done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - range: the indices.
    ///   - grain: the fewest indices of a chunk; found by timing unless you give one.
    ///   - body: goes through one chunk.
    /// - Throws: the first error that a chunk threw; or, if `Failure` can be that,
    ///   `CancellationError` when the calling task is cancelled. Chunks that had begun are finished,
    ///   the rest never begins.
    @inlinable @inline(__always)
    public func parallelFor<Failure: Error>(
        _ range: Range<Int>, grain: Grain = .automatic,
        body: @Sendable (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        try forEachChunk(of: range, grain: grain, on: self, body)
    }
}

/// The loop over chunks that have nothing in common.
@inlinable @inline(__always)
func forEachChunk<Failure: Error>(
    of range: Range<Int>, grain: Grain, on pool: ForkJoinPool?,
    _ body: (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
    var nothing: Void
    try withUnsafeMutablePointer(to: &nothing) { nothing throws(Failure) in
        try forEachChunk(
            of: range, grain: grain, on: pool, state: nothing,
            body: { _, chunk throws(Failure) in try body(chunk) })
    }
}

/// Carries the error around the loop without types.
///
/// - Parameters:
///   - range: what to go through.
///   - grain: the smallest chunk.
///   - pool: nil for the pool that the calling thread works for, or the shared one.
///   - state: what `body` and `undo` share; only they know who touches which part of it.
///   - body: runs on any worker, once a chunk; when it throws it has left nothing behind.
///   - undo: after a failure, called once for each index that a `body` had completed.
/// - Throws: the first error of a `body`; or, if `Failure` can be that, `CancellationError` when the
///   calling task is cancelled.
@inlinable @inline(__always)
func forEachChunk<State: ~Copyable, Failure: Error>(
    of range: Range<Int>, grain: Grain, on pool: ForkJoinPool?,
    state: UnsafeMutablePointer<State>,
    body: (UnsafeMutablePointer<State>, Range<Int>) throws(Failure) -> Void,
    undo: (UnsafeMutablePointer<State>, Range<Int>) -> Void = { _, _ in }
) throws(Failure) {
    // The error with which a cancelled loop ends, if the loop can throw it.
    let cancellation = Failure.self == Never.self ? nil : CancellationError() as? Failure
    var loop = LoopState<State, Failure>(
        state: state, end: LoopEnd(heedsCancellation: cancellation != nil))
    let isComplete = withUnsafeMutablePointer(to: &loop) { loop in
        forEachChunk(
            of: range, grain: grain, on: pool, until: loop.pointee.end, context: loop,
            body: { context, chunk in
                let loop = context.assumingMemoryBound(to: LoopState<State, Failure>.self)
                do throws(Failure) {
                    try body(loop.pointee.state, chunk)
                    return true
                } catch {
                    if loop.pointee.end.claim() { loop.pointee.error = error }
                    return false
                }
            },
            undo: { context, chunk in
                undo(
                    context.assumingMemoryBound(to: LoopState<State, Failure>.self).pointee.state,
                    chunk)
            })
    }
    if isComplete { return }
    if let error = loop.error ?? cancellation { throw error }
}

/// What the chunks of a loop share.
@usableFromInline
struct LoopState<State: ~Copyable, Failure: Error>: ~Copyable {
    @usableFromInline let state: UnsafeMutablePointer<State>
    @usableFromInline let end: LoopEnd
    /// Written by the one who claims the end, read after the loop, whose joins order the two.
    @usableFromInline var error: Failure?

    @inlinable
    init(state: UnsafeMutablePointer<State>, end: consuming LoopEnd) {
        self.state = state
        self.end = end
    }
}
