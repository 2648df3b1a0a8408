/// The parts that wait, first come first served, except for what comes back to the front.
struct PartQueue: Sendable {
    private var parts: [CrewState.Part] = []
    /// What stands before this place was taken.
    private var start = 0
    /// How many jobs wait; parts that will be passed over do not count.
    var jobs = 0

    var first: CrewState.Part? { start < parts.count ? parts[start] : nil }

    mutating func append(_ part: CrewState.Part) {
        parts.append(part)
        jobs += part.jobs.count
    }

    mutating func prepend(_ part: CrewState.Part) {
        jobs += part.jobs.count
        if start > 0 {
            start -= 1
            parts[start] = part
        } else {
            parts.insert(part, at: 0)
        }
    }

    /// Takes the first part; there is one.
    mutating func removeFirst() {
        jobs -= parts[start].jobs.count
        passOver()
    }

    /// Takes the first part, whose jobs are not counted any more.
    mutating func passOver() {
        start += 1
        if start == parts.count {
            parts.removeAll(keepingCapacity: start <= 1024)
            start = 0
        } else if start > 64, start * 2 > parts.count {
            parts.removeFirst(start)
            start = 0
        }
    }

    /// Takes out the parts of a ticket, wherever they are.
    mutating func remove(ticket: Int) -> [CrewState.Part] {
        let removed = parts[start...].filter { $0.ticket == ticket }
        guard !removed.isEmpty else { return [] }
        parts = parts[start...].filter { $0.ticket != ticket }
        start = 0
        for part in removed { jobs -= part.jobs.count }
        return Array(removed)
    }

    mutating func removeAll() -> [CrewState.Part] {
        defer { self = PartQueue() }
        return Array(parts[start...])
    }
}
