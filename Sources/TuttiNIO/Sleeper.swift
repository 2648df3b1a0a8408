internal import NIOCore

/// A task, or a piece of one, that sleeps until its deadline.
// Safety: the deadline is constant; all else is read and written on the loop's thread alone.
final class Sleeper: @unchecked Sendable {
    /// In nanoseconds of the monotonic clock.
    let deadline: UInt64
    /// What wakes up: set when it sleeps, gone when it was woken.
    var waking = Waking.nothing
    /// Whether the task was cancelled, perhaps before it lay down.
    var isCancelled = false
    /// Where the heap keeps it; nil while it does not.
    fileprivate(set) var place: Int?

    enum Waking {
        case nothing
        case task(UnsafeContinuation<Void, any Error>)
        /// A piece that becomes ready then, as `Task.sleep` makes them.
        case job(ReadyJob)
    }

    init(deadline: UInt64) {
        self.deadline = deadline
    }

    /// Lets the task go on, with an error if there is one.
    ///
    /// Whoever took the sleeper out of the heap calls this, so it happens once.
    ///
    /// - Returns: the job that became ready; it learns of no error.
    func wake(throwing error: (any Error)? = nil) -> ReadyJob? {
        let waking = waking
        self.waking = .nothing
        switch waking {
        case .nothing: return nil
        case .job(let job): return job
        case .task(let continuation):
            if let error {
                continuation.resume(throwing: error)
            } else {
                continuation.resume()
            }
            return nil
        }
    }
}

/// Sleepers by deadline; of equal deadlines the one that came first.
///
/// A heap with four children a node, where each sleeper knows its place: insertion and removal of
/// any of `n` cost O(log n). Source: D. B. Johnson, "Priority queues with update", 1975.
struct SleeperHeap {
    private struct Entry {
        let deadline: UInt64
        /// Breaks ties: 2⁶⁴ sleeps do not happen.
        let sequence: UInt64
        let sleeper: Sleeper

        func isBefore(_ other: Entry) -> Bool {
            (deadline, sequence) < (other.deadline, other.sequence)
        }
    }

    private var entries: [Entry] = []
    private var inserted: UInt64 = 0

    /// The number of sleepers.
    var count: Int { entries.count }

    /// When the next one is to be woken.
    var earliestDeadline: UInt64? { entries.first?.deadline }

    /// Adds a sleeper that is in no heap.
    mutating func insert(_ sleeper: Sleeper) {
        let entry = Entry(deadline: sleeper.deadline, sequence: inserted, sleeper: sleeper)
        inserted += 1
        entries.append(entry)
        moveUp(entry, from: entries.count - 1)
    }

    /// Takes out a sleeper; false when it is not here, or no longer.
    mutating func remove(_ sleeper: Sleeper) -> Bool {
        guard let place = sleeper.place else { return false }
        sleeper.place = nil
        let last = entries.removeLast()
        guard place < entries.count else { return true }
        // The last takes the free place, then moves to where it belongs: only one of both moves it.
        moveDown(last, from: place)
        if last.sleeper.place == place { moveUp(last, from: place) }
        return true
    }

    /// Takes out the first sleeper if its deadline is not after `now`.
    mutating func popFirst(dueBy now: UInt64) -> Sleeper? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        _ = remove(first.sleeper)
        return first.sleeper
    }

    private mutating func put(_ entry: Entry, at place: Int) {
        entries[place] = entry
        entry.sleeper.place = place
    }

    private mutating func moveUp(_ entry: Entry, from start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 4
            guard entry.isBefore(entries[parent]) else { break }
            put(entries[parent], at: place)
            place = parent
        }
        put(entry, at: place)
    }

    private mutating func moveDown(_ entry: Entry, from start: Int) {
        var place = start
        while true {
            let firstChild = place * 4 + 1
            guard firstChild < entries.count else { break }
            var least = firstChild
            for child in firstChild..<min(firstChild + 4, entries.count)
            where entries[child].isBefore(entries[least]) {
                least = child
            }
            guard entries[least].isBefore(entry) else { break }
            put(entries[least], at: place)
            place = least
        }
        put(entry, at: place)
    }
}

extension Duration {
    /// In nanoseconds, rounded up; at least 0, at most 146 years.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 1 << 32 else { return 1 << 62 }
        return UInt64(seconds) * 1_000_000_000 + UInt64((attoseconds + 999_999_999) / 1_000_000_000)
    }
}
