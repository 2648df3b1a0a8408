extension Collection {
    /// The collection cut into slices of `size` elements; the last one may be shorter.
    ///
    /// ```swift
    /// let checksums = bytes.chunks(of: 1 << 16).parallelMap { checksum($0) }
    /// ```
    ///
    /// Nothing is copied: each chunk is a slice of the collection.
    ///
    /// - Parameter size: how many elements a chunk has, at least 1.
    /// - Returns: a collection of slices, in order.
    public func chunks(of size: Int) -> Chunks<Self> where Self: RandomAccessCollection {
        Chunks(self, size: size)
    }
}

/// A collection cut into slices of equal size; see `chunks(of:)`.
public struct Chunks<Base: RandomAccessCollection>: RandomAccessCollection {
    private let base: Base
    private let size: Int

    init(_ base: Base, size: Int) {
        guard size >= 1 else {
            fatalError("A chunk of \(size) elements holds nothing: give 1 or more.")
        }
        self.base = base
        self.size = size
    }

    /// 0: chunks are numbered.
    public var startIndex: Int { 0 }

    /// The number of chunks.
    public var endIndex: Int {
        let (full, rest) = base.count.quotientAndRemainder(dividingBy: size)
        return rest == 0 ? full : full + 1
    }

    /// The slice that is chunk `number`.
    public subscript(number: Int) -> Base.SubSequence {
        // The base checks: an offset beyond its end is the caller's mistake there too.
        let start = base.index(base.startIndex, offsetBy: number * size)
        let end = base.index(start, offsetBy: size, limitedBy: base.endIndex) ?? base.endIndex
        return base[start..<end]
    }
}

extension Chunks: Sendable where Base: Sendable {}

extension MutableCollection where Self: RandomAccessCollection, Element: Sendable {
    /// Changes the elements in place, chunk by chunk, on every core.
    ///
    /// ```swift
    /// image.parallelForEachChunk(of: width) { start, row in
    ///     for x in row.indices { row[x] = shade(x, start / width) }
    /// }
    /// ```
    ///
    /// Each chunk of `size` elements, the last one may be shorter, is handed to `body` once, on any
    /// worker, as a span that nobody else can touch meanwhile. Blocks until all are done, and computes
    /// meanwhile. No allocation if the collection is contiguous; others are copied to an array and
    /// back.
    ///
    /// - Parameters:
    ///   - size: how many elements a chunk has, at least 1.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - body: changes one chunk, whose first element has that offset in the collection.
    /// - Throws: the first error that `body` threw; or, if `Failure` can be that,
    ///   `CancellationError` when the calling task is cancelled. Chunks that had begun are finished,
    ///   the rest is left as it was.
    @inlinable
    public mutating func parallelForEachChunk<Failure: Error>(
        of size: Int, on pool: ForkJoinPool? = nil,
        _ body: @Sendable (_ start: Int, inout MutableSpan<Element>) throws(Failure) -> Void
    ) throws(Failure) {
        guard size >= 1 else {
            fatalError("A chunk of \(size) elements holds nothing: give 1 or more.")
        }
        var failure: Failure?
        let isContiguous: Void? = withContiguousMutableStorageIfAvailable { elements in
            do throws(Failure) {
                try changeChunks(of: elements, size: size, on: pool, body)
            } catch {
                failure = error
            }
        }
        if isContiguous == nil {
            var copy = Array(self)
            copy.withUnsafeMutableBufferPointer { elements in
                do throws(Failure) {
                    try changeChunks(of: elements, size: size, on: pool, body)
                } catch {
                    failure = error
                }
            }
            var index = startIndex
            for element in copy {
                self[index] = element
                formIndex(after: &index)
            }
        }
        if let failure { throw failure }
    }
}

@inlinable
func changeChunks<Element, Failure: Error>(
    of elements: UnsafeMutableBufferPointer<Element>, size: Int, on pool: ForkJoinPool?,
    _ body: (Int, inout MutableSpan<Element>) throws(Failure) -> Void
) throws(Failure) {
    var elements = elements
    let chunks = (elements.count + size - 1) / size
    try withUnsafeMutablePointer(to: &elements) { elements throws(Failure) in
        try forEachChunk(of: 0..<chunks, grain: .automatic, on: pool, state: elements) {
            elements, numbers throws(Failure) in
            for number in numbers {
                let (start, end) = (number * size, min((number + 1) * size, elements.pointee.count))
                // Safety: the elements of one chunk, which no other call of the body gets.
                let part = UnsafeMutableBufferPointer(rebasing: elements.pointee[start..<end])
                var span = part.mutableSpan
                try body(start, &span)
            }
        }
    }
}
