extension RandomAccessCollection where Self: Sendable {
    /// Calls `body` with each element, on every core, in no given order.
    ///
    /// Blocks until all calls are done, and computes meanwhile. No allocation.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - body: called once an element.
    /// - Throws: the first error that `body` threw; or, if `Failure` can be that,
    ///   `CancellationError` when the calling task is cancelled. The rest is not begun.
    @inlinable @inline(__always)
    public func parallelForEach<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        _ body: @Sendable (Element) throws(Failure) -> Void
    ) throws(Failure) {
        let count = count
        var source = self
        try withUnsafeMutablePointer(to: &source) { source throws(Failure) in
            try forEachChunk(of: 0..<count, grain: grain, on: pool, state: source) {
                source, chunk throws(Failure) in
                try source.pointee.forEachElement(of: chunk, body)
            }
        }
    }
}
