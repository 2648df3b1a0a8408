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

    @usableFromInline
    init(elementCount: Int) {
        let share = elementCount / 1024
        // Whole words of bits, where there are that many elements.
        length = share < 64 ? max(share, 1) : min(share & ~63, 4096)
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

extension RandomAccessCollection {
    /// Whether the elements lie one behind the other in memory.
    @inlinable @inline(__always)
    var isContiguous: Bool {
        withContiguousStorageIfAvailable { _ in true } ?? false
    }

    /// Goes through the elements at these offsets, in order; past the index where they lie in memory.
    ///
    /// - Throws: what `body` throws.
    @inlinable @inline(__always)
    func visit<Failure: Error>(
        _ offsets: Range<Int>, _ body: (Element) throws(Failure) -> Void
    ) throws(Failure) {
        var failure: Failure?
        let isDone: Void? = withContiguousStorageIfAvailable { elements in
            guard let base = elements.baseAddress else { return }
            do throws(Failure) {
                var offset = offsets.lowerBound
                while offset < offsets.upperBound {
                    try body(base[offset])
                    offset &+= 1
                }
            } catch {
                failure = error
            }
        }
        if isDone == nil {
            var index = index(startIndex, offsetBy: offsets.lowerBound)
            for _ in offsets {
                try body(self[index])
                formIndex(after: &index)
            }
        }
        if let failure { throw failure }
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
