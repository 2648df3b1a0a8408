/// Events in the order of their time.
///
/// A binary heap: O(log n) a step.
struct DelayHeap<Event> {
    private var entries: [(time: UInt64, event: Event)] = []

    /// The time of the next event.
    var nextTime: UInt64? { entries.first?.time }

    /// Adds an event.
    mutating func insert(_ event: Event, at time: UInt64) {
        entries.append((time, event))
        var place = entries.count - 1
        while place > 0, entries[place].time < entries[(place - 1) / 2].time {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes the next event out if its time has come.
    mutating func popFirst(dueBy now: UInt64) -> Event? {
        guard let first = entries.first, first.time <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < entries.count && entries[child].time < entries[least].time {
                least = child
            }
            guard least != place else { return first.event }
            entries.swapAt(place, least)
            place = least
        }
    }
}
