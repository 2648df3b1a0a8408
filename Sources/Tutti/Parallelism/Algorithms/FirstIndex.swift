extension RandomAccessCollection where Self: Sendable, Element: Sendable {
    /// Finds the first element that satisfies a predicate, on every core.
    ///
    /// Like ``parallelFirstIndex(grain:on:where:)``, which see.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - predicate: is asked about an element.
    /// - Returns: the first element, as `first(where:)` finds it; nil if there is none.
    /// - Throws: the error of the first element for which `predicate` threw, unless one before it
    ///   satisfies `predicate`; or `CancellationError` when the calling task is cancelled and
    ///   `Failure` can be that.
    @inlinable @inline(__always)
    public func parallelFirst<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        where predicate: @Sendable (Element) throws(Failure) -> Bool
    ) throws(Failure) -> Element? {
        try parallelFirstIndex(grain: grain, on: pool, where: predicate).map { self[$0] }
    }

    /// Finds the index of the first element that satisfies a predicate, on every core.
    ///
    /// The result is that of `firstIndex(where:)`, also when the predicate throws: the element that
    /// comes first decides. The workers take chunks from the front, so an element that lies a third
    /// of the way is found in a third of the time, and nothing begins behind an element that was
    /// found. `predicate` is asked at most once an element, also about some behind the result. One
    /// small allocation. Blocks until it is found, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - predicate: is asked about an element.
    /// - Returns: the first index; nil if there is none.
    /// - Throws: the error of the first element for which `predicate` threw, unless one before it
    ///   satisfies `predicate`; or `CancellationError` when the calling task is cancelled and
    ///   `Failure` can be that.
    @inlinable @inline(__always)
    public func parallelFirstIndex<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        where predicate: @Sendable (Element) throws(Failure) -> Bool
    ) throws(Failure) -> Index? {
        let offset = try firstOffset(for: (), grain: grain, on: pool) {
            (element, _) throws(Failure) in try predicate(element)
        }
        return offset.map { index(startIndex, offsetBy: $0) }
    }

    /// Whether an element satisfies a predicate, found out on every core.
    ///
    /// Ends early and throws as ``parallelFirstIndex(grain:on:where:)`` does.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - predicate: is asked about an element.
    /// - Returns: whether there is one, as `contains(where:)` says.
    /// - Throws: the error of the first element for which `predicate` threw, unless one before it
    ///   satisfies `predicate`; or `CancellationError` when the calling task is cancelled and
    ///   `Failure` can be that.
    @inlinable @inline(__always)
    public func parallelContains<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        where predicate: @Sendable (Element) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        try firstOffset(for: (), grain: grain, on: pool) {
            (element, _) throws(Failure) in try predicate(element)
        } != nil
    }

    /// Whether every element satisfies a predicate, found out on every core.
    ///
    /// Ends early and throws as ``parallelFirstIndex(grain:on:where:)`` does, which looks for an
    /// element that does not.
    ///
    /// - Parameters:
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - predicate: is asked about an element.
    /// - Returns: whether all do, as `allSatisfy` says; true when there are none.
    /// - Throws: the error of the first element for which `predicate` threw, unless one before it
    ///   does not satisfy `predicate`; or `CancellationError` when the calling task is cancelled
    ///   and `Failure` can be that.
    @inlinable @inline(__always)
    public func parallelAllSatisfy<Failure: Error>(
        grain: Grain = .automatic, on pool: ForkJoinPool? = nil,
        _ predicate: @Sendable (Element) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        try firstOffset(for: (), grain: grain, on: pool) {
            (element, _) throws(Failure) in try !predicate(element)
        } == nil
    }

    /// The offset of the first element that satisfies a predicate.
    ///
    /// - Parameters:
    ///   - key: handed to `predicate`, which so need not capture it.
    ///   - grain: the smallest chunk.
    ///   - pool: nil for the pool that the calling thread works for, or the shared one.
    ///   - predicate: is asked about an element and the key.
    /// - Returns: the offset; nil if there is none.
    /// - Throws: the error of the first element for which `predicate` threw, unless one before it
    ///   satisfies `predicate`; or `CancellationError`.
    @inlinable @inline(__always)
    func firstOffset<Key, Failure: Error>(
        for key: Key, grain: Grain, on pool: ForkJoinPool?,
        _ predicate: (Element, Key) throws(Failure) -> Bool
    ) throws(Failure) -> Int? {
        // The error with which a cancelled search ends, if it can throw it.
        let cancellation = Failure.self == Never.self ? nil : CancellationError() as? Failure
        let count = count
        let seats = workerCount(of: pool)
        let errors = UnsafeMutablePointer<(offset: Int, error: Failure)?>.allocate(capacity: seats)
        errors.initialize(repeating: nil, count: seats)
        defer {
            errors.deinitialize(count: seats)
            errors.deallocate()
        }
        // Safety: each seat writes its own place, and they are read after the search.
        var search = SearchState(source: self, key: key, errors: errors)
        let end = withUnsafeMutablePointer(to: &search) { search in
            searchFromFront(
                count, seats: seats, grain: grain, on: pool,
                heedsCancellation: cancellation != nil, context: search
            ) { context, seat, chunk in
                context.assumingMemoryBound(to: SearchState<Self, Key, Failure>.self).pointee
                    .search(chunk, seat: seat, predicate)
            }
        }
        switch end {
        case .nothing: return nil
        case .cancelled:
            guard let cancellation else { return nil }
            throw cancellation
        case .found(let offset):
            for seat in 0..<seats {
                if let failed = errors[seat], failed.offset == offset { throw failed.error }
            }
            return offset
        }
    }
}

