import Testing

@testable import TuttiDiagnosis

@Suite struct RecordingWindowTests {
    private static var recording: Recording {
        var sketch = Sketch()
        sketch.thread([.absent(2), .runs(10), .waits(WaitReason(.network), 20), .runs(8)])
        sketch.thread([.runs(3)])
        var recording = sketch.recorded
        recording.began = 7_000_000
        recording.recorderTime = 400_000
        recording.add([
            .init(.job, "before", process: 1, thread: 1, from: 0, to: 4_000_000),
            .init(.job, "across", process: 1, thread: 1, from: 4_000_000, to: 9_000_000),
            .init(.job, "within", process: 1, thread: 1, from: 9_000_000, to: 12_000_000),
        ])
        return recording
    }

    @Test func `intervals, lives and spans are cut and moved`() {
        let window = Self.recording.window(from: 5_000_000, to: 15_000_000)
        #expect(window.duration == 10_000_000)
        #expect(window.began == 12_000_000)
        #expect(
            window.threads[0].intervals == [
                Interval(.running, from: 0, to: 7_000_000),
                Interval(.asleep, from: 7_000_000, to: 10_000_000, reason: 0),
            ])
        #expect(window.threads[0].born == 0)
        #expect(window.threads[0].died == 10_000_000)
        #expect(window.threads[1].intervals.isEmpty)
        #expect(window.spans.map(\.name) == ["across", "within"])
        #expect(window.spans.map(\.start) == [0, 4_000_000])
        #expect(window.spans.map(\.end) == [4_000_000, 7_000_000])
        #expect(window.recorderTime == 100_000)
    }

    @Test func `the window of all is all`() {
        let recording = Self.recording
        #expect(recording.window(from: 0, to: recording.duration) == recording)
        #expect(recording.window(from: 0, to: .max) == recording)
    }

    @Test func `a window that lies outside is empty`() {
        let window = Self.recording.window(from: 1_000_000_000, to: 2_000_000_000)
        #expect(window.duration == 0)
        #expect(window.threads.allSatisfy { $0.intervals.isEmpty })
        _ = Diagnosis(window)
    }

    @Test func `of folded slices those within are kept`() {
        var recording = Self.recording
        recording.folded = [0, 0.005, 0.01].map { Slice(start: $0, end: $0 + 0.005, cores: 2) }
        let window = recording.window(from: 5_000_000, to: 12_000_000)
        #expect(window.folded.map(\.start) == [0])
        #expect(window.folded.map(\.end) == [0.005])
    }
}
