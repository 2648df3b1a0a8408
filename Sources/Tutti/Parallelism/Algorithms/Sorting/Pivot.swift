extension UnsafeMutablePointer {
    /// The place of an element that lies near the median of `count`, at least 8, elements.
    ///
    /// The more elements there are, the more a bad pivot costs: the median of 3, of three such
    /// medians, or of nine (as in ipnsort and driftsort), from all over the range.
    @inlinable @inline(__always)
    func pivotPlace(count: Int, by less: (Pointee, Pointee) -> Bool) -> UnsafeMutablePointer {
        let step = count / 8
        if count < 64 {
            return Self.median(self, self + 4 * step, self + 7 * step, by: less)
        }
        if count < 1024 {
            return ninther(step: step, by: less)
        }
        let fine = step / 4
        return Self.median(
            ninther(step: fine, by: less), (self + 3 * step).ninther(step: fine, by: less),
            (self + 6 * step).ninther(step: fine, by: less), by: less)
    }

    /// Moves an element that lies near the median to the front.
    @inlinable @inline(__always)
    func movePivotToFront(count: Int, by less: (Pointee, Pointee) -> Bool) {
        let pivot = pivotPlace(count: count, by: less)
        if pivot != self { exchange(with: pivot) }
    }

    /// The median of three medians of three (Tukey, "The Ninther", 1978).
    @inlinable @inline(__always)
    func ninther(step: Int, by less: (Pointee, Pointee) -> Bool) -> UnsafeMutablePointer {
        Self.median(
            Self.median(self, self + step, self + 2 * step, by: less),
            Self.median(self + 3 * step, self + 4 * step, self + 5 * step, by: less),
            Self.median(self + 6 * step, self + 7 * step, self + (8 * step - 1), by: less),
            by: less)
    }

    /// The one of three places whose element lies between the two others.
    @inlinable @inline(__always)
    static func median(
        _ a: UnsafeMutablePointer, _ b: UnsafeMutablePointer, _ c: UnsafeMutablePointer,
        by less: (Pointee, Pointee) -> Bool
    ) -> UnsafeMutablePointer {
        let aIsBelowB = a.comes(before: b, by: less)
        let aIsBelowC = a.comes(before: c, by: less)
        // Below one and not below the other: between them.
        guard aIsBelowB == aIsBelowC else { return a }
        // Else `a` is an end, and of the others the one nearer to it is the median.
        return b.comes(before: c, by: less) == aIsBelowB ? b : c
    }
}
