/// Which threads are drawn in which lane.
///
/// Processes keep together. Where there are more threads than lanes, as with make, those that do not
/// live at the same time share one; what is left over then is left out, the idlest first.
struct Lanes {
    struct Lane: Hashable {
        var name: String
        /// Whether a process begins here.
        var isFirst: Bool
        /// Places in the recording.
        var threads: [Int]
        /// Nanoseconds in which they had a processor.
        var ran: UInt64
    }

    let lanes: [Lane]

    init(_ recording: Recording, most: Int) {
        let threads = recording.threads.indices.filter { !recording.threads[$0].intervals.isEmpty }
        let lanes =
            threads.count <= most
            ? Self.separate(threads, of: recording) : Self.packed(threads, of: recording)
        guard lanes.count > most else {
            self.lanes = lanes
            return
        }
        let kept = Set(lanes.indices.sorted { lanes[$0].ran > lanes[$1].ran }.prefix(most))
        self.lanes = lanes.indices.filter(kept.contains).map { lanes[$0] }
    }

    private static func separate(_ threads: [Int], of recording: Recording) -> [Lane] {
        var processes: [Int32] = []
        var members: [Int32: [Int]] = [:]
        for place in threads {
            let process = recording.threads[place].process
            if members[process] == nil { processes.append(process) }
            members[process, default: []].append(place)
        }
        return processes.flatMap { process in
            (members[process] ?? []).enumerated().map { number, place in
                let thread = recording.threads[place]
                return Lane(
                    name: number == 0
                        ? "\(thread.name) \(thread.process)" : "thread \(thread.thread)",
                    isFirst: number == 0, threads: [place], ran: thread.processorTime)
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
                        name: "lane \(lanes.count + 1)", isFirst: false, threads: [place],
                        ran: thread.processorTime))
                ends.append(thread.died)
            }
        }
        for place in lanes.indices where lanes[place].threads.count == 1 {
            lanes[place].name = recording.threads[lanes[place].threads[0]].name
        }
        return lanes
    }
}
