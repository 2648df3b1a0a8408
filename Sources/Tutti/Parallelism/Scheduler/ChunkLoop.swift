internal import Synchronization

/// The flag that ends a loop early: raised by the first failure, or because its task was cancelled.
///
/// Lives in the caller's frame for the time of the loop.
@usableFromInline
struct LoopEnd: ~Copyable {
    private let isRaised = Atomic<Bool>(false)
    /// The task whose cancellation ends the loop.
    ///
    /// It waits in the loop, and so outlives it; any thread may ask whether it is cancelled.
    private let task: UnsafeCurrentTask?

    /// - Parameter heedsCancellation: whether the loop ends when its task is cancelled.
    @usableFromInline
    init(heedsCancellation: Bool) {
        task = heedsCancellation ? withUnsafeCurrentTask { $0 } : nil
    }

    /// Raises the flag; true for the first one, whose error counts.
    @usableFromInline
    borrowing func claim() -> Bool {
        // Relaxed: the error itself travels with the joins.
        !isRaised.exchange(true, ordering: .relaxed)
    }

    /// Whether no chunk should begin any more.
    fileprivate var isReached: Bool {
        isRaised.load(ordering: .relaxed) || task?.isCancelled == true
    }
}

/// Runs `body` on chunks that make up `range`, on as many workers as come for them.
///
/// A loop splits in two until there is a piece for each worker, and again when a piece is stolen:
/// so few but heavy elements all lie ready at once (adaptive splitting, as in Rayon). From there a
/// worker goes through its piece chunk by chunk, and splits what is left only when thieves find
/// nothing more in its deque (Tzannes, Caragea, Barua and Vishkin, "Lazy Binary-Splitting", 2010).
/// So an undisturbed loop splits a few times, and an uneven one as often as needed. ``ChunkPace``
/// says how large a chunk is.
///
/// What `body` and `undo` need besides the user's closure comes by way of `context`: a closure that
/// captures a constant closure and nothing else is compiled together with it, any other one keeps
/// an indirect call for each element.
///
/// - Parameters:
///   - range: what to go through.
///   - grain: the smallest chunk.
///   - pool: nil for the pool that the calling thread works for, or the shared one.
///   - end: ends the loop early.
///   - context: handed to `body` and `undo`.
///   - body: runs on any worker, once a chunk; false when it failed and left nothing behind.
///   - undo: after a failure, called once for each index that a `body` had completed.
/// - Returns: whether each index was completed.
@usableFromInline
func forEachChunk(
    of range: Range<Int>, grain: Grain, on pool: ForkJoinPool?, until end: borrowing LoopEnd,
    context: UnsafeMutableRawPointer, body: (UnsafeMutableRawPointer, Range<Int>) -> Bool,
    undo: (UnsafeMutableRawPointer, Range<Int>) -> Void
) -> Bool {
    var pace = ChunkPace(grain: grain)
    guard !range.isEmpty else { return true }
    let (worker, onSeat) = enter(pool)
    defer { if onSeat { leaveSeat(worker) } }
    var rest = range
    func undoTrial() {
        if rest.lowerBound > range.lowerBound {
            undo(context, range.lowerBound..<rest.lowerBound)
        }
    }
    // With many elements the first few can show, before anybody is woken to help, that the whole
    // loop is over sooner than help could come. With few of them each may be heavy.
    let width = worker.pointee.scheduler.width
    if range.count >= ChunkPace.trialShare * width {
        while !pace.endsTrial(rest: rest.count) {
            let chunk = rest.prefix(pace.trialSize(rest: rest.count))
            guard !end.isReached, pace.time(chunk, { body(context, $0) }) else {
                undoTrial()
                return false
            }
            rest = chunk.upperBound..<range.upperBound
            if rest.isEmpty { return true }
        }
    }
    let isComplete = goThrough(
        rest, splits: width, pace: pace, until: end, context: context, body: body, undo: undo)
    if !isComplete { undoTrial() }
    return isComplete
}

/// One piece of the loop, on the worker that the calling thread is.
///
/// Splits in any case until there are `splits` pieces.
private func goThrough(
    _ piece: Range<Int>, splits: Int, pace: ChunkPace, until end: borrowing LoopEnd,
    context: UnsafeMutableRawPointer, body: (UnsafeMutableRawPointer, Range<Int>) -> Bool,
    undo: (UnsafeMutableRawPointer, Range<Int>) -> Void
) -> Bool {
    guard let worker = Worker.current else { fatalError("a chunk runs outside the pool") }
    let width = worker.pointee.scheduler.width
    var pace = pace.forStart
    var rest = piece
    while !rest.isEmpty {
        if end.isReached {
            undo(context, piece.lowerBound..<rest.lowerBound)
            return false
        }
        if width > 1, pace.isWorthSplitting(rest.count) {
            // An item of a caller further up that was kept private is as good for thieves.
            if worker.pointee.deque.hidesItems, worker.pointee.deque.publishAll() {
                worker.pointee.scheduler.workWasPublished(.branches)
            }
            let mustSplit = splits > 1 && rest == piece
            if mustSplit || worker.pointee.deque.isEmpty {
                let middle = rest.lowerBound + rest.count / 2
                let upper = middle..<rest.upperBound
                var (lowerIsComplete, upperIsComplete) = (false, false)
                forkJoin(on: worker) {
                    lowerIsComplete = goThrough(
                        rest.lowerBound..<middle, splits: (splits + 1) / 2, pace: pace, until: end,
                        context: context, body: body, undo: undo)
                    return lowerIsComplete
                } _: {
                    let isStolen = Worker.current != worker
                    upperIsComplete = goThrough(
                        upper, splits: isStolen ? width : (splits + 1) / 2, pace: pace, until: end,
                        context: context, body: body, undo: undo)
                }
                if lowerIsComplete, upperIsComplete { return true }
                undo(context, piece.lowerBound..<(lowerIsComplete ? middle : rest.lowerBound))
                if upperIsComplete { undo(context, upper) }
                return false
            }
        }
        let chunk = rest.prefix(pace.size(rest: rest.count, width: width))
        guard pace.time(chunk, { body(context, $0) }) else {
            undo(context, piece.lowerBound..<rest.lowerBound)
            return false
        }
        rest = chunk.upperBound..<rest.upperBound
    }
    return true
}
