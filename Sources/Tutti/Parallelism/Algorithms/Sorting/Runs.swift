/// How neighbours in a range compare.
@usableFromInline
enum RunOrder: Sendable {
    /// No element comes before the one that it follows.
    case ascending
    /// Each comes after none that follows.
    case descending
    /// Each comes before the one that it follows; to reverse it is stable.
    case strictlyDescending
}

extension UnsafeMutablePointer {
    /// How many elements at the front are in `order`, at least 1 of a range that is not empty.
    @inlinable @inline(__always)
    func runLength(count: Int, in order: RunOrder, by less: (Pointee, Pointee) -> Bool) -> Int {
        var length = min(count, 1)
        switch order {
        case .ascending:
            while length < count, !(self + length).comes(before: self + (length &- 1), by: less) {
                length &+= 1
            }
        case .descending:
            while length < count, !(self + (length &- 1)).comes(before: self + length, by: less) {
                length &+= 1
            }
        case .strictlyDescending:
            while length < count, (self + length).comes(before: self + (length &- 1), by: less) {
                length &+= 1
            }
        }
        return length
    }

    /// Sorts elements that ascend, or descend strictly, stably; false if they do neither.
    ///
    /// For one range of a merge sort: what is a few long runs as a whole is one run in most ranges.
    @inlinable @inline(__always)
    func settleSingleRun(count: Int, by less: (Pointee, Pointee) -> Bool) -> Bool {
        if runLength(count: count, in: .ascending, by: less) == count { return true }
        guard runLength(count: count, in: .strictlyDescending, by: less) == count else {
            return false
        }
        for index in 0..<count / 2 {
            (self + index).exchange(with: self + (count &- 1 &- index))
        }
        return true
    }
}
