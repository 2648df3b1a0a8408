extension UnsafeMutablePointer {
    /// Sorts in place, not stably.
    ///
    /// Quicksort that no pattern defeats (Peters, "Pattern-defeating Quicksort", 2021): elements
    /// equal to the pivot before leave at once, so few distinct elements take linear time for each
    /// distinct one; after too many partitions heapsort takes over.
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - hasPredecessor: whether the element before comes after none of these.
    ///   - less: the order.
    @inlinable
    func quicksort(count: Int, hasPredecessor: Bool, by less: (Pointee, Pointee) -> Bool) {
        withUnsafeTemporaryAllocation(
            of: QuicksortPiece.self, capacity: QuicksortPieces.capacity
        ) { places in
            withUnsafeTemporaryAllocation(
                of: Pointee.self, capacity: SmallSort.limit(for: Pointee.self)
            ) { buffer in
                guard let places = places.baseAddress, let buffer = buffer.baseAddress else {
                    return
                }
                var waiting = QuicksortPieces(places: places)
                var piece = QuicksortPiece(
                    start: 0, count: count, hasPredecessor: hasPredecessor,
                    limit: QuicksortPiece.limit(for: count))
                while true {
                    let first = self + piece.start
                    if piece.count > SmallSort.limit(for: Pointee.self), piece.limit > 0 {
                        piece = first.divide(piece, waiting: &waiting, by: less)
                        continue
                    }
                    if piece.limit > 0 {
                        first.smallSort(count: piece.count, buffer: buffer, by: less)
                    } else {
                        first.heapsort(count: piece.count, by: less)
                    }
                    guard let next = waiting.takeLast() else { return }
                    piece = next
                }
            }
        }
    }

    /// Partitions `piece`, which begins here.
    ///
    /// - Returns: the smaller part; the larger one waits.
    @inlinable @inline(__always)
    func divide(
        _ piece: QuicksortPiece, waiting: inout QuicksortPieces,
        by less: (Pointee, Pointee) -> Bool
    ) -> QuicksortPiece {
        movePivotToFront(count: piece.count, by: less)
        let pivot = pointee
        let (others, otherCount) = (self + 1, piece.count &- 1)
        // Not above the pivot before, which is below none of these: equal to it.
        if piece.hasPredecessor, !(self - 1).comes(before: self, by: less) {
            let equal = others.partition(count: otherCount) { !less(pivot, $0) }
            return QuicksortPiece(
                start: piece.start &+ 1 &+ equal, count: otherCount &- equal,
                limit: piece.limit &- 1)
        }
        let lower = others.partition(count: otherCount) { less($0, pivot) }
        if lower > 0 { exchange(with: self + lower) }
        return waiting.addLarger(
            QuicksortPiece(
                start: piece.start, count: lower, hasPredecessor: piece.hasPredecessor,
                limit: piece.limit &- 1),
            QuicksortPiece(
                start: piece.start &+ lower &+ 1, count: otherCount &- lower, hasPredecessor: true,
                limit: piece.limit &- 1))
    }
}
