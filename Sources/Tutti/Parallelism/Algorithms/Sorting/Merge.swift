extension UnsafeMutablePointer {
    /// Merges two sorted ranges, stably, by moving them to `target`.
    ///
    /// - Parameters:
    ///   - first: how many elements the range here has.
    ///   - second: the second range.
    ///   - secondCount: how many elements that has.
    ///   - target: uninitialised places for both, which overlap neither.
    ///   - less: the order.
    @inlinable @inline(__always)
    func merge(
        first: Int, with second: UnsafeMutablePointer, count secondCount: Int,
        into target: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) {
        var (left, right, target) = (self, second, target)
        let (leftEnd, rightEnd) = (self + first, second + secondCount)
        // Neither range can end before as many steps as the shorter one has elements.
        var safeSteps = min(first, secondCount)
        while safeSteps > 0 {
            for _ in 0..<safeSteps {
                let takesRight = right.comes(before: left, by: less)
                let source = takesRight ? right : left
                target.initialize(to: source.move())
                target += 1
                right += takesRight.asNumber
                left += 1 &- takesRight.asNumber
            }
            safeSteps = min(leftEnd - left, rightEnd - right)
        }
        target.moveInitialize(from: left, count: leftEnd - left)
        (target + (leftEnd - left)).moveInitialize(from: right, count: rightEnd - right)
    }

    /// How many of the first `count` elements of a merge come from the range here.
    ///
    /// So a merge is cut into pieces that do not depend on each other (Odeh, Green, Mwassi, Shmueli
    /// and Birk, "Merge Path", 2012). Binary search.
    @inlinable @inline(__always)
    func splitMerge(
        first: Int, with second: UnsafeMutablePointer, count secondCount: Int, at count: Int,
        by less: (Pointee, Pointee) -> Bool
    ) -> Int {
        var low = max(0, count &- secondCount)
        var high = min(count, first)
        while low < high {
            let middle = (low &+ high) / 2
            // The element `middle` here, or the one that would be left out if it were taken?
            if (second + (count &- middle &- 1)).comes(before: self + middle, by: less) {
                high = middle
            } else {
                low = middle &+ 1
            }
        }
        return low
    }
}
