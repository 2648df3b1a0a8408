/// The division of a collection into blocks of one length, each with an entry in a table.
///
/// The chunks of a loop come as they come, blocks are known beforehand: what is found out about
/// each has its place. There are a thousand of them before they grow, so that few heavy elements
/// can be shared out, and none is long, so that a block stays in the nearest cache.
@usableFromInline
struct Blocks {
    /// How many elements there are.
    @usableFromInline let elementCount: Int
    /// How many elements a block has; the last one may have fewer.
    @usableFromInline let length: Int
    /// How many blocks there are.
    @usableFromInline let count: Int

    /// Divides a collection.
    ///
    /// - Parameters:
    ///   - elementCount: how many elements it has.
    ///   - shortest: the length of a block at least, for bodies that are known to be cheap.
    @usableFromInline
    init(elementCount: Int, shortest: Int = 1) {
        let share = elementCount / 1024
        // Whole words of bits, where there are that many elements.
        length = max(share < 64 ? max(share, 1) : min(share & ~63, 4096), shortest)
        count = (elementCount + length - 1) / length
        self.elementCount = elementCount
    }

    /// The elements of neighbouring blocks.
    @inlinable @inline(__always)
    func elements(of blocks: Range<Int>) -> Range<Int> {
        blocks.lowerBound &* length..<min(blocks.upperBound &* length, elementCount)
    }

    /// What a grain of elements is in blocks.
    @usableFromInline
    func grain(of grain: Grain) -> Grain {
        switch grain {
        case .automatic: .automatic
        // Fewer than one element is the loop's to refuse.
        case .elements(let number):
            .elements(number < 1 ? number : number / length + (number % length > 0 ? 1 : 0))
        }
    }
}

/// How many workers a loop may have.
///
/// - Parameter pool: nil for the pool that the calling thread works for, or the shared one.
/// - Returns: the width of the pool.
@usableFromInline
func workerCount(of pool: ForkJoinPool?) -> Int {
    if let pool { return pool.width }
    return Worker.current?.pointee.scheduler.width ?? ForkJoinPool.shared.width
}
