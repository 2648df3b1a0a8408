internal import CDiagnosis

/// Turns switch records into events of a timeline.
///
/// A pure rule about what the kernel may send: the switch of a thread that nobody saw start, the
/// last switch of one that has ended, numbers that are used again.
struct SwitchReader {
    /// Threads that ended; their last switch comes after their end.
    private var ended: Set<Int32> = []
    /// CLOCK_MONOTONIC when the recording began.
    private let begin: UInt64

    init(begin: UInt64) { self.begin = begin }

    /// Tells a timeline what a record says; the thread that ended, if one did.
    mutating func read(_ record: diagnosis_record, into timeline: inout Timeline) -> Int32? {
        let thread = record.thread
        let time = record.time > begin ? record.time - begin : 0
        guard thread > 0 else { return nil }
        switch Int(record.kind) {
        case DIAGNOSIS_STARTS:
            ended.remove(thread)
            // A new thread has the name of the thread that made it, until it is told another.
            timeline.take(
                .starts(
                    process: record.process, thread: thread, parent: record.other, name: ""),
                at: time)
        case DIAGNOSIS_ENDS:
            timeline.take(.ends(thread: thread), at: time)
            ended.insert(thread)
            return thread
        case DIAGNOSIS_NAME:
            timeline.take(.isCalled(thread: thread, name: record.text), at: time)
        case DIAGNOSIS_RUNS: change(record, to: .running, at: time, in: &timeline)
        case DIAGNOSIS_SLEEPS: change(record, to: .asleep, at: time, in: &timeline)
        case DIAGNOSIS_READY: change(record, to: .ready, at: time, in: &timeline)
        default: break
        }
        return nil
    }

    private func change(
        _ record: diagnosis_record, to state: ThreadState, at time: UInt64,
        in timeline: inout Timeline
    ) {
        guard !timeline.change(record.thread, to: state, at: time),
            !ended.contains(record.thread), record.process > 0
        else { return }
        timeline.take(
            .starts(
                process: record.process, thread: record.thread, parent: record.process,
                name: ""), at: time)
        timeline.change(record.thread, to: state, at: time)
    }
}
