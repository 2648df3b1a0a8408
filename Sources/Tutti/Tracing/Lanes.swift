/// Which spans of a trace had a thread to themselves, and so belong in its lane.
///
/// A viewer nests what is in a lane: each span lies within the one that it begins in, or after it. Spans of
/// tasks do not always, since a task leaves its thread to others while it waits. Such a span gets a row
/// of its own.
enum Lanes {
    /// Says for each event whether it goes to a lane; they are in order, as ``Trace/sort()`` has them.
    static func inLane(_ events: [Trace.Event], until end: MonotonicClock.Instant) -> [Bool] {
        var inLane = events.map {
            !$0.isMoment && !$0.kind.isOfNoThread && $0.endThread == $0.thread
        }
        // For each thread the spans that have begun and not ended.
        var open: [Trace.Place: [Int]] = [:]
        for (index, event) in events.enumerated() where inLane[index] {
            let place = Trace.Place(process: event.process, thread: event.thread)
            var stack = open[place] ?? []
            defer { open[place] = stack }
            while let outer = stack.last, (events[outer].end ?? end) <= event.start {
                stack.removeLast()
            }
            let last = event.end ?? end
            // Executors run no job inside another: the one around it was waiting.
            if event.kind == .job, let outer = stack.lastIndex(where: { events[$0].kind == .job }) {
                inLane[stack.remove(at: outer)] = false
            }
            // What begins within another and ends after it crosses it.
            while let outer = stack.last(where: { (events[$0].end ?? end) < last }) {
                guard events[outer].kind.isOfTask else {
                    inLane[index] = false
                    break
                }
                inLane[outer] = false
                stack.removeAll { $0 == outer }
            }
            if inLane[index] { stack.append(index) }
        }
        return inLane
    }
}

extension Trace.Kind {
    /// Whether it may leave its thread to others for a while.
    fileprivate var isOfTask: Bool {
        switch self {
        case .job, .wait, .span, .call: true
        default: false
        }
    }

    /// Whether the thread says nothing: a batch's view of a job, wherever that runs.
    fileprivate var isOfNoThread: Bool { self == .flight }
}
