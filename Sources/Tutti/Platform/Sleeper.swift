/// Who sleeps until a deadline, and what is woken then.
// Safety: the deadline is constant; all else is touched by whoever owns the heap: on the thread of
// an event loop, or under the lock of `Timers`.
package final class Sleeper<Waking>: @unchecked Sendable {
    /// In nanoseconds of the monotonic clock.
    package let deadline: UInt64
    /// Set when it sleeps, gone when it was woken.
    package var waking: Waking?
    /// Whether the task was cancelled, perhaps before it lay down.
    package var isCancelled = false
    /// Where the heap keeps it; nil while it does not.
    @usableFromInline var place: Int?

    package init(deadline: UInt64) {
        self.deadline = deadline
    }
}

/// Sleepers by deadline; of equal deadlines the one that came first.
///
/// A heap with four children a node, where each sleeper knows its place: insertion and removal of
/// any of `n` cost O(log n). Source: D. B. Johnson, "Priority queues with update", 1975.
package struct SleeperHeap<Waking> {
    @usableFromInline
    struct Entry {
        @usableFromInline let deadline: UInt64
        /// Breaks ties: 2⁶⁴ sleeps do not happen.
        @usableFromInline let sequence: UInt64
        @usableFromInline let sleeper: Sleeper<Waking>

        @inlinable
        init(deadline: UInt64, sequence: UInt64, sleeper: Sleeper<Waking>) {
            self.deadline = deadline
            self.sequence = sequence
            self.sleeper = sleeper
        }

        @inlinable
        func isBefore(_ other: Entry) -> Bool {
            (deadline, sequence) < (other.deadline, other.sequence)
        }
    }

    @usableFromInline var entries: [Entry] = []
    @usableFromInline var inserted: UInt64 = 0

    @inlinable package init() {}

    /// The number of sleepers.
    @inlinable package var count: Int { entries.count }

    /// When the next one is to be woken.
    @inlinable package var earliestDeadline: UInt64? { entries.first?.deadline }

    /// Adds a sleeper that is in no heap.
    @inlinable package mutating func insert(_ sleeper: Sleeper<Waking>) {
        let entry = Entry(deadline: sleeper.deadline, sequence: inserted, sleeper: sleeper)
        inserted += 1
        entries.append(entry)
        moveUp(entry, from: entries.count - 1)
    }

    /// Takes out a sleeper; false when it is not here, or no longer.
    @inlinable package mutating func remove(_ sleeper: Sleeper<Waking>) -> Bool {
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
    @inlinable package mutating func popFirst(dueBy now: UInt64) -> Sleeper<Waking>? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        _ = remove(first.sleeper)
        return first.sleeper
    }

    @inlinable mutating func put(_ entry: Entry, at place: Int) {
        entries[place] = entry
        entry.sleeper.place = place
    }

    @inlinable mutating func moveUp(_ entry: Entry, from start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 4
            guard entry.isBefore(entries[parent]) else { break }
            put(entries[parent], at: place)
            place = parent
        }
        put(entry, at: place)
    }

    @inlinable mutating func moveDown(_ entry: Entry, from start: Int) {
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
