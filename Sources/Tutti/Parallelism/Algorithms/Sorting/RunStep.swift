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
    if isSingleRun(count: count, order: .ascending, isParallel: isParallel, kernel: kernel) {
        return true
    }
    guard isSingleRun(count: count, order: descending, isParallel: isParallel, kernel: kernel)
    else { return false }
    if isParallel {
        parallelFor(0..<count / 2, grain: 16_384) { chunk in
            _ = kernel(.mirror(chunk, count: count))
        }
    } else {
        _ = kernel(.mirror(0..<count / 2, count: count))
    }
    return true
}

/// Whether all elements are in `order`.
private func isSingleRun(
    count: Int, order: RunOrder, isParallel: Bool, kernel: @Sendable (RunStep) -> Int
) -> Bool {
    let size = 4096
    let start = isParallel ? min(count, size) : count
    guard kernel(.length(0..<start, order)) == start else { return false }
    guard start < count else { return true }
    // Blocks, the first one done, that share no element: a step has its range for itself.
    do throws(Disorder) {
        try parallelFor(1..<(count - 1) / size + 1) { blocks throws(Disorder) in
            for block in blocks {
                let range = block * size..<min(count, (block + 1) * size)
                if kernel(.length(range, order)) < range.count { throw Disorder() }
            }
        }
    } catch {
        return false
    }
    return stride(from: size, to: count, by: size).allSatisfy { border in
        kernel(.length(border - 1..<border + 1, order)) == 2
    }
}

private struct Disorder: Error {}
