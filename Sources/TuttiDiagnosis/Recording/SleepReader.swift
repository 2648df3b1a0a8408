internal import CDiagnosis
internal import Glibc

/// Asks threads that sleep for what they wait.
///
/// The files of a thread stay open while it lives: opening one costs four times what reading does.
final class SleepReader {
    private struct Files {
        var call: Int32
        var statistics: Int32
        var delay: UInt64
    }

    private let sockets = SocketKinds()
    private let table = CallTable.native
    private var files: [Int32: Files] = [:]
    private var looks = 0
    private var nextRefresh: UInt64 = 0
    /// Whose sleeps are about a socket that was taken for one of the network.
    private var guessed: Set<Int32> = []
    private let mostFiles: Int
    private let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 512)

    /// How often the system's lists of sockets may be read.
    private static var refreshPeriod: UInt64 { 100_000_000 }
    /// More sleeps are not asked at one look: those of a thread are alike.
    private static var mostAsked: Int { 128 }

    init() {
        var limit = rlimit()
        getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)
        // Two files a thread, and half of what this program may have open.
        mostFiles = Int(clamping: limit.rlim_cur) / 4
    }

    deinit {
        for thread in Array(files.keys) { forget(thread) }
        bytes.deallocate()
    }

    /// Looks at all sleeps of which the reason is not known.
    func look(at timeline: inout Timeline, time: UInt64) {
        looks += 1
        var sleeps: [(process: Int32, thread: Int32)] = []
        if time >= nextRefresh {
            nextRefresh = time + Self.refreshPeriod
            sockets.refresh()
            // Some sleep as long as the program lives: a guess must not stand for it.
            sleeps = timeline.liveThreads.filter { guessed.contains($0.thread) }
            guessed = []
        }
        timeline.forEachUnexplainedSleep { sleeps.append(($0, $1)) }
        // Another part each time, so that everybody is asked now and then.
        let begin = sleeps.count > Self.mostAsked ? looks &* Self.mostAsked % sleeps.count : 0
        for number in 0..<min(sleeps.count, Self.mostAsked) {
            let (process, thread) = sleeps[(begin + number) % sleeps.count]
            explain(process, thread, &timeline, time)
        }
    }

    private func explain(
        _ process: Int32, _ thread: Int32, _ timeline: inout Timeline, _ time: UInt64
    ) {
        guard let files = open(process, thread) else { return unknown(thread, &timeline, time) }
        if let statistics = statistics(files.statistics) {
            timeline.take(
                .hasWanted(thread: thread, nanoseconds: statistics.wanted &- files.delay),
                at: time)
        }
        let count = pread(files.call, bytes.baseAddress, bytes.count, 0)
        guard count > 0 else { return unknown(thread, &timeline, time) }
        // It runs again: its record will come.
        guard let call = SystemCall(line: bytes[..<count]) else { return }
        let process = LiveProcess(number: process, sockets: sockets)
        sockets.hasGuessed = false
        let sleep = SleepReason(call, table: table, in: process)
        if sockets.hasGuessed { guessed.insert(thread) }
        timeline.take(
            .waits(thread: thread, sleep?.reason ?? WaitReason(.unknown), end: sleep?.end),
            at: time)
    }

    /// Nobody may know, and asking again costs time.
    private func unknown(_ thread: Int32, _ timeline: inout Timeline, _ time: UInt64) {
        timeline.take(.waits(thread: thread, WaitReason(.unknown)), at: time)
    }

    private func statistics(_ file: Int32) -> ScheduleStatistics? {
        let count = pread(file, bytes.baseAddress, bytes.count, 0)
        return count > 0 ? ScheduleStatistics(line: bytes[..<count]) : nil
    }

    /// Takes what a thread wanted before it was recorded as nothing.
    func begin(_ process: Int32, _ thread: Int32) {
        guard let files = open(process, thread), let before = statistics(files.statistics) else {
            return
        }
        self.files[thread]?.delay = before.wanted
    }

    private func open(_ process: Int32, _ thread: Int32) -> Files? {
        if let known = files[thread] { return known }
        if files.count >= mostFiles { for thread in Array(files.keys) { forget(thread) } }
        let folder = "/proc/\(process)/task/\(thread)/"
        let call = Glibc.open(folder + "syscall", O_RDONLY | O_CLOEXEC)
        guard call >= 0 else { return nil }
        let statistics = Glibc.open(folder + "schedstat", O_RDONLY | O_CLOEXEC)
        let opened = Files(call: call, statistics: statistics, delay: 0)
        files[thread] = opened
        return opened
    }

    /// A thread has ended.
    func forget(_ thread: Int32) {
        guessed.remove(thread)
        guard let gone = files.removeValue(forKey: thread) else { return }
        close(gone.call)
        if gone.statistics >= 0 { close(gone.statistics) }
    }
}
