import Foundation
import Testing

@testable import TuttiDiagnosis

@Suite struct DrawingTests {
    private struct Lane: Decodable {
        let name: String
        let note: String?
        let first: Bool?
        let cells: String?
        let rows: [[Int]]?
    }

    private struct Data: Decodable {
        let end: Double
        let cells: Int
        let tick: Double
        let said: [[String]]
        let lanes: [Lane]
        let phases: [Phase]
        let use: [[Double]]

        /// Two numbers and three texts.
        struct Phase: Decodable {
            let start: Double
            let title: String

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                start = try list.decode(Double.self)
                _ = try list.decode(Double.self)
                _ = try list.decode(String.self)
                title = try list.decode(String.self)
            }
        }
    }

    private static func data(
        _ recording: Recording, room: Int = 240_000
    ) throws -> (data: Data, drawing: Drawing) {
        let drawing = Drawing(Diagnosis(recording), room: room)
        return (try JSONDecoder().decode(Data.self, from: .init(drawing.data.utf8)), drawing)
    }

    private static func job(
        _ name: String, thread: Int32, _ start: Double, _ end: Double,
        process: Int32 = 100, kind: Recording.Span.Kind = .job
    ) -> Recording.Span {
        .init(
            kind, name, process: process, thread: thread, from: UInt64(start * 1e6),
            to: UInt64(end * 1e6))
    }

    @Test func `a lane has its cells, and its spans with their kinds, names and times`() throws {
        var sketch = Sketch()
        sketch.thread(named: "loop", [.runs(4), .waits(WaitReason(.network), 4)])
        var recording = sketch.recorded
        recording.add([
            Self.job("one", thread: 100, 1, 5), Self.job("two", thread: 100, 2, 6),
            Self.job("one", thread: 100, 5, 8), Self.job("", thread: 100, 7, 7, kind: .mark),
        ])
        let data = try Self.data(recording).data
        #expect(data.end == 0.008)
        #expect(data.tick == 1e-9)
        #expect(data.said == [["job", "one"], ["job", "two"], ["mark", ""]])
        #expect(data.lanes.map(\.name) == ["loop 100"])
        #expect(data.lanes[0].note == "ran 4 ms")
        #expect(data.lanes[0].cells == "R9*2047R1n8N9*2046N1-")
        #expect(
            data.lanes[0].rows == [
                [1_000_000, 4_000_000, 0, 4_000_000, 3_000_000, 0],
                [2_000_000, 4_000_000, 1, 5_000_000, 0, 2],
            ])
    }

    @Test func `a span of a thread that nobody saw has a lane of its own`() throws {
        var sketch = Sketch()
        sketch.thread([.runs(9)])
        var recording = sketch.recorded
        recording.add([
            Self.job("a", thread: 5, 0, 1), Self.job("b", thread: 7, 0, 1, process: 7),
            Self.job("c", thread: 5, 2, 3),
        ])
        let lanes = try Self.data(recording).data.lanes
        #expect(lanes.map(\.name) == ["work 100", "thread 5", "process 7"])
        #expect(lanes.map { $0.cells == nil } == [false, true, true])
        #expect(lanes.map { $0.rows?.first?.count } == [nil, 6, 3])
        #expect(lanes.map { $0.first ?? false } == [true, false, true])
    }

    @Test func `a number that is used again gives its spans to the thread of that time`() throws {
        var recording = Recording(
            command: [], processors: 1, source: .switches, duration: 20_000_000)
        for (process, start) in [(1, 0), (2, 10)] as [(Int32, UInt64)] {
            recording.threads.append(
                ThreadRecord(
                    process: 1, thread: 5, parent: 1, name: "p\(process)",
                    born: start * 1_000_000, died: (start + 9) * 1_000_000,
                    intervals: [
                        Interval(
                            .running, from: start * 1_000_000, to: (start + 9) * 1_000_000)
                    ]))
        }
        recording.add([
            Self.job("first", thread: 5, 1, 2, process: 1),
            Self.job("second", thread: 5, 11, 12, process: 1),
        ])
        let lanes = try Self.data(recording).data.lanes
        #expect(lanes.map { $0.rows?.first?.last } == [0, 1])
    }

    @Test func `threads that wait for work are counted, unless they say something`() throws {
        let lock = WaitReason(.lock, object: 9)
        var sketch = Sketch()
        sketch.thread([.runs(500), .waits(WaitReason(.network), 500)])
        sketch.thread([.waits(lock, 1000)])
        sketch.thread([.runs(1), .waits(lock, 600), .runs(1), .waits(lock, 398)])
        sketch.thread([.runs(1), .waits(WaitReason(.network), 999)])
        var (data, drawing) = try Self.data(sketch.recorded)
        #expect(data.lanes.map(\.name) == ["work 100", "thread 103"])
        #expect(drawing.notes == ["2 more threads that wait for work."])
        var recording = sketch.recorded
        recording.add([Self.job("a", thread: 101, 0, 1000)])
        (data, drawing) = try Self.data(recording)
        #expect(data.lanes.map(\.name) == ["work 100", "thread 101"])
    }

    @Test func `a process is named also where its first thread has nothing to do`() throws {
        var sketch = Sketch()
        sketch.thread(named: "tool", [.waits(WaitReason(.lock), 1000)])
        sketch.thread(named: "worker", process: 100, [.runs(1000)])
        let lane = try #require(try Self.data(sketch.recorded).data.lanes.first)
        #expect(lane.name == "tool 100")
        #expect(lane.note == "worker, ran 1.00 s")
    }

    @Test func `spans that do not fit are joined, and none is lost`() throws {
        var sketch = Sketch()
        sketch.thread([.runs(60_000)])
        var recording = sketch.recorded
        recording.add(
            (0..<20_000).map {
                Self.job("job \($0)", thread: 100, Double($0) * 3, Double($0) * 3 + 2)
            } + [Self.job("long", thread: 100, 20_000, 50_000)])
        let (data, drawing) = try Self.data(recording, room: 20_000)
        #expect(drawing.data.utf8.count < 20_000)
        var count = 0
        for row in data.lanes[0].rows ?? [] {
            var place = 0
            while place < row.count {
                let isOne = row[place + 2] >= 0
                count += isOne ? 1 : row[place + 3]
                place += isOne ? 3 : 4
            }
        }
        #expect(count == 20_001)
        #expect(data.said.contains(["job", "long"]))
        #expect(drawing.notes.isEmpty)
    }

    @Test func `more jobs at once than a screen has lines are counted`() throws {
        var sketch = Sketch()
        sketch.thread([.runs(10)])
        var recording = sketch.recorded
        recording.add((0..<300).map { Self.job("\($0)", thread: 100, 0, 10) })
        let drawing = try Self.data(recording).drawing
        #expect(drawing.notes == ["Of 300 jobs and the like, 60 are not drawn."])
    }

    @Test func `names from outside stay text`() throws {
        let name = "</script><b>'\"&\u{2028}\\<\u{301}"
        var sketch = Sketch()
        sketch.thread(named: name, [.runs(9)])
        var recording = sketch.recorded
        recording.add([Self.job(name, thread: 100, 0, 1)])
        let (data, drawing) = try Self.data(recording)
        #expect(data.said == [["job", name]])
        #expect(data.lanes.first?.name == name + " 100")
        #expect(!drawing.data.unicodeScalars.contains("<"))
        #expect(!drawing.data.contains("\u{2028}"))
    }

    @Test func `a long name is cut`() throws {
        var sketch = Sketch()
        sketch.thread([.runs(9)])
        var recording = sketch.recorded
        recording.add([Self.job(String(repeating: "x", count: 5000), thread: 100, 0, 1)])
        #expect(try Self.data(recording).data.said.first?.last?.count == 60)
    }

    @Test func `a recording of nothing is drawn`() throws {
        let empty = Recording(command: [], processors: 1, source: .sampling, duration: 0)
        let data = try Self.data(empty).data
        #expect(data.lanes.isEmpty)
        #expect(data.end == 0)
        var spoken = empty
        spoken.add([Self.job("a", thread: 1, 0, 0)])
        #expect(try Self.data(spoken).data.lanes.count == 1)
    }

    @Test func `cells become coarser where lanes are restless`() throws {
        var sketch = Sketch()
        for number in 0..<50 {
            sketch.thread(
                (0..<1000).flatMap { turn -> [Sketch.Step] in
                    [.runs(Double((turn * 7 + number) % 13)), .waits(WaitReason(.disk), 5)]
                })
        }
        let (data, drawing) = try Self.data(sketch.recorded, room: 100_000)
        #expect(data.cells < 4096)
        #expect(data.cells >= 64)
        #expect(drawing.data.utf8.count < 130_000)
        #expect(data.use.count <= 640)
    }
}
