extension RandomAccessCollection where Self: Sendable {
    /// Transforms each element, on every core.
    ///
    /// Work and result are those of `map`: each element is visited once, the result is written in
    /// its place. One allocation, the array. The order of the calls is open. Blocks until all are
    /// done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - transform: makes the new element.
    /// - Returns: what `transform` made of each element, in the order of the elements.
    /// - Throws: the first error that `transform` threw, or `CancellationError` when the calling
    ///   task is cancelled and `Failure` can be that. The rest is not begun, and what was made is
    ///   destroyed.
    @inlinable @inline(__always)
    public func parallelMap<Output, Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        _ transform: @Sendable (Element) throws(Failure) -> sending Output
    ) throws(Failure) -> [Output] {
        let count = count
        // The initialiser below writes the count even into the empty array that all threads share.
        guard count > 0 else { return [] }
        var failure: Failure?
        let result = [Output](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            adviseLargePages(buffer)
            do throws(Failure) {
                // Safety: each chunk initialises its own places and nothing else; when its transform
                // throws it destroys those it had made, and the loop undoes the complete chunks.
                var map = MapState(source: self, places: base)
                try withUnsafeMutablePointer(to: &map) { map throws(Failure) in
                    try forEachChunk(of: 0..<count, grain: grain, on: pool, state: map) {
                        map, chunk throws(Failure) in
                        try map.pointee.fill(chunk, transform)
                    } undo: { map, chunk in
                        (map.pointee.places + chunk.lowerBound).deinitialize(count: chunk.count)
                    }
                }
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return result
    }
}

/// What the chunks of a map share.
@usableFromInline
struct MapState<Source: RandomAccessCollection, Output> {
    @usableFromInline let source: Source
    /// Where the new elements go.
    @usableFromInline let places: UnsafeMutablePointer<Output>

    @inlinable
    init(source: Source, places: UnsafeMutablePointer<Output>) {
        self.source = source
        self.places = places
    }

    /// Makes the elements of a chunk; destroys them again when `transform` throws.
    @inlinable @inline(__always)
    func fill<Failure: Error>(
        _ chunk: Range<Int>, _ transform: (Source.Element) throws(Failure) -> Output
    ) throws(Failure) {
        var place = chunk.lowerBound
        do throws(Failure) {
            try source.forEachElement(of: chunk) { element throws(Failure) in
                (places + place).initialize(to: try transform(element))
                place += 1
            }
        } catch {
            (places + chunk.lowerBound).deinitialize(count: place - chunk.lowerBound)
            throw error
        }
    }
}
