extension UnsafeMutablePointer {
    /// Sorts stably, by quicksort that partitions by way of a buffer.
    ///
    /// Where no element comes before the pivot, those equal to it leave at once. After too many
    /// partitions merge sort takes over.
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - buffer: as many uninitialised places.
    ///   - less: the order.
    @inlinable
    func stableQuicksort(
        count: Int, buffer: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) {
        // The larger half waits, the smaller one is sorted: as many can wait as an Int has bits.
        withUnsafeTemporaryAllocation(of: QuicksortPiece.self, capacity: Int.bitWidth) { waiting in
            guard let waiting = waiting.baseAddress else { return }
            var waitingCount = 0
            var piece = QuicksortPiece(
                start: 0, count: count, hasPredecessor: false,
                limit: QuicksortPiece.limit(for: count))
            while true {
                let first = self + piece.start
                if piece.count <= SmallSort.limit(for: Pointee.self) || piece.limit == 0 {
                    if piece.limit == 0 {
                        first.mergeSort(count: piece.count, buffer: buffer, by: less)
                    } else {
                        first.smallSort(count: piece.count, buffer: buffer, by: less)
                    }
                    guard waitingCount > 0 else { return }
                    waitingCount &-= 1
                    piece = waiting[waitingCount]
                    continue
                }
                piece.limit &-= 1
                let pivot = first.pivotPlace(count: piece.count, by: less).pointee
                let lower = first.stablePartition(count: piece.count, buffer: buffer) {
                    less($0, pivot)
                }
                if lower == 0 {
                    let equal = first.stablePartition(count: piece.count, buffer: buffer) {
                        !less(pivot, $0)
                    }
                    piece.start &+= equal
                    piece.count &-= equal
                    continue
                }
                let left = QuicksortPiece(
                    start: piece.start, count: lower, hasPredecessor: false, limit: piece.limit)
                let right = QuicksortPiece(
                    start: piece.start &+ lower, count: piece.count &- lower,
                    hasPredecessor: false, limit: piece.limit)
                (waiting + waitingCount).initialize(to: left.count < right.count ? right : left)
                waitingCount &+= 1
                piece = left.count < right.count ? left : right
            }
        }
    }

    /// Sorts stably, in O(n log n) comparisons, whatever the order of the elements.
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - buffer: as many uninitialised places.
    ///   - less: the order.
    @inlinable
    func mergeSort(
        count: Int, buffer: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) {
        var size = SmallSort.limit(for: Pointee.self)
        for start in stride(from: 0, to: count, by: size) {
            (self + start).smallSort(
                count: Swift.min(size, count &- start), buffer: buffer, by: less)
        }
        var (source, target) = (self, buffer)
        while size < count {
            for start in stride(from: 0, to: count, by: 2 &* size) {
                let first = Swift.min(size, count &- start)
                (source + start).merge(
                    first: first, with: source + (start &+ first),
                    count: Swift.min(size, count &- start &- first), into: target + start, by: less)
            }
            swap(&source, &target)
            size &*= 2
        }
        if source != self { moveInitialize(from: source, count: count) }
    }
}
