extension UnsafeMutablePointer {
    /// Sorts stably, in O(n log n) comparisons, whatever the order of the elements.
    ///
    /// Small sorts of blocks, then merges of blocks twice as long each time, to and fro between
    /// the elements and the buffer.
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
