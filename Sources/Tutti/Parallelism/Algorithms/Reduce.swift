// Three faces of one reduction: with one function, with an accumulator, by chunk. Each chunk of blocks
// leaves its partial result at the place of its first block; they are combined in the end, in order.

extension RandomAccessCollection where Self: Sendable, Element: Sendable {
    /// Combines all elements, on every core.
    ///
    /// ```swift
    /// let longest = words.parallelReduce("") { $0.count < $1.count ? $1 : $0 }
    /// ```
    ///
    /// The result is that of `reduce` when `combine` is associative: the order of the elements is
    /// kept, their grouping is open. For floating-point numbers, whose sum depends on the grouping,
    /// see ``parallelDeterministicReduce(_:on:_:)`` and ``parallelSum(on:)``.
    /// Blocks until it is done, and computes meanwhile. One allocation.
    ///
    /// - Parameters:
    ///   - initial: stands before the first element; the result for an empty collection.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - combine: combines two neighbours.
    /// - Returns: what became of all elements.
    /// - Throws: the first error that `combine` threw; or, if `Failure` can be that,
    ///   `CancellationError` when the calling task is cancelled.
    @inlinable @inline(__always)
    public func parallelReduce<Failure: Error>(
        _ initial: Element, on pool: ForkJoinPool? = nil,
        _ combine: @Sendable (Element, Element) throws(Failure) -> Element
    ) throws(Failure) -> Element {
        let partials = try partialResults(on: pool, isPartialABlock: false) {
            source, elements throws(Failure) in
            try source.reduceChunk(elements, combine)
        }
        var result = initial
        for case let partial? in partials { result = try combine(result, partial) }
        return result
    }

    /// Combines all elements in a grouping that does not depend on how many work on it.
    ///
    /// The same as ``parallelReduce(_:on:_:)``, and the result is the same to the bit on any machine,
    /// also for floating-point numbers: the elements are cut into blocks by their number alone, each
    /// is combined from the left, and the blocks' results from the left as well.
    ///
    /// - Parameters:
    ///   - initial: stands before the first element; the result for an empty collection.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - combine: combines two neighbours.
    /// - Returns: what became of all elements.
    /// - Throws: the first error that `combine` threw; or, if `Failure` can be that,
    ///   `CancellationError` when the calling task is cancelled.
    @inlinable @inline(__always)
    public func parallelDeterministicReduce<Failure: Error>(
        _ initial: Element, on pool: ForkJoinPool? = nil,
        _ combine: @Sendable (Element, Element) throws(Failure) -> Element
    ) throws(Failure) -> Element {
        let partials = try partialResults(on: pool, isPartialABlock: true) {
            source, elements throws(Failure) in
            try source.reduceChunk(elements, combine)
        }
        var result = initial
        for case let partial? in partials { result = try combine(result, partial) }
        return result
    }
}

extension RandomAccessCollection where Self: Sendable {
    /// Gathers all elements in accumulators, on every core, and joins these.
    ///
    /// ```swift
    /// let histogram = bytes.parallelReduce(into: [Int](repeating: 0, count: 256)) {
    ///     $0[Int($1)] += 1
    /// } combine: {
    ///     for value in 0..<256 { $0[value] += $1[value] }
    /// }
    /// ```
    ///
    /// There are few accumulators: one for some 50 µs of work or more. The result is that of
    /// `reduce(into:)` if taking up elements after each other and combining what came of two
    /// neighbouring groups give the same. Blocks until it is done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - identity: what each accumulator starts from: combining with it must change nothing.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - accumulate: takes up an element.
    ///   - combine: takes up the accumulator of the elements that follow.
    /// - Returns: the accumulator of all elements.
    /// - Throws: the first error that a function threw; or, if `Failure` can be that,
    ///   `CancellationError` when the calling task is cancelled.
    @inlinable @inline(__always)
    public func parallelReduce<Accumulator: Sendable, Failure: Error>(
        into identity: Accumulator, on pool: ForkJoinPool? = nil,
        _ accumulate: @Sendable (inout Accumulator, Element) throws(Failure) -> Void,
        combine: @Sendable (inout Accumulator, Accumulator) throws(Failure) -> Void
    ) throws(Failure) -> Accumulator {
        let seeded = Seeded(source: self, seed: identity)
        let partials = try reduceBlocks(
            Blocks(elementCount: count), of: seeded, on: pool, isPartialABlock: false
        ) { seeded, elements throws(Failure) in
            var accumulator = seeded.seed
            try seeded.source.forEachElement(of: elements) { element throws(Failure) in
                try accumulate(&accumulator, element)
            }
            return accumulator
        }
        var result = identity
        for case let partial? in partials { try combine(&result, partial) }
        return result
    }

