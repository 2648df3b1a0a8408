/// What tells one wait from another.
final class Ticket: Sendable {}

/// Waiters by what they wait for; of those that wait for the same the one that came first.
///
/// A pure value that knows nothing of tasks. Insertion and removal cost O(n): a test has few
/// waiters, and they mostly come in order.
struct WaitList<Key: Comparable, Waiter> {
    private struct Entry {
        let key: Key
        let ticket: Ticket
        let waiter: Waiter
    }

    private var entries: [Entry] = []

    /// The number of waiters.
    var count: Int { entries.count }

    /// The least of what is waited for.
    var leastKey: Key? { entries.first?.key }

    /// Adds a waiter behind those that wait for as much or less.
    mutating func insert(_ waiter: Waiter, as ticket: Ticket, at key: Key) {
        let place = entries.lastIndex { $0.key <= key }.map { $0 + 1 } ?? 0
        entries.insert(Entry(key: key, ticket: ticket, waiter: waiter), at: place)
    }

    /// Takes out one waiter; nil when it is not here, or no longer.
    mutating func remove(_ ticket: Ticket) -> Waiter? {
        guard let place = entries.firstIndex(where: { $0.ticket === ticket }) else { return nil }
        return entries.remove(at: place).waiter
    }

    /// Takes out, in order, all that wait for `key` or less.
    mutating func take(upTo key: Key) -> [Waiter] {
        let end = entries.firstIndex { $0.key > key } ?? entries.count
        defer { entries.removeFirst(end) }
        return entries[..<end].map(\.waiter)
    }
}
