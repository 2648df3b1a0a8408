internal import Synchronization

/// All workers of a pool by number: its threads, then the seats.
///
/// Grows, never shrinks.
/// Thieves walk it without a lock while a new seat is added. Segment `k` holds `first · 2ᵏ`
/// workers and is never moved, so that a worker keeps its address.
struct WorkerTable: ~Copyable {
    /// The size of segment 0.
    private let first: Int
    private let segments: UnsafeMutablePointer<UnsafeMutablePointer<Worker>?>
    private let published = Atomic<Int>(0)

    init(first: Int) {
        self.first = first
        // 48 doublings are more workers than there are addresses.
        segments = .allocate(capacity: 48)
        segments.initialize(repeating: nil, count: 48)
    }

    deinit {
        let count = count
        for index in 0..<count {
            self[index].deinitialize(count: 1)
        }
        for segment in 0..<48 {
            segments[segment]?.deallocate()
        }
        segments.deallocate()
    }

    /// How many there are; acquires, from `append`, the worker and the segment that it is in.
    ///
    /// Sequentially consistent: who looks at all deques must not miss that of a new seat whose
    /// caller has published; see Scheduler.md.
    var count: Int {
        published.load(ordering: .sequentiallyConsistent)
    }

    /// A worker in `0..<count`.
    subscript(_ index: Int) -> UnsafeMutablePointer<Worker> {
        let (segment, offset) = place(of: index)
        guard let base = segments[segment] else { fatalError("there is no worker \(index)") }
        return base + offset
    }

    /// Adds a worker; only under the scheduler's lock.
    borrowing func append(_ make: (Int) -> Worker) -> Int {
        let index = published.load(ordering: .relaxed)
        let (segment, offset) = place(of: index)
        // Written once: thieves that know of other workers in it read this word meanwhile.
        if segments[segment] == nil {
            segments[segment] = .allocate(capacity: first << segment)
        }
        guard let base = segments[segment] else { fatalError("a segment is gone") }
        (base + offset).initialize(to: make(index))
        published.store(index + 1, ordering: .sequentiallyConsistent)
        return index
    }

    private func place(of index: Int) -> (segment: Int, offset: Int) {
        let blocks = index / first + 1
        let segment = Int.bitWidth - 1 - blocks.leadingZeroBitCount
        return (segment, index - first * ((1 << segment) - 1))
    }
}

// Safety: segments and workers are written once, under the scheduler's lock, before `published`
// says that they are there; what is inside a worker has rules of its own, see Scheduler.md.
extension WorkerTable: @unchecked Sendable {}
