/// Puts together what each thread did from what was seen of it, event by event.
///
/// A pure state machine: events in, a recording out. It survives whatever order the world has in
/// store: threads that nobody saw start, ends that come twice, numbers that are used again.
struct Timeline {
    /// What was seen.
    enum Event: Hashable {
        /// A thread begins; a process' first thread has the number of the process.
        case starts(process: Int32, thread: Int32, parent: Int32, name: String)
        /// A thread is gone.
        case ends(thread: Int32)
        /// A thread, or its program, has another name.
        case isCalled(thread: Int32, name: String)
        /// A thread does something else from now on.
        case does(thread: Int32, ThreadState)
        /// The sleep that goes on has this reason.
        case waits(thread: Int32, WaitReason)
        /// How long this thread has waited for a processor since it began, all together.
        case hasWanted(thread: Int32, nanoseconds: UInt64)
    }

    /// A thread that lives.
    private struct Live {
        /// Its place in `threads`.
        var place: Int
        var state: ThreadState
        var since: UInt64
        var reason: Int32 = -1
        /// Its sleeps so far.
        var sleeps: UInt64 = 0
        /// For how long it was seen waiting for a processor.
        var ready: UInt64 = 0
    }

    private(set) var threads: [ThreadRecord] = []
    private(set) var reasons: [WaitReason] = []
    private(set) var intervalCount = 0
    private var places: [WaitReason: Int32] = [:]
    private var live: [Int32: Live] = [:]

    /// The most reasons that are told apart; a program can lock any number of addresses.
    private static var mostReasons: Int { 100_000 }

    /// Takes in what happened to a thread at a time, in nanoseconds since the beginning.
    mutating func take(_ event: Event, at time: UInt64) {
        switch event {
        case .starts(let process, let thread, let parent, let name):
            if live[thread] != nil { end(thread, at: time) }
            let name = name.isEmpty ? inheritedName(process: process, parent: parent) : name
            live[thread] = Live(place: threads.count, state: .ready, since: time)
            threads.append(
                ThreadRecord(
                    process: process, thread: thread, parent: parent, name: name, born: time,
                    died: time))
        case .ends(let thread): end(thread, at: time)
        case .isCalled(let thread, let name):
            guard let place = live[thread]?.place else { return }
            threads[place].name = name
        case .does(let thread, let state): change(thread, to: state, at: time)
        case .waits(let thread, let reason):
            guard live[thread]?.state == .asleep else { return }
            let number = number(of: reason)
            live[thread]?.reason = number
        case .hasWanted(let thread, let nanoseconds):
            guard let live = live[thread], live.sleeps > 0 else { return }
            // What was not seen lies at the ends of sleeps.
            threads[live.place].wakeDelay =
                nanoseconds > live.ready ? (nanoseconds - live.ready) / live.sleeps : 0
        }
    }

    /// The threads that sleep and whose reason nobody has asked for yet.
    func forEachUnexplainedSleep(_ body: (_ process: Int32, _ thread: Int32) -> Void) {
        for (thread, live) in live where live.state == .asleep && live.reason < 0 {
            body(threads[live.place].process, thread)
        }
    }

    /// Whether a thread lives.
    func isAlive(_ thread: Int32) -> Bool { live[thread] != nil }

    /// The threads that live.
    var liveThreads: [(process: Int32, thread: Int32)] {
        live.map { (threads[$0.value.place].process, $0.key) }
    }

    /// What a thread does now; nil when it is gone.
    func state(of thread: Int32) -> ThreadState? { live[thread]?.state }

    /// Drops what was before a time.
    mutating func forget(before time: UInt64) {
        intervalCount = 0
        for place in threads.indices {
            threads[place].intervals.removeAll { $0.end <= time }
            if let first = threads[place].intervals.first, first.start < time {
                threads[place].intervals[0].start = time
            }
            intervalCount += threads[place].intervals.count
        }
    }

    /// Closes what is under way.
    mutating func finish(at time: UInt64) {
        for thread in Array(live.keys) { end(thread, at: time) }
    }

    private func inheritedName(process: Int32, parent: Int32) -> String {
        (live[process] ?? live[parent]).map { threads[$0.place].name } ?? ""
    }

    private mutating func number(of reason: WaitReason) -> Int32 {
        if let number = places[reason] { return number }
        // Beyond, one stands for all of its kind.
        let kept =
            reasons.count < Self.mostReasons
            ? reason : WaitReason(reason.kind, reason.act)
        if let number = places[kept] { return number }
        let number = Int32(reasons.count)
        reasons.append(kept)
        places[kept] = number
        return number
    }

    private mutating func change(_ thread: Int32, to state: ThreadState, at time: UInt64) {
        // Two records of the same change, or a look that shows nothing new.
        guard var next = live[thread], next.state != state else { return }
        close(next, at: time)
        if next.state == .ready, time > next.since { next.ready += time - next.since }
        if state == .asleep { next.sleeps += 1 }
        (next.state, next.since, next.reason) = (state, max(time, next.since), -1)
        live[thread] = next
    }

    private mutating func end(_ thread: Int32, at time: UInt64) {
        guard let before = live.removeValue(forKey: thread) else { return }
        close(before, at: time)
        threads[before.place].died = max(time, before.since)
    }

    private mutating func close(_ live: Live, at time: UInt64) {
        guard time > live.since else { return }
        threads[live.place].intervals.append(
            Interval(live.state, from: live.since, to: time, reason: live.reason))
        threads[live.place].died = time
        intervalCount += 1
    }
}
