extension RandomAccessCollection {
    /// Whether the elements lie one behind the other in memory.
    @inlinable @inline(__always)
    var isContiguous: Bool {
        withContiguousStorageIfAvailable { _ in true } ?? false
    }

    /// Calls `body` with each element of a chunk, in order, on the calling thread.
    ///
    /// By way of the elements' memory where the collection has one: the subscript of an array checks
    /// each index, which keeps a loop over tiny bodies from being vectorised.
    ///
    /// - Parameters:
    ///   - chunk: places of elements, counted from 0.
    ///   - body: compiled into the loop.
    /// - Throws: what `body` threw; elements behind that one are not visited.
    @inlinable @inline(__always)
    func forEachElement<Failure: Error>(
        of chunk: Range<Int>, _ body: (Element) throws(Failure) -> Void
    ) throws(Failure) {
        var failure: Failure?
        // The library's function knows no typed errors: they are carried out of it.
        let isContiguous: Void? = withContiguousStorageIfAvailable { elements in
            do throws(Failure) {
                // Not `for in`: a range that came from elsewhere checks each of its indices.
                var place = chunk.lowerBound
                while place < chunk.upperBound {
                    try body(elements[unchecked: place])
                    place &+= 1
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        if isContiguous != nil { return }
        var index = index(startIndex, offsetBy: chunk.lowerBound)
        for _ in chunk {
            try body(self[index])
            formIndex(after: &index)
        }
    }
}

extension UnsafeBufferPointer {
    /// An element without a check: a chunk lies within its collection.
    @inlinable @inline(__always)
    subscript(unchecked place: Int) -> Element {
        // Safety: the buffer holds the collection's elements, and a loop over it stays inside.
        baseAddress.unsafelyUnwrapped[place]
    }
}
