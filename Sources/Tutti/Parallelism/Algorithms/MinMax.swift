extension RandomAccessCollection where Self: Sendable, Element: Sendable {
    /// Finds the smallest element by an order, on every core.
    ///
    /// The result is that of `min(by:)`: the first one of those that are equal. One comparison an
    /// element, and a few a chunk. One allocation of a thousand places at least, if there are as many
    /// elements. Blocks until all is done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - areInIncreasingOrder: whether the first argument comes before the second; a strict weak
    ///     order.
    /// - Returns: the smallest element; nil if there is none.
    /// - Throws: the first error that `areInIncreasingOrder` threw, or `CancellationError` when the
    ///   calling task is cancelled and `Failure` can be that. The rest is not begun.
    @inlinable @inline(__always)
    public func parallelMin<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) -> Element? {
        try best(grain: grain, on: pool) { (element, best) throws(Failure) in
            try areInIncreasingOrder(element, best)
        }
    }

    /// Finds the largest element by an order, on every core.
    ///
    /// Like ``parallelMin(grain:on:by:)``: also the first one of those that are equal, which is
    /// what `max(by:)` finds.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - areInIncreasingOrder: whether the first argument comes before the second; a strict weak
    ///     order.
    /// - Returns: the largest element; nil if there is none.
    /// - Throws: the first error that `areInIncreasingOrder` threw, or `CancellationError` when the
    ///   calling task is cancelled and `Failure` can be that. The rest is not begun.
    @inlinable @inline(__always)
    public func parallelMax<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) -> Element? {
        try best(grain: grain, on: pool) { (element, best) throws(Failure) in
            try areInIncreasingOrder(best, element)
        }
    }

    /// The first element than which none is better.
    @inlinable @inline(__always)
    func best<Failure: Error>(
        grain: Grain, on pool: ForkJoinPool?,
        _ isBetter: (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) -> Element? {
        guard var best = first else { return nil }
        let blocks = Blocks(elementCount: count)
        let winners = UnsafeMutablePointer<Element?>.allocate(capacity: blocks.count)
        winners.initialize(repeating: nil, count: blocks.count)
        defer {
            winners.deinitialize(count: blocks.count)
            winners.deallocate()
        }
        // Safety: each chunk writes the entry of its first block and nothing else.
        var search = BestState(source: self, first: best, blocks: blocks, winners: winners)
        try withUnsafeMutablePointer(to: &search) { search throws(Failure) in
            try forEachChunk(
                of: 0..<blocks.count, grain: blocks.grain(of: grain), on: pool, state: search
            ) { search, chunk throws(Failure) in
                try search.pointee.go(through: chunk, isBetter)
            }
        }
        for block in 0..<blocks.count {
            if let winner = winners[block], try isBetter(winner, best) { best = winner }
        }
        return best
    }
}

extension RandomAccessCollection where Self: Sendable, Element: Comparable & Sendable {
    /// Finds the smallest element, on every core.
    ///
    /// See ``parallelMin(grain:on:by:)``.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    /// - Returns: the first one of the smallest elements, as `min()` does; nil if there is none.
    @inlinable @inline(__always)
    public func parallelMin(grain: Grain = .automatic, on pool: ForkJoinPool? = nil) -> Element? {
        best(grain: grain, on: pool) { $0 < $1 }
    }

    /// Finds the largest element, on every core.
    ///
    /// See ``parallelMax(grain:on:by:)``.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    /// - Returns: the first one of the largest elements, as `max()` does; nil if there is none.
    @inlinable @inline(__always)
    public func parallelMax(grain: Grain = .automatic, on pool: ForkJoinPool? = nil) -> Element? {
        best(grain: grain, on: pool) { $0 > $1 }
    }
}

/// What the chunks of a search for the best element share.
@usableFromInline
struct BestState<Source: RandomAccessCollection> {
    @usableFromInline let source: Source
    /// Where each chunk begins: what is not better than this need not be known.
    @usableFromInline let first: Source.Element
    @usableFromInline let blocks: Blocks
    /// The best of a chunk at its first block, if it is better than the first element of all.
    @usableFromInline let winners: UnsafeMutablePointer<Source.Element?>

    @inlinable
    init(
        source: Source, first: Source.Element, blocks: Blocks,
        winners: UnsafeMutablePointer<Source.Element?>
    ) {
        self.source = source
        self.first = first
        self.blocks = blocks
        self.winners = winners
    }

    /// Finds the best of a chunk.
    @inlinable @inline(__always)
    func go<Failure: Error>(
        through chunk: Range<Int>,
        _ isBetter: (Source.Element, Source.Element) throws(Failure) -> Bool
    ) throws(Failure) {
        var rest = blocks.elements(of: chunk)
        var best = first
        // Comparisons of whole numbers become vector code, and then four places only disturb.
        if _isPOD(Source.Element.self), !(Source.Element.self is any FixedWidthInteger.Type) {
            best = try bestOfQuarters(&rest, isBetter)
        }
        try source.forEachElement(of: rest) { element throws(Failure) in
            if try isBetter(element, best) { best = element }
        }
        winners[chunk.lowerBound] = best
    }

    /// Goes through four quarters at the same time, so that no comparison waits for the one before.
    ///
    /// - Parameters:
    ///   - elements: where they are; then what was left.
    ///   - isBetter: whether the first argument is better than the second.
    /// - Returns: the best, of the first quarter that has it.
    /// - Throws: what `isBetter` throws.
    @inlinable @inline(__always)
    func bestOfQuarters<Failure: Error>(
        _ elements: inout Range<Int>,
        _ isBetter: (Source.Element, Source.Element) throws(Failure) -> Bool
    ) throws(Failure) -> Source.Element {
        let range = elements
        var (a, b, c, d) = (first, first, first, first)
        var failure: Failure?
        let isDone: Void? = source.withContiguousStorageIfAvailable { elements in
            guard let base = elements.baseAddress else { return }
            let quarter = range.count / 4
            let (first, second) = (base + range.lowerBound, base + range.lowerBound + quarter)
            let (third, fourth) = (second + quarter, second + 2 * quarter)
            do throws(Failure) {
                for offset in 0..<quarter {
                    if try isBetter(first[offset], a) { a = first[offset] }
                    if try isBetter(second[offset], b) { b = second[offset] }
                    if try isBetter(third[offset], c) { c = third[offset] }
                    if try isBetter(fourth[offset], d) { d = fourth[offset] }
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        if isDone != nil {
            elements = range.upperBound - range.count % 4..<range.upperBound
            if try isBetter(b, a) { a = b }
            if try isBetter(c, a) { a = c }
            if try isBetter(d, a) { a = d }
        }
        return a
    }
}
