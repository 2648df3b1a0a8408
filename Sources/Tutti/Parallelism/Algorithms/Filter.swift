extension RandomAccessCollection where Self: Sendable, Element: Sendable {
    /// Keeps the elements that satisfy a predicate, in their order, on every core.
    ///
    /// The result is that of `filter`: the predicate is asked once an element, the order of the
    /// calls is open. Goes twice through the collection when its elements lie one behind the other
    /// in memory: asks, with a bit for the answer, then copies what is kept to where it belongs.
    /// Allocates the result, exactly as large as it is, and a bit an element. Other collections are
    /// gone through once, as by ``parallelCompactMap(grain:on:_:)``. Blocks until all is done, and
    /// computes meanwhile.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - isIncluded: whether to keep an element.
    /// - Returns: the elements that satisfied `isIncluded`.
    /// - Throws: the first error that `isIncluded` threw, or `CancellationError` when the calling
    ///   task is cancelled and `Failure` can be that. The rest is not begun.
    @inlinable @inline(__always)
    public func parallelFilter<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        _ isIncluded: @Sendable (Element) throws(Failure) -> Bool
    ) throws(Failure) -> [Element] {
        guard isContiguous else {
            return try parallelCompactMap(grain: grain, on: pool) { element throws(Failure) in
                try isIncluded(element) ? element : nil
            }
        }
        var filter = FilterState(source: self)
        defer { filter.deallocate() }
        try withUnsafeMutablePointer(to: &filter) { filter throws(Failure) in
            try forEachChunk(
                of: 0..<filter.pointee.blocks.count,
                grain: filter.pointee.blocks.grain(of: grain), on: pool, state: filter
            ) { filter, chunk throws(Failure) in
                try filter.pointee.ask(chunk, isIncluded)
            }
        }
        let count = filter.countsToPlaces()
        // The initialiser below writes the count even into the empty array that all threads share.
        guard count > 0 else { return [] }
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            adviseLargePages(buffer)
            filter.result = base
            // Safety: each piece initialises as many places as it counted, from its own first one.
            withUnsafeMutablePointer(to: &filter) { filter in
                forEachChunk(
                    of: 0..<filter.pointee.blocks.count, grain: .automatic, on: pool, state: filter
                ) { filter, chunk in
                    filter.pointee.copy(chunk)
                }
            }
            initialized = count
        }
    }
}

/// What the chunks of a filter share.
@usableFromInline
struct FilterState<Source: RandomAccessCollection> {
    @usableFromInline let source: Source
    @usableFromInline let blocks: Blocks
    /// How many words of answers a block has.
    @usableFromInline let wordCount: Int
    /// A bit an element: whether it is kept.
    ///
    /// Those of each piece begin at the first word of its first block. A piece is a block; or all
    /// blocks of a chunk, where a block has less than a word of elements.
    @usableFromInline let masks: UnsafeMutablePointer<UInt64>
    /// How many blocks the piece that begins at a block has; 0 where none begins.
    @usableFromInline let sizes: UnsafeMutablePointer<Int>
    /// How many elements of a piece are kept; then the place of the first one, and the end.
    @usableFromInline let places: UnsafeMutablePointer<Int>
    /// Where the elements go, once it is known how many.
    @usableFromInline var result: UnsafeMutablePointer<Source.Element>?

    @inlinable
    init(source: Source) {
        self.source = source
        blocks = Blocks(elementCount: source.count)
        wordCount = (blocks.length + 63) / 64
        masks = .allocate(capacity: blocks.count * wordCount)
        sizes = .allocate(capacity: blocks.count)
        sizes.initialize(repeating: 0, count: blocks.count)
        places = .allocate(capacity: blocks.count + 1)
        places.initialize(repeating: 0, count: blocks.count + 1)
    }

    @inlinable
    func deallocate() {
        masks.deallocate()
        sizes.deallocate()
        places.deallocate()
    }

