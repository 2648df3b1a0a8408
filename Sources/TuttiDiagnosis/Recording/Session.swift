internal import CDiagnosis
internal import Glibc
internal import Tutti

/// A recording in progress: looks, and what they have shown so far.
struct Session: ~Copyable {
    private let root: Int32
    private let processors: Int
    private var begin: UInt64
    private let timeBefore: UInt64
    private var timeline = Timeline()
    private var reader: SwitchReader
    private let sleeps = SleepReader()
    private let sampler: Sampler
    private let strays = Strays()
    private var records: SwitchRecords?
    private var sourceReason = ""
    private var pace = Pace()
    private var looks = 0
    private var folding = Folding()

    init(root: Int32, processors: Int) {
        self.root = root
        self.processors = processors
        begin = MonotonicClock.nanoseconds
        timeBefore = diagnosis_own_processor_time()
        reader = SwitchReader(begin: begin)
        sampler = Sampler(root: root)
    }

    /// How long to rest before the next look, in nanoseconds.
    var pause: UInt64 { pace.pause }

    private var now: UInt64 { MonotonicClock.nanoseconds - begin }

    func isOver(after time: Duration?) -> Bool {
        time.map { Duration.nanoseconds(Int64(now)) >= $0 } ?? false
    }

    /// Opens the better source for threads, or notes why it cannot be had.
    mutating func open(_ threads: [Int32], onlySamples: Bool) {
        guard !onlySamples else {
            sourceReason = "as asked"
            return
        }
        do throws(SystemError) {
            let records = try SwitchRecords()
            for thread in threads {
                do throws(SystemError) {
                    try records.add(thread)
                } catch {
                    // It ended meanwhile.
                    if error.code != ESRCH { throw error }
                }
            }
            self.records = consume records
        } catch {
            sourceReason = "\(error.call): \(error.reason)"
        }
    }

    /// Adds all threads of a process that runs, and of its children; false when it is gone.
    mutating func attach(onlySamples: Bool) -> Bool {
        _ = sampler.look(at: &timeline, time: 0)
        let threads = timeline.liveThreads
        guard !threads.isEmpty else { return false }
        open(threads.map(\.thread), onlySamples: onlySamples)
        for (process, thread) in threads { sleeps.begin(process, thread) }
        return true
    }

    /// Lets the recording begin now, with this.
    mutating func begin(with event: Timeline.Event) {
        begin = MonotonicClock.nanoseconds
        reader = SwitchReader(begin: begin)
        timeline.take(event, at: 0)
    }

    /// Looks once.
    mutating func look() {
        let before = diagnosis_own_processor_time()
        looks += 1
        drain()
        let time = now
        sleeps.look(at: &timeline, time: time)
        folding.fold(&timeline, processors: processors, now: time)
        pace.looked(for: diagnosis_own_processor_time() - before)
    }

    private mutating func drain() {
        let time = MonotonicClock.nanoseconds
        guard records != nil else {
            for thread in sampler.look(at: &timeline, time: time - begin) { sleeps.forget(thread) }
            return
        }
        // What is suspected was recorded before the last look.
        let gone = strays.look(at: &timeline, time: time - begin)
        records?.take(until: time) { record in
            guard let thread = reader.read(record, into: &timeline) else { return }
            sleeps.forget(thread)
            strays.ended(thread, of: record.process)
        }
        for thread in gone { sleeps.forget(thread) }
    }

    /// Ends the recording.
    consuming func finish(command: [String]) -> Recording {
        drain()
        // The last records of the program are younger than the look that took them.
        drain()
        let end = now
        timeline.finish(at: end)
        var recording = Recording(
            command: command, processors: processors,
            source: records == nil ? .sampling : .switches, duration: end,
            threads: timeline.threads, reasons: timeline.reasons)
        recording.began = begin
        recording.sourceReason = sourceReason
        recording.folded = folding.slices
        recording.lost = records?.lost ?? 0
        recording.looks = looks
        recording.recorderTime = diagnosis_own_processor_time() - timeBefore
        return recording
    }
}
