/// A range that a sequential quicksort has still to sort.
@usableFromInline
struct QuicksortPiece {
    @usableFromInline let start: Int
    @usableFromInline let count: Int
    /// Whether the element before `start` is in its final place and comes after none of these.
    @usableFromInline let hasPredecessor: Bool
    /// How many partitions deep the piece may still go.
    @usableFromInline let limit: Int

    @inlinable @inline(__always)
    init(start: Int, count: Int, hasPredecessor: Bool = false, limit: Int) {
        self.start = start
        self.count = count
        self.hasPredecessor = hasPredecessor
        self.limit = limit
    }

    /// Twice the depth of a perfect recursion.
    @inlinable @inline(__always)
    static func limit(for count: Int) -> Int {
        2 &* (Int.bitWidth &- count.leadingZeroBitCount)
    }
}

/// The ranges that wait while a sequential quicksort is busy with another one.
///
/// In the place of a recursion: one function with the comparison inlined.
@usableFromInline
struct QuicksortPieces {
    @usableFromInline let places: UnsafeMutablePointer<QuicksortPiece>
    @usableFromInline var count = 0

    /// Each piece that waits is at least as large as all that is divided while it does, so at most
    /// as many wait as an Int has bits.
    @inlinable @inline(__always)
    static var capacity: Int { Int.bitWidth }

    /// No pieces, in `capacity` uninitialised places.
    @inlinable @inline(__always)
    init(places: UnsafeMutablePointer<QuicksortPiece>) {
        self.places = places
    }

    /// Lets the larger one wait, and returns the other one.
    @inlinable @inline(__always)
    mutating func addLarger(_ a: QuicksortPiece, _ b: QuicksortPiece) -> QuicksortPiece {
        (places + count).initialize(to: a.count < b.count ? b : a)
        count &+= 1
        return a.count < b.count ? a : b
    }

    @inlinable @inline(__always)
    mutating func takeLast() -> QuicksortPiece? {
        guard count > 0 else { return nil }
        count &-= 1
        return places[count]
    }
}
