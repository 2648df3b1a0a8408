internal import Synchronization

/// The flag that ends a loop early, raised by the first failure.
///
/// Lives in the caller's frame for the time of the loop.
@usableFromInline
struct FirstFailure: ~Copyable {
    private let isRaised = Atomic<Bool>(false)

    @usableFromInline
    init() {}

    /// Raises the flag; true for the first one, whose error counts.
    @usableFromInline
    borrowing func claim() -> Bool {
        // Relaxed: the error itself travels with the joins.
        !isRaised.exchange(true, ordering: .relaxed)
    }

    fileprivate var isClaimed: Bool { isRaised.load(ordering: .relaxed) }
}

/// Runs `body` on chunks that make up `range`, on as many workers as come for them.
///
/// A loop splits in two until there is a piece for each worker, and again when a piece is stolen:
/// so few but heavy elements all lie ready at once (adaptive splitting, as in Rayon). From there a
/// worker goes through its piece chunk by chunk, and splits what is left only when thieves find
/// nothing more in its deque (Tzannes, Caragea, Barua and Vishkin, "Lazy Binary-Splitting", 2010).
/// So an undisturbed loop splits a few times, and an uneven one as often as needed. Chunks shrink
/// as a piece is used up.
///
/// - Parameters:
///   - range: what to go through.
///   - grain: the smallest chunk.
///   - pool: nil for the pool that the calling thread works for, or the shared one.
///   - failure: ends the loop once it is claimed.
///   - body: runs on any worker, once a chunk; false when it failed and left nothing behind.
///   - undo: after a failure, called once for each index that a `body` had completed.
/// - Returns: whether each index was completed.
@usableFromInline
func forEachChunk(
    of range: Range<Int>, grain: Grain, on pool: ForkJoinPool?, failure: borrowing FirstFailure,
    body: (Range<Int>) -> Bool, undo: (Range<Int>) -> Void
) -> Bool {
    guard !range.isEmpty else { return true }
    var isComplete = false
    withWorker(of: pool) { worker in
        let width = worker.pointee.scheduler.width
        isComplete = forEachChunk(
            of: range, grain: grain.elements(of: range.count, width: width), width: width,
            splits: width, failure: failure, body: body, undo: undo)
    }
    return isComplete
}

/// One piece of the loop, on the worker that the calling thread is.
///
/// Splits in any case until there are `splits` pieces.
private func forEachChunk(
    of piece: Range<Int>, grain: Int, width: Int, splits: Int, failure: borrowing FirstFailure,
    body: (Range<Int>) -> Bool, undo: (Range<Int>) -> Void
) -> Bool {
    guard let worker = Worker.current else { fatalError("a chunk runs outside the pool") }
    func loop(over piece: Range<Int>) -> Bool {
        let isStolen = Worker.current != worker
        return forEachChunk(
            of: piece, grain: grain, width: width, splits: isStolen ? width : (splits + 1) / 2,
            failure: failure, body: body, undo: undo)
    }
    var rest = piece
    while !rest.isEmpty {
        if failure.isClaimed {
            undo(piece.lowerBound..<rest.lowerBound)
            return false
        }
        if width > 1, rest.count / 2 >= grain {
            // An item of a caller further up that was kept private is as good for thieves.
            if worker.pointee.deque.hidesItems, worker.pointee.deque.publishAll() {
                worker.pointee.scheduler.workWasPublished(.branches)
            }
            let mustSplit = splits > 1 && rest == piece
            if mustSplit || worker.pointee.deque.isEmpty {
                let middle = rest.lowerBound + rest.count / 2
                let (lower, upper) = (rest.lowerBound..<middle, middle..<rest.upperBound)
                var (lowerIsComplete, upperIsComplete) = (false, false)
                forkJoin(on: worker) {
                    lowerIsComplete = loop(over: lower)
                    return lowerIsComplete
                } _: {
                    upperIsComplete = loop(over: upper)
                }
                if lowerIsComplete, upperIsComplete { return true }
                undo(piece.lowerBound..<(lowerIsComplete ? middle : rest.lowerBound))
                if upperIsComplete { undo(upper) }
                return false
            }
        }
        var size = max(grain, rest.count / (16 * width))
        // A last chunk below the grain joins the one before it.
        if rest.count - size < grain { size = rest.count }
        let end = rest.lowerBound + size
        guard body(rest.lowerBound..<end) else {
            undo(piece.lowerBound..<rest.lowerBound)
            return false
        }
        rest = end..<rest.upperBound
    }
    return true
}
