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
}
