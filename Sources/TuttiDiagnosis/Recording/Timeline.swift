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
        /// The sleep that goes on has this reason; or another one, if it is over before an end.
        case waits(thread: Int32, WaitReason, end: SleepReason.End? = nil)
        /// How long this thread has waited for a processor since it began, all together.
        case hasWanted(thread: Int32, nanoseconds: UInt64)
    }

    /// What a thread that lives does just now.
    private struct Now {
        var state: ThreadState
        var since: UInt64
        var reason: Int32 = -1
        /// When a wait for a time is over, and its reason if something else came before.
        var end: (time: UInt64, otherwise: Int32)?
        /// Its sleeps so far.
        var sleeps: UInt64 = 0
        /// For how long it was seen waiting for a processor.
        var ready: UInt64 = 0
    }

    private(set) var threads: [ThreadRecord] = []
    private(set) var reasons: [WaitReason] = []
    private(set) var intervalCount = 0
    private var places: [WaitReason: Int32] = [:]
    /// Of the threads that live: their place in `threads` and in `nows`.
    private var live: [Int32: Int] = [:]
    private var nows: [Now] = []

    /// The most reasons that are told apart; a program can lock any number of addresses.
    private static var mostReasons: Int { 100_000 }

    /// Takes in what happened to a thread at a time, in nanoseconds since the beginning.
    mutating func take(_ event: Event, at time: UInt64) {
        switch event {
        case .starts(let process, let thread, let parent, let name):
            if live[thread] != nil { end(thread, at: time) }
            let name = name.isEmpty ? inheritedName(process: process, parent: parent) : name
            live[thread] = threads.count
            nows.append(Now(state: .ready, since: time))
            threads.append(
                ThreadRecord(
                    process: process, thread: thread, parent: parent, name: name, born: time,
                    died: time))
        case .ends(let thread): end(thread, at: time)
        case .isCalled(let thread, let name):
            guard let place = live[thread] else { return }
            threads[place].name = name
        case .does(let thread, let state): change(thread, to: state, at: time)
        case .waits(let thread, let reason, let end):
            guard let place = live[thread], nows[place].state == .asleep else { return }
            nows[place].reason = number(of: reason)
            nows[place].end = end.map { end in
                switch end.time {
                case .afterStart(let length):
                    (nows[place].since + length, number(of: end.otherwise))
                case .afterNow(let length): (time + length, number(of: end.otherwise))
                }
            }
        case .hasWanted(let thread, let nanoseconds):
            guard let place = live[thread], nows[place].sleeps > 0 else { return }
            // What was not seen lies at the ends of sleeps.
            let (ready, sleeps) = (nows[place].ready, nows[place].sleeps)
            threads[place].wakeDelay = nanoseconds > ready ? (nanoseconds - ready) / sleeps : 0
        }
    }

    /// The threads that sleep and whose reason nobody has asked for yet.
    func forEachUnexplainedSleep(_ body: (_ process: Int32, _ thread: Int32) -> Void) {
        for (thread, place) in live
        where nows[place].state == .asleep && nows[place].reason < 0 {
            body(threads[place].process, thread)
        }
    }

    /// Whether a thread lives.
    func isAlive(_ thread: Int32) -> Bool { live[thread] != nil }

    /// The threads that live.
    var liveThreads: [(process: Int32, thread: Int32)] {
        live.map { (threads[$0.value].process, $0.key) }
    }

    /// What a thread does now; nil when it is gone.
    func state(of thread: Int32) -> ThreadState? { live[thread].map { nows[$0].state } }

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
        (live[process] ?? live[parent]).map { threads[$0].name } ?? ""
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

    /// Lets a thread do something else; false when nobody knows it.
    ///
    /// The event of nearly all records, so it is looked up once.
    @discardableResult
    mutating func change(_ thread: Int32, to state: ThreadState, at time: UInt64) -> Bool {
        guard let place = live[thread] else { return false }
        // Two records of the same change, or a look that shows nothing new.
        guard nows[place].state != state else { return true }
        close(place, at: time)
        let since = nows[place].since
        if nows[place].state == .ready, time > since { nows[place].ready += time - since }
        if state == .asleep { nows[place].sleeps += 1 }
        nows[place].state = state
        nows[place].since = max(time, since)
        nows[place].reason = -1
        nows[place].end = nil
        return true
    }

    private mutating func end(_ thread: Int32, at time: UInt64) {
        guard let place = live.removeValue(forKey: thread) else { return }
        close(place, at: time)
        threads[place].died = max(time, nows[place].since)
    }

    private mutating func close(_ place: Int, at time: UInt64) {
        let now = nows[place]
        guard time > now.since else { return }
        var reason = now.reason
        // Nearly there is there: a look is not exact, nor is when a thread was seen to fall asleep.
        if let end = now.end, end.time > now.since,
            time + (end.time - now.since) / 10 + 1_000_000 < end.time
        {
            reason = end.otherwise
        }
        threads[place].intervals.append(
            Interval(now.state, from: now.since, to: time, reason: reason))
        threads[place].died = time
        intervalCount += 1
    }
}
