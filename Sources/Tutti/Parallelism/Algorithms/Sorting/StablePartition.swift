extension UnsafeMutablePointer {
    /// Moves the elements for which `goesFirst` holds before the others, both in their order.
    ///
    /// Without a branch: each element is moved to the front here or to the buffer, by a choice of
    /// the address. As in fluxsort (van den Hoven, 2021).
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - buffer: as many uninitialised places.
    ///   - goesFirst: asked once for each element.
    /// - Returns: how many go first.
    @inlinable @inline(__always)
    func stablePartition(
        count: Int, buffer: UnsafeMutablePointer, by goesFirst: (Pointee) -> Bool
    ) -> Int {
        var kept = 0
        for index in 0..<count {
            let element = (self + index).move()
            let isFirst = goesFirst(element)
            // Place `kept` here is this element's own, or its element has been moved already.
            let target = isFirst ? self + kept : buffer + (index &- kept)
            target.initialize(to: element)
            kept &+= isFirst.asNumber
        }
        (self + kept).moveInitialize(from: buffer, count: count &- kept)
        return kept
    }
}
