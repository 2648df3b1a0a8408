/// A range that a sequential quicksort has still to sort.
@usableFromInline
struct QuicksortPiece {
    @usableFromInline var start: Int
    @usableFromInline var count: Int
    /// Whether the element before `start` is in its final place and comes after none of these.
    @usableFromInline var hasPredecessor: Bool
    /// How many partitions deep the piece may still go.
    @usableFromInline var limit: Int

    @inlinable @inline(__always)
    init(start: Int, count: Int, hasPredecessor: Bool, limit: Int) {
        self.start = start
        self.count = count
        self.hasPredecessor = hasPredecessor
        self.limit = limit
    }

    /// Twice the depth of a perfect recursion.
    @inlinable
    static func limit(for count: Int) -> Int {
        2 &* (Int.bitWidth &- count.leadingZeroBitCount)
    }
}

extension UnsafeMutablePointer {
    /// Sorts in place, not stably.
    ///
    /// Quicksort that no pattern defeats (Peters, "Pattern-defeating Quicksort", 2021): elements
    /// equal to the pivot before leave at once, so few distinct elements take linear time for each
    /// distinct one; after too many partitions heapsort takes over.
    @inlinable
    func quicksort(count: Int, hasPredecessor: Bool, by less: (Pointee, Pointee) -> Bool) {
        // The larger half waits, the smaller one is sorted: as many can wait as an Int has bits.
        withUnsafeTemporaryAllocation(of: QuicksortPiece.self, capacity: Int.bitWidth) { waiting in
            withUnsafeTemporaryAllocation(of: Pointee.self, capacity: 32) { buffer in
                guard let waiting = waiting.baseAddress, let buffer = buffer.baseAddress else {
                    return
                }
                var waitingCount = 0
                var piece = QuicksortPiece(
                    start: 0, count: count, hasPredecessor: hasPredecessor,
                    limit: QuicksortPiece.limit(for: count))
                while true {
                    let first = self + piece.start
                    if piece.count <= SmallSort.limit(for: Pointee.self) || piece.limit == 0 {
                        if piece.limit == 0 {
                            first.heapsort(count: piece.count, by: less)
                        } else {
                            first.smallSort(count: piece.count, buffer: buffer, by: less)
                        }
                        guard waitingCount > 0 else { return }
                        waitingCount &-= 1
                        piece = waiting[waitingCount]
                        continue
                    }
                    piece.limit &-= 1
                    first.movePivotToFront(count: piece.count, by: less)
                    let isRepeated =
                        piece.hasPredecessor && !(first - 1).comes(before: first, by: less)
                    let pivot = first.pointee
                    if isRepeated {
                        let equal = (first + 1).partition(count: piece.count &- 1) {
                            !less(pivot, $0)
                        }
                        piece.start &+= equal &+ 1
                        piece.count &-= equal &+ 1
                        continue
                    }
                    let lower = (first + 1).partition(count: piece.count &- 1) { less($0, pivot) }
                    if lower > 0 { first.exchange(with: first + lower) }
                    let left = QuicksortPiece(
                        start: piece.start, count: lower, hasPredecessor: piece.hasPredecessor,
                        limit: piece.limit)
                    let right = QuicksortPiece(
                        start: piece.start &+ lower &+ 1, count: piece.count &- lower &- 1,
                        hasPredecessor: true, limit: piece.limit)
                    (waiting + waitingCount).initialize(
                        to: left.count < right.count ? right : left)
                    waitingCount &+= 1
                    piece = left.count < right.count ? left : right
                }
            }
        }
    }
}
