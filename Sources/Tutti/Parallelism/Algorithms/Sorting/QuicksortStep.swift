/// A sequential step of the unstable sort.
@usableFromInline
enum QuicksortStep: Sendable {
    /// Sorts the range.
    case sort(Range<Int>, hasPredecessor: Bool)
    /// Moves a pivot to the front of the range; 1 if the predecessor does not come before it.
    case choosePivot(Range<Int>, hasPredecessor: Bool)
    /// Moves what belongs before the pivot to the front of the range; says how many they are.
    case partition(Range<Int>, pivot: Int, takesEqual: Bool)
    /// Exchanges as many elements from two places on.
    case exchange(Int, Int, count: Int)
    case run(RunStep)
}

extension SortMemory {
    /// Does one step by a comparison that may fail; see ``QuicksortStep`` for what it returns.
    @inlinable @inline(__always)
    func perform<Element, Failure: Error>(
        _ step: QuicksortStep,
        by areInIncreasingOrder: (Element, Element) throws(Failure) -> Bool
    ) -> Int {
        if let failure = failure(as: Failure.self) {
            return perform(step, of: Element.self) {
                failure.answer($0, $1, of: areInIncreasingOrder)
            }
        }
        // Captures the comparison alone, so that the comparison is inlined.
        return perform(step, of: Element.self) {
            unfailingAnswer($0, $1, of: areInIncreasingOrder)
        }
    }

    /// Does one step.
    @inlinable @inline(__always)
    func perform<Element>(
        _ step: QuicksortStep, of type: Element.Type, by less: (Element, Element) -> Bool
    ) -> Int {
        switch step {
        case .sort(let range, let hasPredecessor):
            place(range.lowerBound, of: Element.self)
                .quicksort(count: range.count, hasPredecessor: hasPredecessor, by: less)
            return 0
        case .choosePivot(let range, let hasPredecessor):
            let first = place(range.lowerBound, of: Element.self)
            first.movePivotToFront(count: range.count, by: less)
            return hasPredecessor && !(first - 1).comes(before: first, by: less) ? 1 : 0
        case .partition(let range, let pivot, let takesEqual):
            let pivot = place(pivot, of: Element.self).pointee
            let first = place(range.lowerBound, of: Element.self)
            return takesEqual
                ? first.partition(count: range.count) { !less(pivot, $0) }
                : first.partition(count: range.count) { less($0, pivot) }
        case .exchange(let a, let b, let count):
            for offset in 0..<count {
                place(a &+ offset, of: Element.self)
                    .exchange(with: place(b &+ offset, of: Element.self))
            }
            return 0
        case .run(let step):
            return perform(step, of: Element.self, by: less)
        }
    }
}
