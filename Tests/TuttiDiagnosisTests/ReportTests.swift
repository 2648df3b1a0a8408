import Foundation
import Testing

@testable import TuttiDiagnosis

@Suite struct ReportTests {
    private static let network = WaitReason(.network, .read, object: 3)

    private static var sketch: Sketch {
        var sketch = Sketch()
        sketch.thread(named: "py\"<b>", [.runs(2), .waits(network, 76)].times(9) + [.runs(500)])
        return sketch
    }

    @Test func `the report says what is and what could be`() {
        let report = TextReport(Self.sketch.diagnosis)
        #expect(report.lines[0] == "1.20 s could be about 346 ms, 3.5 times faster.")
        #expect(report.lines.contains { $0.contains("Waiting for the network: 9 waits in a row") })
        #expect(report.lines.contains { $0.contains("start these 9 together (concurrentMap)") })
        #expect(report.lines.count <= 15)
    }

    @Test func `a program of many phases gets at most fifteen lines`() {
        let lock = WaitReason(.lock, object: 1)
        var sketch = Sketch()
        sketch.thread(
            [.runs(300), .ready(200)]
                + [.waits(WaitReason(.network), 50)].times(6)
                + [.waits(WaitReason(.disk), 50)].times(6)
                + [.waits(WaitReason(.timer), 50)].times(6)
                + [.runs(10), .waits(WaitReason(.pipe), 10)].times(15)
                + [.runs(10), .waits(lock, 10)].times(15)
                + [.waits(WaitReason(.terminal), 50)].times(6))
        sketch.thread([.absent(1700)] + [.waits(lock, 10), .runs(10)].times(15) + [.runs(300)])
        #expect(sketch.diagnosis.rows.count > 5)
        #expect(TextReport(sketch.diagnosis).lines.count <= 15)
    }

    @Test func `the JSON is JSON, and says the verdict`() throws {
        let text = JSONReport(Self.sketch.diagnosis).description
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let whole = try #require(object["whole"] as? [String: Any])
        #expect(whole["verdict"] as? String == "mixed")
        #expect(whole["waitsFor"] as? String == "network")
        let phases = try #require(object["phases"] as? [[String: Any]])
        #expect(phases.map { $0["verdict"] as? String } == ["waiting", "one-core"])
    }

    @Test func `the trace is JSON with every interval`() throws {
        let sketch = Self.sketch
        let text = ChromeTrace(sketch.diagnosis).description
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let events = try #require(object["traceEvents"] as? [[String: Any]])
        let slices = events.filter { $0["ph"] as? String == "X" && $0["pid"] as? Int != 0 }
        #expect(slices.count == sketch.recorded.threads[0].intervals.count)
        #expect(slices.compactMap { $0["dur"] as? Double }.reduce(0, +) == 1_202_000)
    }

    @Test func `the trace has spans with an end of their own, since they may overlap`() throws {
        var recording = Self.sketch.recorded
        recording.add([
            .init(.job, "</script>\"", process: 100, thread: 100, from: 1500, to: 9500),
            .init(.wait, "", process: 100, thread: 100, from: 2000, to: 3000),
            .init(.steal, "", process: 100, thread: 100, from: 7000, to: 7100),
        ])
        let text = ChromeTrace(Diagnosis(recording)).description
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let events = try #require(object["traceEvents"] as? [[String: Any]])
        func times(_ phase: String) -> [Double] {
            events.filter { $0["ph"] as? String == phase }.compactMap { $0["ts"] as? Double }
        }
        #expect(times("b") == [1.5, 2])
        #expect(times("e") == [9.5, 3])
        #expect(times("i") == [7])
        let names = events.filter { $0["ph"] as? String == "b" }.map { $0["name"] as? String }
        #expect(names == ["</script>\"", "wait"])
    }

    @Test func `the JSON counts what the program said`() throws {
        var recording = Self.sketch.recorded
        recording.add(
            (0..<3).map { .init(.job, "", process: 1, thread: 1, from: $0, to: $0 + 1) })
        recording.leftOutSpans = 2
        let text = JSONReport(Diagnosis(recording)).description
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let spans = try #require(object["spans"] as? [String: Int])
        #expect(spans == ["job": 3, "call": 0, "wait": 0, "steal": 0, "mark": 0, "leftOut": 2])
    }

    @Test(arguments: [
        ("cores>=0.4", true), ("cores >= 1.8", false), ("idle<0.6", true), ("locked<=0", true),
        ("depth>3", false),
    ])
    func `a condition is checked`(text: String, holds: Bool) throws {
        let check = try #require(Check(text))
        #expect(check.holds(for: Self.sketch.diagnosis.whole.slice) == holds)
    }

    @Test func `two recordings are compared, and the prediction with them`() {
        var serial = Sketch()
        serial.thread([.runs(1), .waits(Self.network, 50)].times(10))
        var together = Sketch()
        for _ in 0..<10 { together.thread([.runs(1), .waits(Self.network, 50)]) }
        let lines = Contrast(before: serial.diagnosis, after: together.diagnosis).lines
        #expect(
            lines[0] == "Against the recording before: 510 ms then, 51 ms now, 10 times faster.")
        #expect(lines[1].hasPrefix("  Predicted about 6"))
        #expect(
            lines[2] == "  In all it was waiting for the network, and is many waits for the "
                + "network at once.")
        let same = Contrast(before: serial.diagnosis, after: serial.diagnosis).lines
        #expect(same[0].hasSuffix("the same."))
    }

    @Test func `runs with more workers stand beside their predictions`() {
        var one = Sketch()
        one.thread([.runs(200)])
        var two = Sketch()
        two.thread([.runs(100)])
        two.thread([.runs(100)])
        let lines = Verification([(2, two.diagnosis), (1, one.diagnosis)]).lines
        #expect(
            lines == [
                "Jobs, measured, and predicted from 1:", "  1: 200 ms, computing on one core.",
                "  2: 100 ms, at best 100 ms (+0 %), all cores busy.",
            ])
        #expect(Verification([]).lines.isEmpty)
    }

    @Test(arguments: ["", "cores", "cores>=", "zebra>1", "cores=1", "cores>=x", "cores>=nan"])
    func `what is no condition is refused`(text: String) {
        #expect(Check(text) == nil)
    }

    @Test(arguments: [
        (0, "0 s"), (1.97, "1.97 s"), (0.076, "76 ms"), (1.3e-6, "1.3 µs"), (0.9996, "1.00 s"),
        (12.34, "12.3 s"), (75, "75.0 s"), (605, "10 min 5 s"),
    ])
    func `times are short`(seconds: Double, text: String) {
        #expect(Figure.seconds(seconds) == text)
    }
}
