extension UnsafeMutablePointer {
    /// Sorts in place in O(n log n) comparisons, whatever the order of the elements.
    ///
    /// The way out of a quicksort whose pivots were bad too often (Musser, "Introspective Sorting
    /// and Selection Algorithms", 1997).
    @inlinable
    func heapsort(count: Int, by less: (Pointee, Pointee) -> Bool) {
        guard count > 1 else { return }
        // The first half of the steps builds the heap, the others take its top off.
        for step in 0..<(count / 2 &+ count &- 1) {
            if step < count / 2 {
                siftDown(from: count / 2 &- 1 &- step, count: count, by: less)
            } else {
                let last = count &- 1 &- (step &- count / 2)
                exchange(with: self + last)
                siftDown(from: 0, count: last, by: less)
            }
        }
    }

    /// Lets the element `start` sink in the heap until no child is greater.
    @inlinable @inline(__always)
    func siftDown(from start: Int, count: Int, by less: (Pointee, Pointee) -> Bool) {
        var gap = start
        let element = (self + gap).move()
        while true {
            var child = 2 &* gap &+ 1
            guard child < count else { break }
            if child &+ 1 < count, (self + child).comes(before: self + (child &+ 1), by: less) {
                child &+= 1
            }
            let candidate = (self + child).move()
            guard less(element, candidate) else {
                (self + child).initialize(to: candidate)
                break
            }
            (self + gap).initialize(to: candidate)
            gap = child
        }
        (self + gap).initialize(to: element)
    }
}
