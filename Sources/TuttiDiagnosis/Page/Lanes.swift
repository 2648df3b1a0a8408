/// Which threads are drawn in which lane, and which spans below them.
///
/// Processes keep together. Where many threads follow each other, as with make, those that do not
/// live at the same time share a lane. Threads without work are not drawn, and of what is still too
/// much the idlest is left out, but nobody who has something to say before one who has not.
struct Lanes {
    struct Lane: Hashable {
        var name: String
        /// Which threads, if the name does not say it.
        var detail = ""
        /// Whether a process begins here.
        var isFirst: Bool
        /// Places in the recording.
        var threads: [Int]
        /// Nanoseconds in which they had a processor.
        var ran: UInt64
        /// Places among the spans of the recording.
        var spans: [Int] = []
    }

    /// A thread as spans know it.
    private struct Owner: Hashable {
        var process: Int32
        var thread: Int32
    }

    let lanes: [Lane]
    /// How many threads without work are not drawn.
    let idleThreads: Int
    /// How many lanes are too many.
    let leftOut: Int

    /// Divides the threads of a recording.
    ///
    /// - Parameters:
    ///   - recording: what is drawn.
    ///   - mostThreads: more threads share lanes, if half of the lanes are enough then.
    ///   - most: there are no more lanes.
    init(_ recording: Recording, mostThreads: Int, most: Int) {
        let speakers = Set(
            recording.spans.map { Owner(process: $0.process, thread: $0.thread) })
        let seen = recording.threads.indices.filter { !recording.threads[$0].intervals.isEmpty }
        var threads = seen.filter { place in
            let thread = recording.threads[place]
            return speakers.contains(Owner(process: thread.process, thread: thread.thread))
                || !Self.isIdle(thread, in: recording)
        }
        if threads.isEmpty { threads = seen }
        idleThreads = seen.count - threads.count
        var lanes: [Lane] = []
        if threads.count > mostThreads { lanes = Self.packed(threads, of: recording) }
        if lanes.isEmpty || lanes.count > threads.count / 2, threads.count <= most {
            lanes = Self.separate(threads, of: recording)
        }
        Self.give(recording, to: &lanes)
        leftOut = max(0, lanes.count - most)
        guard lanes.count > most else {
            self.lanes = lanes
            return
        }
        func weight(_ lane: Lane) -> (Int, UInt64) { (lane.spans.isEmpty ? 0 : 1, lane.ran) }
        let kept = Set(
            lanes.indices.sorted { weight(lanes[$0]) > weight(lanes[$1]) }.prefix(most))
        self.lanes = lanes.indices.filter(kept.contains).map { lanes[$0] }
    }

    /// Whether a thread, which says nothing, hardly computes and waits for work nearly all the time.
    ///
    /// Where the program says what it does, a thread that says nothing is not asked what it waits for.
    private static func isIdle(_ thread: ThreadRecord, in recording: Recording) -> Bool {
        guard thread.processorTime < recording.duration / 50 else { return false }
        guard recording.spans.isEmpty else { return true }
        let life = thread.died - min(thread.born, thread.died)
        let reasons = LabelledThread.reasons(of: thread, reasons: recording.reasons)
        var waited: UInt64 = 0
        for (interval, reason) in zip(thread.intervals, reasons) where interval.state == .asleep {
            switch reason?.kind {
            case .lock, .idle: waited += interval.length
            // One that never came.
            case .pipe where interval.length > life / 100 * 99: waited += interval.length
            default: break
            }
        }
        return waited >= life / 100 * 95
    }

    private static func separate(_ threads: [Int], of recording: Recording) -> [Lane] {
        var processes: [Int32] = []
        var members: [Int32: [Int]] = [:]
        for place in threads {
            let process = recording.threads[place].process
            if members[process] == nil { processes.append(process) }
            members[process, default: []].append(place)
        }
        // A process is called as its first thread is.
        let names = Dictionary(
            recording.threads.map { ($0.process, $0.name) }, uniquingKeysWith: { first, _ in first }
        )
        return processes.flatMap { process in
            let common = names[process] ?? ""
            return (members[process] ?? []).enumerated().map { number, place in
                let thread = recording.threads[place]
                // Most threads are called as their process is, which says nothing.
                let name = thread.name == common ? "thread \(thread.thread)" : thread.name
                var lane = Lane(
                    name: name, isFirst: number == 0, threads: [place], ran: thread.processorTime)
                if number == 0 {
                    lane.name = "\(common) \(process)"
                    lane.detail = thread.thread == process ? "" : name
                }
                return lane
            }
        }
    }

    /// First fit in the order of birth.
    private static func packed(_ threads: [Int], of recording: Recording) -> [Lane] {
        var lanes: [Lane] = []
        var ends: [UInt64] = []
        for place in threads.sorted(by: {
            (recording.threads[$0].born, $0) < (recording.threads[$1].born, $1)
        }) {
            let thread = recording.threads[place]
            if let free = ends.firstIndex(where: { $0 <= thread.born }) {
                lanes[free].threads.append(place)
                lanes[free].ran += thread.processorTime
                ends[free] = thread.died
            } else {
                lanes.append(
                    Lane(
                        name: "", isFirst: false, threads: [place],
                        ran: thread.processorTime))
                ends.append(thread.died)
            }
        }
        for place in lanes.indices {
            let members = lanes[place].threads.map { recording.threads[$0] }
            let busiest = members.max { $0.processorTime < $1.processorTime }
            let isAlone = Set(members.map(\.name)).count == 1
            lanes[place].name = (busiest?.name ?? "") + (isAlone ? "" : ", …")
            if members.count > 1 { lanes[place].detail = "\(members.count) threads" }
        }
        return lanes
    }

    /// Gives each span to the lane of its thread; one that nobody saw gets a lane of its own.
    private static func give(_ recording: Recording, to lanes: inout [Lane]) {
        var homes: [Owner: [(born: UInt64, lane: Int)]] = [:]
        for (number, lane) in lanes.enumerated() {
            for place in lane.threads {
                let thread = recording.threads[place]
                homes[Owner(process: thread.process, thread: thread.thread), default: []]
                    .append((thread.born, number))
            }
        }
        var processes = Set(recording.threads.map(\.process))
        for (place, span) in recording.spans.enumerated() {
            let owner = Owner(process: span.process, thread: span.thread)
            // A number may be used again: its last owner at that time.
            let home = homes[owner].flatMap { known in
                known.last { $0.born <= span.start } ?? known.first
            }
            if let home {
                lanes[home.lane].spans.append(place)
                continue
            }
            let isFirst = processes.insert(span.process).inserted
            homes[owner] = [(0, lanes.count)]
            let name = isFirst ? "process \(span.process)" : "thread \(span.thread)"
            lanes.append(Lane(name: name, isFirst: isFirst, threads: [], ran: 0, spans: [place]))
        }
    }
}
