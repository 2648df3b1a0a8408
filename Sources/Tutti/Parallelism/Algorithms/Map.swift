extension RandomAccessCollection where Self: Sendable {
    /// Transforms each element, on every core.
    ///
    /// Work and result are those of `map`: each element is visited once, the result is written in
    /// its place. One allocation, the array. The order of the calls is open. Blocks until all are
    /// done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - grain: how small a chunk may get. Give one when an element takes less than 0.1 µs.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - transform: makes the new element.
    /// - Returns: what `transform` made of each element, in the order of the elements.
    /// - Throws: the first error that `transform` threw. The rest is not begun, and what was made
    ///   is destroyed.
    @inlinable
    public func parallelMap<Output, Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        _ transform: @Sendable (Element) throws(Failure) -> sending Output
    ) throws(Failure) -> [Output] {
        let count = count
        var failure: Failure?
        let result = [Output](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            do throws(Failure) {
                // Safety: each chunk initialises its own places and nothing else; when its transform
                // throws it destroys those it had made, and the loop undoes the complete chunks.
                try forEachChunk(of: 0..<count, grain: grain, on: pool) {
                    (chunk: Range<Int>) throws(Failure) in
                    var index = self.index(startIndex, offsetBy: chunk.lowerBound)
                    var place = chunk.lowerBound
                    do throws(Failure) {
                        while place < chunk.upperBound {
                            (base + place).initialize(to: try transform(self[index]))
                            place += 1
                            formIndex(after: &index)
                        }
                    } catch {
                        (base + chunk.lowerBound).deinitialize(count: place - chunk.lowerBound)
                        throw error
                    }
                } undo: { chunk in
                    (base + chunk.lowerBound).deinitialize(count: chunk.count)
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
