/// How a few elements are sorted.
///
/// Elements without references that are not too large go through a fixed pattern of comparisons
/// without branches, in a buffer; for others a comparison costs more than a mispredicted branch.
@usableFromInline
enum SmallSort {
    /// The most elements a small sort is good for.
    @inlinable @inline(__always)
    static func limit<Element>(for type: Element.Type) -> Int {
        isBranchless(for: type) ? 32 : 16
    }

    @inlinable @inline(__always)
    static func isBranchless<Element>(for type: Element.Type) -> Bool {
        _isPOD(type) && MemoryLayout<Element>.size <= 32
    }
}

extension UnsafeMutablePointer {
    /// Sorts at most ``SmallSort/limit(for:)`` elements, stably.
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - buffer: as many uninitialised places.
    ///   - less: the order.
    @inlinable @inline(__always)
    func smallSort(
        count: Int, buffer: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) {
        if SmallSort.isBranchless(for: Pointee.self), count >= 8 {
            branchlessSmallSort(count: count, buffer: buffer, by: less)
        } else {
            insertionSort(count: count, by: less)
        }
    }

    /// Sorts by insertion, stably.
    ///
    /// - Parameters:
    ///   - count: how many elements, from here on.
    ///   - sorted: how many of them, at the front, are in order already.
    ///   - less: the order.
    @inlinable @inline(__always)
    func insertionSort(count: Int, sorted: Int = 1, by less: (Pointee, Pointee) -> Bool) {
        var index = sorted
        while index < count {
            let element = (self + index).move()
            var gap = index
            while gap > 0 {
                let previous = (self + (gap &- 1)).move()
                guard less(element, previous) else {
                    (self + (gap &- 1)).initialize(to: previous)
                    break
                }
                (self + gap).initialize(to: previous)
                gap &-= 1
            }
            (self + gap).initialize(to: element)
            index &+= 1
        }
    }

    /// Sorts 8 to 32 elements without references: both halves, then a merge from both ends.
    @inlinable @inline(__always)
    func branchlessSmallSort(
        count: Int, buffer: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) {
        let half = count / 2
        var sorted = 4
        if count >= 16 {
            sortFour(into: buffer, by: less)
            (self + 4).sortFour(into: buffer + 4, by: less)
            buffer.mergeFromBothEnds(into: self, first: 4, count: 8, by: less)
            (self + half).sortFour(into: buffer, by: less)
            (self + (half &+ 4)).sortFour(into: buffer + 4, by: less)
            buffer.mergeFromBothEnds(into: self + half, first: 4, count: 8, by: less)
            sorted = 8
            buffer.update(from: self, count: count)
        } else {
            buffer.update(from: self, count: count)
            sortFour(into: buffer, by: less)
            (self + half).sortFour(into: buffer + half, by: less)
        }
        buffer.insertionSort(count: half, sorted: sorted, by: less)
        (buffer + half).insertionSort(count: count &- half, sorted: sorted, by: less)
        buffer.mergeFromBothEnds(into: self, first: half, count: count, by: less)
    }

    /// Writes four elements without references to `target` in order, stably, with five comparisons.
    ///
    /// As in driftsort (Peters and Bergdoll): two pairs, their ends, then the two in the middle.
    @inlinable @inline(__always)
    func sortFour(into target: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool) {
        let firstIsSwapped = less(self[1], self[0])
        let secondIsSwapped = less(self[3], self[2])
        let a = self + firstIsSwapped.asNumber
        let b = self + (1 &- firstIsSwapped.asNumber)
        let c = self + (secondIsSwapped ? 3 : 2)
        let d = self + (secondIsSwapped ? 2 : 3)
        let lowIsRight = less(c.pointee, a.pointee)
        let highIsLeft = less(d.pointee, b.pointee)
        let low = lowIsRight ? c : a
        let high = highIsLeft ? b : d
        let left = lowIsRight ? a : (highIsLeft ? c : b)
        let right = highIsLeft ? d : (lowIsRight ? b : c)
        let middleIsSwapped = less(right.pointee, left.pointee)
        target[0] = low.pointee
        target[1] = (middleIsSwapped ? right : left).pointee
        target[2] = (middleIsSwapped ? left : right).pointee
        target[3] = high.pointee
    }

    /// Merges two sorted ranges of elements without references, stably, from both ends at once.
    ///
    /// The two directions do not depend on each other, so the processor runs them side by side.
    /// They meet in the middle, unless the comparison contradicts itself. Then both may have taken
    /// the same element; the unmerged elements are copied instead, so that none is lost.
    ///
    /// - Parameters:
    ///   - target: where the result goes; does not overlap.
    ///   - first: how many belong to the first range: half of `count`, rounded down.
    ///   - count: how many there are in both.
    ///   - less: the order.
    @inlinable @inline(__always)
    func mergeFromBothEnds(
        into target: UnsafeMutablePointer, first: Int, count: Int,
        by less: (Pointee, Pointee) -> Bool
    ) {
        var (left, right) = (self, self + first)
        var (leftEnd, rightEnd) = (self + (first &- 1), self + (count &- 1))
        var low = target
        var high = target + (count &- 1)
        for _ in 0..<first {
            let takesRight = less(right.pointee, left.pointee)
            low.pointee = (takesRight ? right : left).pointee
            right += takesRight.asNumber
            left += 1 &- takesRight.asNumber
            low += 1
            let takesLeft = less(rightEnd.pointee, leftEnd.pointee)
            high.pointee = (takesLeft ? leftEnd : rightEnd).pointee
            leftEnd -= takesLeft.asNumber
            rightEnd -= 1 &- takesLeft.asNumber
            high -= 1
        }
        if count & 1 == 1 {
            let isLeft = left <= leftEnd
            low.pointee = (isLeft ? left : right).pointee
            left += isLeft.asNumber
            right += 1 &- isLeft.asNumber
        }
        if left != leftEnd + 1 || right != rightEnd + 1 {
            target.update(from: self, count: count)
        }
    }
}
