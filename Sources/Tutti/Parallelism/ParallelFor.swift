/// Runs `body` on chunks that make up `range`, on every core.
///
/// On the pool that the calling thread works for, or on ``ForkJoinPool/shared``. See
/// ``ForkJoinPool/parallelFor(_:grain:body:)``.
///
/// - Throws: the first error that a chunk threw.
@inlinable
public func parallelFor<Failure: Error>(
    _ range: Range<Int>, grain: Grain = .automatic,
    body: @Sendable (Range<Int>) throws(Failure) -> Void
) throws(Failure) {
    try forEachChunk(of: range, grain: grain, on: nil, body: body)
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
    ///   - grain: how small a chunk may get. Give one when an element takes less than 0.1 µs.
    ///   - body: goes through one chunk.
    /// - Throws: the first error that a chunk threw. Chunks that had begun are finished, the rest
    ///   never begins.
    @inlinable
    public func parallelFor<Failure: Error>(
        _ range: Range<Int>, grain: Grain = .automatic,
        body: @Sendable (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        try forEachChunk(of: range, grain: grain, on: self, body: body)
    }
}

/// The shell that carries the error around the loop without types.
@inlinable
func forEachChunk<Failure: Error>(
    of range: Range<Int>, grain: Grain, on pool: ForkJoinPool?,
    body: (Range<Int>) throws(Failure) -> Void,
    undo: (Range<Int>) -> Void = { _ in }
) throws(Failure) {
    let failure = FirstFailure()
    // Written by the one who claims the failure, read after the loop, whose joins order the two.
    var firstError: Failure?
    _ = forEachChunk(
        of: range, grain: grain, on: pool, failure: failure,
        body: { chunk in
            do throws(Failure) {
                try body(chunk)
                return true
            } catch {
                if failure.claim() { firstError = error }
                return false
            }
        }, undo: undo)
    if let firstError { throw firstError }
}
