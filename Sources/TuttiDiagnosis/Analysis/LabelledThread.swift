/// A thread's intervals with a reason for each sleep, known or taken from the nearest known one.
///
/// Sleeps shorter than a look at /proc, such as hand-offs of a lock, are never asked for their
/// reason. A thread tends to wait for the same thing again.
struct LabelledThread {
    /// What a sleep means for the program.
    enum Wait: Hashable {
        /// For something outside, so that the program as a whole waits.
        case outer(WaitReason)
        /// For a time, by a thread that does next to nothing, such as a watchdog.
        case background(WaitReason)
        /// For another part of the same program: a consequence, not a cause.
        case inner(WaitReason)
        /// A busy thread, held up by a lock.
        case held(WaitReason)
        /// Without work to do.
        case spare(WaitReason)
    }

    struct Stretch {
        var start: UInt64
        var end: UInt64
        var state: ThreadState
        var wait: Wait?

        /// Whether a lock holds the thread up.
        var isHeld: Bool {
            if case .held = wait { true } else { false }
        }
    }

    var stretches: [Stretch]
    /// As in ``ThreadRecord``.
    let wakeDelay: UInt64

    /// A sleep in a futex that is longer is a thread of a pool without work.
    static var longestHold: UInt64 { 100_000_000 }

    /// Labels the sleeps of a thread that is busy or not.
    ///
    /// - Parameters:
    ///   - thread: what it did.
    ///   - isBusy: whether it does a good part of the computing.
    ///   - reasons: those of the recording.
    ///   - usual: what threads of that name wait for, when nobody ever asked this one.
    init(
        _ thread: ThreadRecord, isBusy: Bool, reasons: [WaitReason], usual: WaitReason? = nil
    ) {
        let known = Self.reasons(of: thread, reasons: reasons)
        let waits = Self.waitLengths(of: thread.intervals) { (known[$0] ?? usual)?.kind == .lock }
        var stretches: [Stretch] = []
        stretches.reserveCapacity(thread.intervals.count)
        for (place, interval) in thread.intervals.enumerated() where interval.length > 0 {
            guard interval.state == .asleep else {
                stretches.append(
                    Stretch(start: interval.start, end: interval.end, state: interval.state))
                continue
            }
            let reason = known[place] ?? usual ?? WaitReason(.unknown)
            let wait = Self.wait(for: reason, length: waits[place], isBusy: isBusy)
            // The end of the sleep was a wait for a processor. Not for locks: hand-offs are short, and
            // the mean of a few long delays would swallow them.
            var wake = interval.end
            if reason.kind != .lock, interval.end < thread.died {
                wake -= min(thread.wakeDelay, interval.length / 10 * 9)
            }
            stretches.append(
                Stretch(start: interval.start, end: wake, state: .asleep, wait: wait))
            if wake < interval.end {
                stretches.append(Stretch(start: wake, end: interval.end, state: .ready))
            }
        }
        self.stretches = stretches
        wakeDelay = thread.wakeDelay
    }

    private static func wait(for reason: WaitReason, length: UInt64, isBusy: Bool) -> Wait {
        switch reason.kind {
        case .lock:
            isBusy && (length < longestHold || reason.act == .take) ? .held(reason) : .spare(reason)
        case .child, .pipe: .inner(reason)
        case .idle: .spare(reason)
        case .timer, .loopTimer: isBusy ? .outer(reason) : .background(reason)
        case .network, .disk, .terminal, .unknown: .outer(reason)
        }
    }

    /// How long each sleep is, by its place; those for locks with the ones that prolong them.
    ///
    /// A thread that is woken, finds nothing to do and sleeps again has not ended its wait: neither
    /// a thread of a pool that looks for work, nor one that is about to get a lock.
    private static func waitLengths(
        of intervals: [Interval], isLock: (_ place: Int) -> Bool
    ) -> [UInt64] {
        var lengths = intervals.map(\.length)
        var wait: [Int] = []
        var ran: UInt64 = 0
        func close() {
            guard wait.count > 1, let first = wait.first, let last = wait.last else { return }
            for place in wait { lengths[place] = intervals[last].end - intervals[first].start }
        }
        for (place, interval) in intervals.enumerated() {
            switch interval.state {
            case .ready: break
            case .running: ran += interval.length
            case .asleep:
                // Half a percent of the sleep before: 5 µs to look, after 5 ms for Python's lock.
                if let last = wait.last, ran * 200 >= intervals[last].length || !isLock(place) {
                    close()
                    wait = []
                }
                if isLock(place) { wait.append(place) }
                ran = 0
            }
        }
        close()
        return lengths
    }

    /// The reason of each interval that is a sleep, by its place.
    static func reasons(of thread: ThreadRecord, reasons: [WaitReason]) -> [WaitReason?] {
        let intervals = thread.intervals
        var found = [WaitReason?](repeating: nil, count: intervals.count)
        var distance = [UInt64](repeating: .max, count: intervals.count)
        var last: (reason: WaitReason, end: UInt64)?
        for (place, interval) in intervals.enumerated() where interval.state == .asleep {
            if reasons.indices.contains(Int(interval.reason)) {
                let reason = reasons[Int(interval.reason)]
                (found[place], distance[place]) = (reason, 0)
                last = (reason, interval.end)
            } else if let last {
                found[place] = last.reason
                distance[place] = interval.start - last.end
            }
        }
        var next: (reason: WaitReason, start: UInt64)?
        for place in intervals.indices.reversed() where intervals[place].state == .asleep {
            let interval = intervals[place]
            if distance[place] == 0, let reason = found[place] {
                next = (reason, interval.start)
            } else if let next, next.start - interval.end < distance[place] {
                found[place] = next.reason
            }
        }
        return found
    }
}
