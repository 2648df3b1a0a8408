@testable import TuttiDiagnosis

/// A minute of a hundred restless threads that tell of a hundred thousand jobs.
enum Busy {
    static let recording: Recording = {
        let minute: UInt64 = 60_000_000_000
        var random = Linear()
        var recording = Recording(
            command: ["busy"], processors: 8, source: .switches, duration: minute,
            reasons: [WaitReason(.network), WaitReason(.disk), WaitReason(.lock, object: 1)])
        var spans: [Recording.Span] = []
        for number in 0..<Int32(100) {
            var thread = ThreadRecord(
                process: 1000 + number / 10 * 10, thread: 1000 + number, parent: 1, name: "server",
                born: 0, died: minute)
            var time: UInt64 = 0
            while time < minute {
                let end = min(minute, time + 1_000_000 + random.next(below: 60_000_000))
                let state: ThreadState = [.running, .asleep, .asleep, .ready][
                    Int(random.next(below: 4))]
                thread.intervals.append(
                    Interval(
                        state, from: time, to: end,
                        reason: state == .asleep ? Int32(random.next(below: 3)) : -1))
                time = end
            }
            recording.threads.append(thread)
            for job in 0..<1000 {
                let start = UInt64(job) * 60_000_000 + random.next(below: 20_000_000)
                spans.append(
                    Recording.Span(
                        job % 10 == 0 ? .wait : .job, "request \(number)-\(job)",
                        process: thread.process, thread: thread.thread, from: start,
                        to: min(minute, start + random.next(below: 90_000_000))))
            }
        }
        recording.add(spans)
        return recording
    }()

    /// Numbers that look random and are the same in each run.
    private struct Linear {
        var state: UInt64 = 1

        mutating func next(below bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
    }
}
