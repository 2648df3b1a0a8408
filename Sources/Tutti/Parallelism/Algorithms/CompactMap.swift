extension RandomAccessCollection where Self: Sendable {
    /// Transforms each element and keeps the results that are not nil, in order, on every core.
    ///
    /// The result is that of `compactMap`: each element is visited once, the order of the calls is
    /// open. What a chunk keeps is collected in a buffer of its own, and moved to where it belongs
    /// when all chunks are done: two allocations and a few that grow a chunk. Blocks until all are
    /// done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - transform: makes the new element, or nil.
    /// - Returns: what `transform` made, without the nils.
    /// - Throws: the first error that `transform` threw, or `CancellationError` when the calling
    ///   task is cancelled and `Failure` can be that. The rest is not begun, and what was made is
    ///   destroyed.
    @inlinable @inline(__always)
    public func parallelCompactMap<Output, Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        _ transform: @Sendable (Element) throws(Failure) -> sending Output?
    ) throws(Failure) -> [Output] {
        var map = CompactMapState<Self, Output>(source: self)
        defer { map.deallocate() }
        try withUnsafeMutablePointer(to: &map) { map throws(Failure) in
            // Safety: each chunk writes the entry of its first block and nothing else.
            try forEachChunk(
                of: 0..<map.pointee.blocks.count, grain: map.pointee.blocks.grain(of: grain),
                on: pool, state: map
            ) { map, chunk throws(Failure) in
                try map.pointee.collect(chunk, transform)
            } undo: { map, chunk in
                map.pointee.destroy(chunk)
            }
        }
        let count = map.assignPlaces()
        // The initialiser below writes the count even into the empty array that all threads share.
        guard count > 0 else { return [] }
        return [Output](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            adviseLargePages(buffer)
            map.result = base
            // Safety: each buffer is moved once, to places that no other one has.
            withUnsafeMutablePointer(to: &map) { map in
                forEachChunk(
                    of: 0..<map.pointee.blocks.count, grain: .automatic, on: pool, state: map
                ) { map, chunk in
                    map.pointee.move(chunk)
                }
            }
            initialized = count
        }
    }
}

/// What the chunks of a compact map share.
@usableFromInline
struct CompactMapState<Source: RandomAccessCollection, Output> {
    @usableFromInline let source: Source
    @usableFromInline let blocks: Blocks
    /// What a chunk kept, at its first block; nothing at its other blocks.
    @usableFromInline let pieces: UnsafeMutablePointer<GrowingBuffer<Output>>
    /// Where the new elements go, once it is known how many.
    @usableFromInline var result: UnsafeMutablePointer<Output>?

    @inlinable
    init(source: Source) {
        self.source = source
        blocks = Blocks(elementCount: source.count)
        pieces = .allocate(capacity: blocks.count)
        pieces.initialize(repeating: GrowingBuffer(), count: blocks.count)
    }

    @inlinable
    func deallocate() {
        pieces.deallocate()
    }

    /// Makes the elements of a chunk; destroys them again when `transform` throws.
    @inlinable @inline(__always)
    func collect<Failure: Error>(
        _ chunk: Range<Int>, _ transform: (Source.Element) throws(Failure) -> Output?
    ) throws(Failure) {
        let elements = blocks.elements(of: chunk)
        var piece = GrowingBuffer<Output>()
        do throws(Failure) {
            try source.forEachElement(of: elements) { element throws(Failure) in
                guard let output = try transform(element) else { return }
                piece.append(output)
            }
        } catch {
            piece.destroy()
            throw error
        }
        pieces[chunk.lowerBound] = piece
    }

    /// Gives each piece its place in the result; returns the number of all elements.
    @inlinable
    func assignPlaces() -> Int {
        var sum = 0
        for block in 0..<blocks.count {
            pieces[block].place = sum
            sum += pieces[block].count
        }
        return sum
    }

    /// Moves the pieces of some blocks to the result.
    @inlinable
    func move(_ chunk: Range<Int>) {
        guard let result else { return }
        for block in chunk {
            pieces[block].move(to: result + pieces[block].place)
        }
    }

    /// Destroys the pieces of some blocks.
    @inlinable
    func destroy(_ chunk: Range<Int>) {
        for block in chunk {
            pieces[block].destroy()
        }
    }
}

/// A buffer that grows, and whose elements can be moved out.
///
/// An array cannot give its elements away without copies. Whoever has the buffer ends it, by
/// ``move(to:)`` or ``destroy()``.
@usableFromInline
struct GrowingBuffer<Element> {
    @usableFromInline var start: UnsafeMutablePointer<Element>?
    @usableFromInline var count = 0
    @usableFromInline var capacity = 0
    /// Where the first element goes.
    @usableFromInline var place = 0

    @inlinable
    init() {}

    @inlinable @inline(__always)
    mutating func append(_ element: consuming Element) {
        if count == capacity { grow() }
        (start.unsafelyUnwrapped + count).initialize(to: element)
        count &+= 1
    }

    @inlinable @inline(never)
    mutating func grow() {
        let larger = max(2 * capacity, 16)
        let new = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        if let start {
            new.moveInitialize(from: start, count: count)
            start.deallocate()
        }
        start = new
        capacity = larger
    }

    /// Moves the elements to places that are not initialised, and gives up the memory.
    @inlinable
    func move(to place: UnsafeMutablePointer<Element>) {
        guard let start else { return }
        place.moveInitialize(from: start, count: count)
        start.deallocate()
    }

    /// Destroys the elements, and gives up the memory.
    @inlinable
    func destroy() {
        guard let start else { return }
        start.deinitialize(count: count)
        start.deallocate()
    }
}
