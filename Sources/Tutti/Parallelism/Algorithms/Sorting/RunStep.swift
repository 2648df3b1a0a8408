/// A sequential step that looks for an order that is there already, and makes use of it.
@usableFromInline
enum RunStep: Sendable {
    /// How many elements at the front of the range are in the order.
    case length(Range<Int>, RunOrder)
    /// Exchanges each element of the range with that as far from the end of the `count` elements.
    case mirror(Range<Int>, count: Int)
}

extension SortMemory {
    /// Does one step; see ``RunStep`` for what it returns.
    @inlinable @inline(__always)
    func perform<Element>(
        _ step: RunStep, of type: Element.Type, by less: (Element, Element) -> Bool
    ) -> Int {
        switch step {
        case .length(let range, let order):
            return place(range.lowerBound, of: Element.self)
                .runLength(count: range.count, in: order, by: less)
        case .mirror(let range, let count):
            for index in range {
                place(index, of: Element.self)
                    .exchange(with: place(count &- 1 &- index, of: Element.self))
            }
            return 0
        }
    }
}

/// Sorts elements that are in ascending or descending order already.
///
/// Elements in no order cost some comparisons of the first ones.
///
/// - Parameters:
///   - count: how many elements there are.
///   - descending: the descending order that may be turned round.
///   - isParallel: whether the caller is a worker of a pool that has more of them.
///   - kernel: does a step.
/// - Returns: whether they were in order.
func sortSingleRun(
    count: Int, descending: RunOrder, isParallel: Bool, kernel: @Sendable (RunStep) -> Int
) -> Bool {
    for order in [RunOrder.ascending, descending]
    where isSingleRun(count: count, order: order, isParallel: isParallel, kernel: kernel) {
        guard order != .ascending else { return true }
        if isParallel {
            parallelFor(0..<count / 2, grain: 16_384) { chunk in
                _ = kernel(.mirror(chunk, count: count))
            }
        } else {
            _ = kernel(.mirror(0..<count / 2, count: count))
        }
        return true
    }
    return false
}

private struct Disorder: Error {}

/// Whether all elements are in `order`.
private func isSingleRun(
    count: Int, order: RunOrder, isParallel: Bool, kernel: @Sendable (RunStep) -> Int
) -> Bool {
    let start = isParallel ? min(count, 1 << 12) : count
    guard kernel(.length(0..<start, order)) == start else { return false }
    guard start < count else { return true }
    do throws(Disorder) {
        try parallelFor(start..<count, grain: 16_384) { chunk throws(Disorder) in
            // With the one before: chunks have to follow each other in order as well.
            let range = chunk.lowerBound - 1..<chunk.upperBound
            if kernel(.length(range, order)) < range.count { throw Disorder() }
        }
        return true
    } catch {
        return false
    }
}
