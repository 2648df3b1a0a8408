internal import Glibc

/// Looks at /proc for what the threads of a program do, where the kernel records no switches.
final class Sampler {
    private let root: Int32
    private var processes: Set<Int32>
    private var last: [Int32: ScheduleStatistics] = [:]
    private var lastTime: UInt64 = 0
    private var lastSearch: UInt64?

    /// How often new threads and processes are looked for: the costly part of a look.
    private static var searchPeriod: UInt64 { 10_000_000 }

    init(root: Int32) {
        self.root = root
        processes = [root]
    }

    /// Tells a timeline what all threads do; those that have ended.
    func look(at timeline: inout Timeline, time: UInt64) -> [Int32] {
        // A process that is gone by now still has threads to end.
        var followed = processes
        if lastSearch.map({ time - $0 >= Self.searchPeriod }) ?? true {
            search(&timeline, time: time)
            lastSearch = time
        }
        followed.formUnion(processes)
        var ended: [Int32] = []
        for (process, thread) in timeline.liveThreads
        where followed.contains(process) && !update(process, thread, &timeline, time: time) {
            timeline.take(.ends(thread: thread), at: time)
            last[thread] = nil
            ended.append(thread)
        }
        lastTime = time
        return ended
    }

    /// Whether there is such a thread that has not ended.
    static func lives(_ thread: Int32, of process: Int32) -> Bool {
        ProcFiles.bytes("/proc/\(process)/task/\(thread)/stat", capacity: 512)
            .flatMap { ThreadStatus(line: $0)?.activity } != nil
    }

    /// Says whether the thread lives.
    private func update(
        _ process: Int32, _ thread: Int32, _ timeline: inout Timeline, time: UInt64
    ) -> Bool {
        let folder = "/proc/\(process)/task/\(thread)/"
        guard let line = ProcFiles.bytes(folder + "stat", capacity: 512),
            let state = ThreadStatus(line: line)?.activity
        else { return false }
        let now = ProcFiles.bytes(folder + "schedstat", capacity: 128)
            .flatMap { ScheduleStatistics(line: $0) }
        let before = last[thread]
        last[thread] = now
        guard let now, let before, state == .asleep else {
            // `R` also means that it wants a processor: the time that it waited for one tells.
            let waited = now.flatMap { now in before.map { now.wanted &- $0.wanted } } ?? 0
            let isReady = state == .running && waited * 2 > time - lastTime
            timeline.take(.does(thread: thread, isReady ? .ready : state), at: time)
            return true
        }
        // It ran and sleeps again: another sleep, and perhaps for another reason.
        if now.turns != before.turns, timeline.state(of: thread) == .asleep {
            let ran = min(now.ran &- before.ran, (time - lastTime) / 2)
            timeline.take(.does(thread: thread, .running), at: time - ran)
        }
        timeline.take(.does(thread: thread, .asleep), at: time)
        return true
    }

    private func search(_ timeline: inout Timeline, time: UInt64) {
        var seen: Set<Int32> = []
        // Once found, a process is followed even when its parent is gone.
        var todo = Array(processes)
        while let process = todo.popLast() {
            guard seen.insert(process).inserted else { continue }
            let threads = ProcFiles.numbers(in: "/proc/\(process)/task")
            if threads.isEmpty { processes.remove(process) } else { processes.insert(process) }
            for thread in threads {
                if !timeline.isAlive(thread) { start(process, thread, &timeline, time: time) }
                let children = ProcFiles.text("/proc/\(process)/task/\(thread)/children") ?? ""
                todo += children.split(separator: " ").compactMap { Int32($0) }
            }
        }
    }

    private func start(
        _ process: Int32, _ thread: Int32, _ timeline: inout Timeline, time: UInt64
    ) {
        guard let line = ProcFiles.bytes("/proc/\(process)/task/\(thread)/stat", capacity: 512),
            let status = ThreadStatus(line: line), let state = status.activity
        else { return }
        timeline.take(
            .starts(
                process: process, thread: thread, parent: status.parent, name: status.name),
            at: time)
        timeline.take(.does(thread: thread, state), at: time)
    }
}
