import Testing

@testable import TuttiDiagnosis

@Suite struct SavedRecordingTests {
    private static var recording: Recording {
        var sketch = Sketch()
        sketch.thread(
            named: "a b%\n", wakeDelay: 0.5,
            [.absent(3), .runs(5), .ready(2), .waits(WaitReason(.network, .read, object: 9), 70)]
                .times(4))
        sketch.thread([.waits(nil, 3), .runs(200)])
        sketch.thread([])
        var recording = sketch.recorded
        recording.command = ["python3", "a b.py", "", "ü%"]
        recording.ending = .killed(9)
        recording.sourceReason = "perf_event_open: no"
        recording.lost = 3
        recording.recorderTime = 1234
        recording.began = 81_263_000_000_000
        recording.add([
            .init(.job, "page </b> 1", process: 100, thread: 100, from: 3_000_000, to: 9_000_000),
            .init(.job, "", process: 100, thread: 101, from: 3_000_000, to: 3_000_000),
            .init(.steal, "ü%", process: 7, thread: 8, from: 0, to: 200),
        ])
        recording.leftOutSpans = 5
        return recording
    }

    @Test func `what is saved is read again`() throws {
        let recording = Self.recording
        #expect(try SavedRecording.read(SavedRecording.bytes(of: recording)) == recording)
    }

    @Test func `what was folded is read again`() throws {
        var recording = Self.recording
        recording.folded = Sweep.slices(of: recording)
        let read = try SavedRecording.read(SavedRecording.bytes(of: recording))
        #expect(read == recording)
    }

    @Test func `a file from before there were spans is read`() throws {
        let text = """
            tutti recording 1
            facts 2 switches 9000 0 1 0 exited 0
            command true
            thread 4711 4711 4710 0 9000 12 true
            r9000
            """
        let read = try SavedRecording.read(Array(text.utf8))
        #expect(read.threads.first?.processorTime == 9000)
        #expect(read.spans.isEmpty)
        #expect(read.began == 0)
    }

    @Test func `a recording of nothing is read again`() throws {
        let recording = Recording(command: [], processors: 1, source: .sampling, duration: 0)
        #expect(try SavedRecording.read(SavedRecording.bytes(of: recording)) == recording)
    }

    @Test(arguments: [
        ("", "line 1: this is no recording that this version can read."),
        ("hello", "line 1: this is no recording that this version can read."),
        ("tutti recording 1\n", "line 3: the file ends before the facts."),
        ("tutti recording 1\nzebra\n", "line 2: 'zebra' is not known."),
        ("tutti recording 1\nfacts 0 switches 1 0 0 0 exited 0\n", "line 2: the facts are wrong."),
        ("tutti recording 1\nslice 0 0\n", "line 2: the facts must come first."),
        ("tutti recording 1\nspan job 0 0 1 1\n", "line 2: what was said makes no sense."),
        ("tutti recording 1\nsaid-by 1\n", "line 2: what was said makes no sense."),
        ("tutti recording 1\nleft-out -1\n", "line 2: a count is wrong."),
    ])
    func `a file that is no recording is refused with a sentence`(text: String, sentence: String) {
        let error = #expect(throws: SavedRecording.Problem.self) {
            try SavedRecording.read(Array(text.utf8))
        }
        #expect(error?.description == sentence)
    }

    @Test func `no damage traps the reader or the diagnosis`() {
        var recording = Self.recording
        recording.folded = Array(Sweep.slices(of: recording).prefix(3))
        let bytes = SavedRecording.bytes(of: recording)
        var random = SystemRandomNumberGenerator()
        var accepted = 0
        for round in 0..<300 {
            var damaged = bytes
            for _ in 0...round % 4 {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                switch round % 3 {
                case 0: damaged[place] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.remove(at: place)
                default: damaged.insert(UInt8.random(in: 48...57, using: &random), at: place)
                }
            }
            guard let read = try? SavedRecording.read(damaged) else { continue }
            accepted += 1
            // A length that grew to years makes a long ribbon, and no trap.
            _ = Diagnosis(read)
        }
        #expect(accepted > 0)
    }
}
