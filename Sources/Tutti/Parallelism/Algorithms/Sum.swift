extension RandomAccessCollection where Self: Sendable, Element: AdditiveArithmetic & Sendable {
    /// The sum of all elements, on every core, the same to the bit however many work on it.
    ///
    /// Each block of elements is added up in 32 lanes, so that the processor's vector units work;
    /// the lanes are joined pairwise, the blocks in order. For floating-point numbers that is not
    /// the grouping of `reduce(0, +)`, and mostly the more exact one. Integers that overflow trap.
    /// Blocks until it is done, and computes meanwhile. One allocation.
    ///
    /// - Parameter pool: where to run; nil for the pool that the calling thread works for, or
    ///   ``ForkJoinPool/shared``.
    /// - Returns: the sum; zero for an empty collection.
    @inlinable
    public func parallelSum(on pool: ForkJoinPool? = nil) -> Element {
        let blocks = Blocks(elementCount: count, shortest: 4096)
        let partials = reduceBlocks(blocks, of: self, on: pool, isPartialABlock: true) {
            source, elements in
            source.sumInLanes(elements)
        }
        return partials.reduce(.zero) { sum, partial in sum + (partial ?? .zero) }
    }
}

extension RandomAccessCollection where Element: AdditiveArithmetic {
    /// The sum of a chunk: element `i` of it goes to lane `i` mod 32.
    @inlinable
    func sumInLanes(_ chunk: Range<Int>) -> Element {
        var lanes = InlineArray<32, Element>(repeating: .zero)
        let isContiguous: Void? = withContiguousStorageIfAvailable { elements in
            var place = chunk.lowerBound
            while place + 32 <= chunk.upperBound {
                var lane = 0
                while lane < 32 {
                    lanes[unchecked: lane] += elements[unchecked: place &+ lane]
                    lane &+= 1
                }
                place &+= 32
            }
            for lane in 0..<(chunk.upperBound - place) {
                lanes[unchecked: lane] += elements[unchecked: place + lane]
            }
        }
        if isContiguous == nil {
            var lane = 0
            forEachElement(of: chunk) { element in
                lanes[unchecked: lane] += element
                lane = (lane + 1) % 32
            }
        }
        var width = 16
        while width > 0 {
            for lane in 0..<width { lanes[unchecked: lane] += lanes[unchecked: lane + width] }
            width /= 2
        }
        return lanes[0]
    }
}
