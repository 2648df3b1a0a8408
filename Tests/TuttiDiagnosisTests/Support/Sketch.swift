@testable import TuttiDiagnosis

/// A recording drawn by hand, in milliseconds.
struct Sketch {
    private var recording: Recording

    init(cores: Int = 2, source: Recording.Source = .switches) {
        recording = Recording(command: ["sketch"], processors: cores, source: source, duration: 0)
        recording.looks = 1000
    }

    /// What a thread does, one after the other.
    enum Step {
        case runs(Double)
        case ready(Double)
        case waits(WaitReason?, Double)
        case absent(Double)
    }

    /// Adds a thread that does these steps from 0 on.
    mutating func thread(
        named name: String = "work", process: Int32? = nil, wakeDelay: Double = 0, _ steps: [Step]
    ) {
        let number = Int32(recording.threads.count + 100)
        var time = 0.0
        var born: Double?
        var intervals: [Interval] = []
        func nanoseconds(_ milliseconds: Double) -> UInt64 {
            UInt64((milliseconds * 1e6).rounded())
        }
        func add(_ state: ThreadState, _ length: Double, _ reason: Int32 = -1) {
            if born == nil { born = time }
            intervals.append(
                Interval(
                    state, from: nanoseconds(time), to: nanoseconds(time + length), reason: reason))
            time += length
        }
        for step in steps {
            switch step {
            case .runs(let length): add(.running, length)
            case .ready(let length): add(.ready, length)
            case .waits(let reason?, let length):
                if !recording.reasons.contains(reason) { recording.reasons.append(reason) }
                add(.asleep, length, Int32(recording.reasons.firstIndex(of: reason) ?? -1))
            case .waits(nil, let length): add(.asleep, length)
            case .absent(let length): time += length
            }
        }
        recording.threads.append(
            ThreadRecord(
                process: process ?? 100, thread: number, parent: 1, name: name,
                born: nanoseconds(born ?? 0), died: nanoseconds(time),
                wakeDelay: nanoseconds(wakeDelay), intervals: intervals))
        recording.duration = max(recording.duration, nanoseconds(time))
    }

    /// The recording.
    var recorded: Recording { recording }
    /// What is said about it.
    var diagnosis: Diagnosis { Diagnosis(recording) }
}

extension Array<Sketch.Step> {
    /// The same steps again and again.
    func times(_ count: Int) -> Self { (0..<count).flatMap { _ in self } }
}