    @inlinable @inline(__always)
    func partialResults<Partial, Failure: Error>(
        on pool: ForkJoinPool?, isPartialABlock: Bool,
        _ reduce: (Self, Range<Int>) throws(Failure) -> Partial
    ) throws(Failure) -> [Partial?] {
        try reduceBlocks(
            Blocks(elementCount: count), of: self, on: pool, isPartialABlock: isPartialABlock,
            reduce)
    }
}

extension RandomAccessCollection {
    /// Combines the elements of a chunk that has one at least, from the left.
    @inlinable @inline(__always)
    func reduceChunk<Failure: Error>(
        _ chunk: Range<Int>, _ combine: (Element, Element) throws(Failure) -> Element
    ) throws(Failure) -> Element {
        var result = self[index(startIndex, offsetBy: chunk.lowerBound)]
        try forEachElement(of: chunk.lowerBound + 1..<chunk.upperBound) {
            element throws(Failure) in
            result = try combine(result, element)
        }
        return result
    }
}

/// A collection and what each of its accumulators starts from.
@usableFromInline
struct Seeded<Source, Seed> {
    @usableFromInline let source: Source
    @usableFromInline let seed: Seed

    @inlinable
    init(source: Source, seed: Seed) {
        self.source = source
        self.seed = seed
    }
}

/// The results of the parts of `source`, in order, with nil for those that a neighbour's includes.
///
/// - Parameters:
///   - blocks: the parts.
///   - source: handed to `reduce`.
///   - pool: where to run.
///   - isPartialABlock: whether each block has a result of its own, so that the grouping is fixed.
///   - reduce: makes the result of some elements, at least one.
/// - Throws: what `reduce` threw first.
/// - Returns: a place a block.
@inlinable @inline(__always)
func reduceBlocks<Source, Partial, Failure: Error>(
    _ blocks: Blocks, of source: Source, on pool: ForkJoinPool?, isPartialABlock: Bool,
    _ reduce: (Source, Range<Int>) throws(Failure) -> Partial
) throws(Failure) -> [Partial?] {
    var partials = [Partial?](repeating: nil, count: blocks.count)
    var failure: Failure?
    partials.withUnsafeMutableBufferPointer { partials in
        guard let base = partials.baseAddress else { return }
        // Safety: each chunk of blocks writes the places of its own blocks and no others.
        var state = ReduceState(
            source: source, blocks: blocks, partials: base, isPartialABlock: isPartialABlock)
        do throws(Failure) {
            try withUnsafeMutablePointer(to: &state) { state throws(Failure) in
                try forEachChunk(
                    of: 0..<blocks.count, grain: .automatic, on: pool, state: state
                ) { state, chunk throws(Failure) in
                    try state.pointee.fill(chunk, reduce)
                }
            }
        } catch {
            failure = error
        }
    }
    if let failure { throw failure }
    return partials
}

/// What the chunks of a reduction share.
@usableFromInline
struct ReduceState<Source, Partial> {
    @usableFromInline let source: Source
    @usableFromInline let blocks: Blocks
    @usableFromInline let partials: UnsafeMutablePointer<Partial?>
    @usableFromInline let isPartialABlock: Bool

    @inlinable
    init(
        source: Source, blocks: Blocks, partials: UnsafeMutablePointer<Partial?>,
        isPartialABlock: Bool
    ) {
        self.source = source
        self.blocks = blocks
        self.partials = partials
        self.isPartialABlock = isPartialABlock
    }

    /// Makes the results of a chunk of blocks.
    @inlinable @inline(__always)
    func fill<Failure: Error>(
        _ chunk: Range<Int>, _ reduce: (Source, Range<Int>) throws(Failure) -> Partial
    ) throws(Failure) {
        var next = chunk.lowerBound
        repeat {
            let end = isPartialABlock ? next + 1 : chunk.upperBound
            partials[next] = try reduce(source, blocks.elements(of: next..<end))
            next = end
        } while next < chunk.upperBound
    }
}
