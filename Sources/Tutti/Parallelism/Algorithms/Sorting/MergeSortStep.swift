/// Two sorted ranges to merge, in the elements or in the buffer, and where the result goes.
@usableFromInline
struct MergePiece: Sendable {
    @usableFromInline var left: Range<Int>
    @usableFromInline var right: Range<Int>
    /// The first place of the result, which goes from the buffer to the elements or back.
    @usableFromInline var target: Int
    @usableFromInline var isInBuffer: Bool

    var count: Int { left.count + right.count }

    /// The piece up to, and the piece from, element `count` of the result.
    func split(at count: Int, ofLeft: Int) -> (MergePiece, MergePiece) {
        let ofRight = count - ofLeft
        let before = MergePiece(
            left: left.prefix(ofLeft), right: right.prefix(ofRight), target: target,
            isInBuffer: isInBuffer)
        let after = MergePiece(
            left: left.dropFirst(ofLeft), right: right.dropFirst(ofRight), target: target + count,
            isInBuffer: isInBuffer)
        return (before, after)
    }
}

/// A sequential step of the stable sort.
@usableFromInline
enum MergeSortStep: Sendable {
    /// Sorts the range of the elements by way of the same range of the buffer.
    case sort(Range<Int>)
    /// Merges two ranges.
    case merge(MergePiece)
    /// How many of the first `count` elements of the merge come from the left range.
    case split(MergePiece, count: Int)
    case run(RunStep)
}

extension SortMemory {
    /// Does one step by a comparison that may fail; see ``MergeSortStep`` for what it returns.
    @inlinable @inline(__always)
    func perform<Element, Failure: Error>(
        _ step: MergeSortStep,
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
        _ step: MergeSortStep, of type: Element.Type, by less: (Element, Element) -> Bool
    ) -> Int {
        switch step {
        case .sort(let range):
            let first = place(range.lowerBound, of: Element.self)
            if !first.settleSingleRun(count: range.count, by: less) {
                first.stableQuicksort(
                    count: range.count, buffer: bufferPlace(range.lowerBound, of: Element.self),
                    by: less)
            }
            return 0
        case .merge(let piece):
            let left = source(of: piece, piece.left.lowerBound, of: Element.self)
            let right = source(of: piece, piece.right.lowerBound, of: Element.self)
            let target =
                piece.isInBuffer
                ? place(piece.target, of: Element.self)
                : bufferPlace(piece.target, of: Element.self)
            left.merge(
                first: piece.left.count, with: right, count: piece.right.count, into: target,
                by: less)
            return 0
        case .split(let piece, let count):
            let left = source(of: piece, piece.left.lowerBound, of: Element.self)
            let right = source(of: piece, piece.right.lowerBound, of: Element.self)
            return left.splitMerge(
                first: piece.left.count, with: right, count: piece.right.count, at: count,
                by: less)
        case .run(let step):
            return perform(step, of: Element.self, by: less)
        }
    }

    /// The place `index` on the side that the piece is read from.
    @inlinable @inline(__always)
    func source<Element>(
        of piece: MergePiece, _ index: Int, of type: Element.Type
    ) -> UnsafeMutablePointer<Element> {
        piece.isInBuffer
            ? bufferPlace(index, of: Element.self) : place(index, of: Element.self)
    }
}