    /// Asks about the elements of some blocks, and counts those to keep.
    @inlinable @inline(__always)
    func ask<Failure: Error>(
        _ chunk: Range<Int>, _ isIncluded: (Source.Element) throws(Failure) -> Bool
    ) throws(Failure) {
        var failure: Failure?
        source.withContiguousStorageIfAvailable { elements in
            guard let base = elements.baseAddress else { return }
            do throws(Failure) {
                var block = chunk.lowerBound
                while block < chunk.upperBound {
                    let piece = blocks.length < 64 ? chunk : block..<block + 1
                    let elements = blocks.elements(of: piece)
                    var word = masks + block &* wordCount
                    var kept = 0
                    var offset = elements.lowerBound
                    while offset < elements.upperBound {
                        var mask: UInt64 = 0
                        try Tutti.ask(
                            &mask, base + offset, count: min(64, elements.upperBound &- offset),
                            isIncluded)
                        word.initialize(to: mask)
                        kept &+= mask.nonzeroBitCount
                        offset &+= 64
                        word += 1
                    }
                    places[block] = kept
                    sizes[block] = piece.count
                    block = piece.upperBound
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Turns the numbers of the pieces into their first places; returns the number of all.
    @inlinable
    func countsToPlaces() -> Int {
        var sum = 0
        var block = 0
        while block < blocks.count {
            let count = places[block]
            places[block] = sum
            sum += count
            block += sizes[block]
        }
        places[block] = sum
        return sum
    }

    /// Copies the elements of some blocks that are kept.
    @inlinable @inline(__always)
    func copy(_ chunk: Range<Int>) {
        guard let result else { return }
        source.withContiguousStorageIfAvailable { elements in
            guard let base = elements.baseAddress else { return }
            for block in chunk where sizes[block] > 0 {
                let piece = block..<block + sizes[block]
                var place = result + places[block]
                // What comes after it is another piece's.
                let end = result + places[piece.upperBound]
                var word = masks + block &* wordCount
                let range = blocks.elements(of: piece)
                var offset = range.lowerBound
                while offset < range.upperBound {
                    let first = base + offset
                    let mask = word.pointee
                    if mask == .max {
                        place.initialize(from: first, count: 64)
                        place += 64
                    } else if isTrivial, end - place > 64, mask.nonzeroBitCount > 8 {
                        place = Self.copyAll(mask, from: first, to: place)
                    } else {
                        place = Self.copy(mask, from: first, to: place)
                    }
                    word += 1
                    offset &+= 64
                }
            }
        }
    }

    /// Copies those of 64 elements whose bits are set; returns the next place.
    @inlinable @inline(__always)
    static func copy(
        _ mask: UInt64, from first: UnsafePointer<Source.Element>,
        to place: UnsafeMutablePointer<Source.Element>
    ) -> UnsafeMutablePointer<Source.Element> {
        var (mask, place) = (mask, place)
        while mask != 0 {
            place.initialize(to: first[mask.trailingZeroBitCount])
            place += 1
            mask &= mask &- 1
        }
        return place
    }

    /// Copies 64 trivial elements, each over the one before it unless that one's bit is set.
    ///
    /// Without a branch that depends on the mask: half of them would be predicted wrongly. Writes
    /// to 64 places at most, also past the one that it returns.
    @inlinable @inline(__always)
    static func copyAll(
        _ mask: UInt64, from first: UnsafePointer<Source.Element>,
        to place: UnsafeMutablePointer<Source.Element>
    ) -> UnsafeMutablePointer<Source.Element> {
        var (mask, first, place) = (mask, first, place)
        for _ in 0..<8 {
            // Eight bits as eight bytes, and in each byte the sum of those up to it.
            let spread = ((mask & 0xff) &* 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201
            let bits = ((spread &+ 0x7f7f_7f7f_7f7f_7f7f) &>> 7) & 0x0101_0101_0101_0101
            let sums = bits &* 0x0101_0101_0101_0101
            place.initialize(to: first[0])
            for offset in 1..<8 {
                let before = sums &>> (8 &* UInt64(offset &- 1)) & 0xff
                (place + Int(truncatingIfNeeded: before)).initialize(to: first[offset])
            }
            place += Int(truncatingIfNeeded: sums &>> 56)
            first += 8
            mask &>>= 8
        }
        return place
    }

    /// Whether a place may be written twice.
    @inlinable @inline(__always)
    var isTrivial: Bool { _isPOD(Source.Element.self) }
}
