extension UnsafeMutablePointer {
    /// Sorts stably, by quicksort that partitions by way of a buffer.
    ///
    /// After too many partitions merge sort takes over.
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - buffer: as many uninitialised places.
    ///   - less: the order.
    @inlinable
    func stableQuicksort(
        count: Int, buffer: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) {
        withUnsafeTemporaryAllocation(
            of: QuicksortPiece.self, capacity: QuicksortPieces.capacity
        ) { places in
            guard let places = places.baseAddress else { return }
            var waiting = QuicksortPieces(places: places)
            var piece = QuicksortPiece(
                start: 0, count: count, limit: QuicksortPiece.limit(for: count))
            while true {
                let first = self + piece.start
                if piece.count > SmallSort.limit(for: Pointee.self), piece.limit > 0 {
                    piece = first.divideStably(piece, waiting: &waiting, buffer: buffer, by: less)
                    continue
                }
                if piece.limit > 0 {
                    first.smallSort(count: piece.count, buffer: buffer, by: less)
                } else {
                    first.mergeSort(count: piece.count, buffer: buffer, by: less)
                }
                guard let next = waiting.takeLast() else { return }
                piece = next
            }
        }
    }

    /// Partitions `piece`, which begins here.
    ///
    /// - Returns: the smaller part; the larger one waits.
    @inlinable @inline(__always)
    func divideStably(
        _ piece: QuicksortPiece, waiting: inout QuicksortPieces, buffer: UnsafeMutablePointer,
        by less: (Pointee, Pointee) -> Bool
    ) -> QuicksortPiece {
        let pivot = pivotPlace(count: piece.count, by: less).pointee
        let lower = stablePartition(count: piece.count, buffer: buffer) { less($0, pivot) }
        guard lower > 0 else {
            // None comes before the pivot: those equal to it are in their places.
            let equal = stablePartition(count: piece.count, buffer: buffer) { !less(pivot, $0) }
            return QuicksortPiece(
                start: piece.start &+ equal, count: piece.count &- equal, limit: piece.limit &- 1)
        }
        return waiting.addLarger(
            QuicksortPiece(start: piece.start, count: lower, limit: piece.limit &- 1),
            QuicksortPiece(
                start: piece.start &+ lower, count: piece.count &- lower,
                limit: piece.limit &- 1))
    }
}
