internal import CTutti

/// The kernel of the unstable sort for integers of 64 bits in their natural order.
///
/// Nil if this processor has no vectors that partition them. Takes four fifths of the time of the
/// kernel for any order.
///
/// Where it has none, or on another architecture, that one serves.
@usableFromInline
func wordSortKernel<Element>(for type: Element.Type) -> QuicksortKernel? {
    guard tutti_partitions_words() != 0 else { return nil }
    if type == UInt64.self || type == UInt.self {
        return { $0.perform($1, ofWords: UInt64.self) }
    }
    if type == Int64.self || type == Int.self {
        return { $0.perform($1, ofWords: Int64.self) }
    }
    return nil
}

extension SortMemory {
    /// Does one step; see ``QuicksortStep`` for what it returns.
    fileprivate func perform<Word: FixedWidthInteger>(
        _ step: QuicksortStep, ofWords type: Word.Type
    ) -> Int {
        switch step {
        case .sort(let range, let hasPredecessor):
            withUnsafeTemporaryAllocation(
                of: Word.self, capacity: SmallSort.limit(for: Word.self)
            ) { buffer in
                guard let buffer = buffer.baseAddress else { return }
                place(range.lowerBound, of: Word.self).sortWords(
                    count: range.count, hasPredecessor: hasPredecessor,
                    limit: QuicksortPiece.limit(for: range.count), buffer: buffer)
            }
            return 0
        case .partition(let range, let pivot, let takesEqual):
            return place(range.lowerBound, of: Word.self).partitionWords(
                count: range.count, pivot: place(pivot, of: Word.self).pointee,
                takesEqual: takesEqual)
        case .choosePivot, .exchange, .run:
            return perform(step, of: Word.self) { $0 < $1 }
        }
    }
}

extension UnsafeMutablePointer where Pointee: FixedWidthInteger {
    /// Up to how many words a small sort is faster than another partition, measured.
    private static var fewWords: Int { 24 }

    /// Sorts words: the quicksort of every other type, with a partition by vectors.
    ///
    /// - Parameters:
    ///   - count: how many words, from here on.
    ///   - hasPredecessor: whether the word before comes after none of these.
    ///   - limit: how many partitions deep before heapsort takes over.
    ///   - buffer: as many uninitialised places as a small sort needs.
    fileprivate func sortWords(
        count: Int, hasPredecessor: Bool, limit: Int, buffer: UnsafeMutablePointer
    ) {
        var (first, count, hasPredecessor, limit) = (self, count, hasPredecessor, limit)
        while count > Self.fewWords {
            guard limit > 0 else {
                first.heapsort(count: count) { $0 < $1 }
                return
            }
            limit -= 1
            first.movePivotToFront(count: count) { $0 < $1 }
            let (pivot, others) = (first.pointee, first + 1)
            if hasPredecessor, first[-1] >= pivot {
                // Equal to the pivot before: so are all that are not above.
                let equal = others.partitionWords(count: count - 1, pivot: pivot, takesEqual: true)
                first = others + equal
                count -= 1 + equal
                hasPredecessor = false
                continue
            }
            let lower = others.partitionWords(count: count - 1, pivot: pivot, takesEqual: false)
            first.pointee = first[lower]
            first[lower] = pivot
            let upper = first + (lower + 1)
            let upperCount = count - 1 - lower
            // The smaller part below, the larger one in the loop: no deeper than a logarithm.
            if lower < upperCount {
                first.sortWords(
                    count: lower, hasPredecessor: hasPredecessor, limit: limit, buffer: buffer)
                (first, count, hasPredecessor) = (upper, upperCount, true)
            } else {
                upper.sortWords(
                    count: upperCount, hasPredecessor: true, limit: limit, buffer: buffer)
                count = lower
            }
        }
        first.smallSort(count: count, buffer: buffer) { $0 < $1 }
    }

    /// Moves the words below the pivot, or not above it, before the others; returns how many.
    fileprivate func partitionWords(count: Int, pivot: Pointee, takesEqual: Bool) -> Int {
        // Not above the pivot is below its successor.
        if takesEqual, pivot == .max { return count }
        let pivot = takesEqual ? pivot + 1 : pivot
        return withMemoryRebound(to: UInt64.self, capacity: count) { words in
            tutti_partition_words(
                words, count, UInt64(truncatingIfNeeded: pivot),
                Pointee.isSigned ? 1 << 63 : 0)
        }
    }
}
