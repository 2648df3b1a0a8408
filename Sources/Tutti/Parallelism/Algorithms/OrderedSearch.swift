internal import Synchronization

/// How a search from the front ended.
@usableFromInline
enum SearchEnd {
    case nothing
    case found(Int)
    case cancelled
}

/// Where a search stands: what is taken, and where it ends.
///
/// Lives in the caller's frame for the time of the search.
private struct SearchFront: ~Copyable {
    /// The first element that nobody has taken; every seat's worker takes chunks here.
    private let next: CacheLine<Atomic<Int>>
    /// The lowest offset that ends the search, or the number of elements; whoever finds one lowers it.
    private let end: CacheLine<Atomic<Int>>
    private let isCancelled = Atomic<Bool>(false)
    /// The task whose cancellation ends the search; it waits in the search, and so outlives it.
    private let task: UnsafeCurrentTask?
    private let count: Int

    init(from start: Int, to count: Int, task: UnsafeCurrentTask?) {
        next = CacheLine(Atomic(start))
        end = CacheLine(Atomic(count))
        self.task = task
        self.count = count
    }

    // All relaxed: an offset says nothing about other memory, errors travel with the joins.

    /// The next chunk of the size that `size` finds for the rest; nil when the search is over.
    borrowing func take(_ size: (_ rest: Int) -> Int) -> Range<Int>? {
        if task?.isCancelled == true {
            isCancelled.store(true, ordering: .relaxed)
            return nil
        }
        let seen = next.word.load(ordering: .relaxed)
        guard seen < end.word.load(ordering: .relaxed) else { return nil }
        let size = size(count - seen)
        let start = next.word.wrappingAdd(size, ordering: .relaxed).oldValue
        // Chunks are taken in order: all before a found one are in somebody's hands.
        guard start < end.word.load(ordering: .relaxed) else { return nil }
        return start..<min(start + size, count)
    }

    borrowing func lowerEnd(to offset: Int) {
        end.word.min(offset, ordering: .relaxed)
    }

    var outcome: SearchEnd {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        let end = end.word.load(ordering: .relaxed)
        return end < count ? .found(end) : .nothing
    }
}

/// Searches from the front, chunk by chunk, on as many workers as come: the lowest offset ends it.
///
/// A loop that splits in halves would search behind the result from the start. Here each worker
/// takes the next chunk, so that what is searched in vain is less than a chunk a worker.
///
/// - Parameters:
///   - count: how many elements there are.
///   - seats: how many workers may take part.
///   - grain: the smallest chunk.
///   - pool: nil for the pool that the calling thread works for, or the shared one.
///   - heedsCancellation: whether the search ends when its task is cancelled.
///   - context: handed to `body`.
///   - body: searches one chunk for a seat, of which it gets chunks one after the other; returns the
///     offset that ends the search, and is not called again for that seat.
/// - Returns: the lowest offset that a `body` returned.
@usableFromInline
func searchFromFront(
    _ count: Int, seats: Int, grain: Grain, on pool: ForkJoinPool?, heedsCancellation: Bool,
    context: UnsafeMutableRawPointer,
    _ body: (UnsafeMutableRawPointer, _ seat: Int, Range<Int>) -> Int?
) -> SearchEnd {
    let (worker, onSeat) = enter(pool)
    defer { if onSeat { leaveSeat(worker) } }
    let task = heedsCancellation ? withUnsafeCurrentTask { $0 } : nil
    var pace = ChunkPace(grain: grain)
    // The caller begins alone, as in each loop: what is found soon needs no help.
    var start = 0
    if count >= ChunkPace.trialShare * seats {
        while start < count, !pace.endsTrial(rest: count - start) {
            if task?.isCancelled == true { return .cancelled }
            let chunk = start..<start + pace.trialSize(rest: count - start)
            var found: Int?
            _ = pace.time(chunk) {
                found = body(context, 0, $0)
                return true
            }
            if let found { return .found(found) }
            start = chunk.upperBound
        }
    }
    let front = SearchFront(from: start, to: count, task: task)
    func search(on seat: Int, pace: ChunkPace) {
        var pace = pace.forStart
        while let chunk = front.take({ pace.size(rest: $0, width: seats) }) {
            // A branch of a caller further up that was kept private is as good for thieves.
            if let worker = Worker.current, seats > 1, worker.pointee.deque.hidesItems,
                worker.pointee.deque.publishAll()
            {
                worker.pointee.scheduler.workWasPublished(.branches)
            }
            var found: Int?
            _ = pace.time(chunk) {
                found = body(context, seat, $0)
                return true
            }
            if let found {
                front.lowerEnd(to: found)
                return
            }
        }
    }
    _ = forEachChunk(
        of: 0..<seats, grain: .elements(1), on: pool, until: LoopEnd(heedsCancellation: false),
        context: context,
        body: { _, chunk in
            for seat in chunk { search(on: seat, pace: pace) }
            return true
        }, undo: { _, _ in })
    return front.outcome
}