extension RandomAccessCollection where Self: Sendable, Element: Equatable & Sendable {
    /// Whether an element equals a value, found out on every core.
    ///
    /// Ends early as ``parallelFirstIndex(grain:on:where:)`` does.
    ///
    /// - Parameters:
    ///   - element: the value.
    ///   - grain: the fewest elements of a chunk; found by timing unless you give one.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    /// - Returns: whether there is one, as `contains` says.
    @inlinable @inline(__always)
    public func parallelContains(
        _ element: Element, grain: Grain = .automatic, on pool: ForkJoinPool? = nil
    ) -> Bool {
        firstOffset(for: element, grain: grain, on: pool) { $0 == $1 } != nil
    }
}

/// What the chunks of a search share.
@usableFromInline
struct SearchState<Source: RandomAccessCollection, Key, Failure: Error> {
    @usableFromInline let source: Source
    @usableFromInline let key: Key
    /// For each seat the error that ended its search, and where.
    @usableFromInline let errors: UnsafeMutablePointer<(offset: Int, error: Failure)?>

    @inlinable
    init(
        source: Source, key: Key, errors: UnsafeMutablePointer<(offset: Int, error: Failure)?>
    ) {
        self.source = source
        self.key = key
        self.errors = errors
    }

    /// The offset where the search of a chunk ends: of the first element that satisfies, or throws.
    @inlinable @inline(__always)
    func search(
        _ chunk: Range<Int>, seat: Int,
        _ predicate: (Source.Element, Key) throws(Failure) -> Bool
    ) -> Int? {
        let key = key
        var offset = chunk.lowerBound
        var failure: Failure?
        let isFound = source.withContiguousStorageIfAvailable { elements in
            guard let base = elements.baseAddress else { return false }
            do throws(Failure) {
                // Without an exit inside of it the loop becomes vector code.
                while Failure.self == Never.self, chunk.upperBound &- offset >= 64 {
                    var mask: UInt64 = 0
                    try ask(&mask, base + offset, count: 64) { element throws(Failure) in
                        try predicate(element, key)
                    }
                    if mask != 0 {
                        offset &+= mask.trailingZeroBitCount
                        return true
                    }
                    offset &+= 64
                }
                while offset < chunk.upperBound {
                    if try predicate(base[offset], key) { return true }
                    offset &+= 1
                }
            } catch {
                failure = error
            }
            return false
        }
        if let isFound {
            if isFound { return offset }
        } else {
            do throws(Failure) {
                var index = source.index(source.startIndex, offsetBy: offset)
                while offset < chunk.upperBound {
                    if try predicate(source[index], key) { return offset }
                    offset &+= 1
                    source.formIndex(after: &index)
                }
            } catch {
                failure = error
            }
        }
        guard let failure else { return nil }
        (errors + seat).pointee = (offset, failure)
        return offset
    }
}
