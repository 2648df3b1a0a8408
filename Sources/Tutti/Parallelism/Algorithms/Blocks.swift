/// A collection cut into blocks of nearly equal size: the places where partial results go.
///
/// How many there are follows from the number of elements alone, so the blocks are the same
/// whoever works on them, and how many do.
@usableFromInline
struct Blocks {
    /// How many elements there are.
    @usableFromInline let elements: Int
    /// How many blocks there are; no more than elements.
    @usableFromInline let count: Int

    /// Cuts `elements` elements.
    ///
    /// A few hundred elements may be heavy: each has a block of its own. Of more, a block has 16 at
    /// least, and there are 4096 blocks at most: enough to balance uneven work over hundreds of
    /// workers, little enough for what is kept a block to cost nothing beside the elements.
    ///
    /// - Parameters:
    ///   - elements: how many there are.
    ///   - cheap: whether an element takes a nanosecond or less; blocks have some thousands then.
    @inlinable
    init(of elements: Int, cheap: Bool = false) {
        self.elements = elements
        let wanted = cheap ? (elements + 4095) / 4096 : max(256, elements / 16)
        count = min(elements, min(4096, wanted))
    }

    /// The elements of some blocks.
    @inlinable
    func elements(of blocks: Range<Int>) -> Range<Int> {
        start(of: blocks.lowerBound)..<start(of: blocks.upperBound)
    }

    /// The larger blocks come first.
    @inlinable
    func start(of block: Int) -> Int {
        let (size, larger) = elements.quotientAndRemainder(dividingBy: max(count, 1))
        return block * size + min(block, larger)
    }
}
