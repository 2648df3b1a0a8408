import Testing
import Tutti
import TuttiDiagnosis

@testable import TuttiCommand

@Suite struct RunRecorderTests {
    private let run = MeasuredRun(
        workload: .frames, executor: .cores, count: 2, port: 0, progressFile: "",
        framesFolder: nil)

    private let measurement = Measurement(
        time: 1_000_400..<1_000_900, usage: .zero,
        stamps: [
            .init(start: 1_000_450, end: 1_000_900, process: 7, thread: 8),
            .init(start: 1_000_400, end: 1_000_600, process: 7, thread: 9),
        ], digest: "")

    private var recording: Recording {
        var recording = Recording(
            command: ["process 7"], processors: 2, source: .switches, duration: 2_000,
            threads: [
                ThreadRecord(
                    process: 7, thread: 7, parent: 1, name: "exe", born: 0, died: 2_000,
                    intervals: [Interval(.running, from: 0, to: 2_000)])
            ])
        recording.began = 1_000_000
        return recording
    }

    @Test func `what was before the first job and after the last is cut off`() throws {
        let result = RunRecorder.recorded(run, measurement, recording, gap: nil)
        let part = try #require(result.recording)
        #expect(result.gap == nil)
        #expect(part.command == ["frames on cores"])
        #expect(part.duration == 500)
        #expect(part.threads.first?.intervals == [Interval(.running, from: 0, to: 500)])
        #expect(part.threads.first?.name == "tutti")
    }

    @Test func `jobs are spans of the threads that ran them`() throws {
        let part = try #require(
            RunRecorder.recorded(run, measurement, recording, gap: nil).recording)
        #expect(part.spans.map(\.name) == ["frame 1", "frame 0"])
        #expect(part.spans.map(\.thread) == [9, 8])
        #expect(part.spans.map(\.start) == [0, 50])
        #expect(part.spans.map(\.end) == [200, 500])
    }

    @Test func `without a recording there are the jobs, and the reason`() throws {
        let result = RunRecorder.recorded(
            run, measurement, nil, gap: "there is no process 7.")
        let part = try #require(result.recording)
        #expect(
            result.gap
                == "What its threads did could not be recorded: there is no process 7.")
        #expect(part.threads.isEmpty)
        #expect(part.duration == 500)
        #expect(part.spans.map(\.start) == [0, 50])
        _ = Diagnosis(part)
    }
}
