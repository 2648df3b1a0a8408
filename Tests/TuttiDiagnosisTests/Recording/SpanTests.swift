import Testing

@testable import TuttiDiagnosis

@Suite struct SpanTests {
    private static func span(
        _ start: UInt64, _ end: UInt64, _ name: String = ""
    ) -> Recording.Span {
        .init(.job, name, process: 1, thread: 1, from: start, to: end)
    }

    private static var empty: Recording {
        Recording(command: [], processors: 1, source: .switches, duration: 0)
    }

    @Test func `spans stand in the order of their starts, the outer before the inner`() {
        var recording = Self.empty
        recording.add([Self.span(5, 6, "last"), Self.span(1, 2, "inner")])
        recording.add([Self.span(1, 9, "outer")])
        #expect(recording.spans.map(\.name) == ["outer", "inner", "last"])
        #expect(recording.leftOutSpans == 0)
    }

    @Test func `of too many the longest are kept, and the others counted`() {
        var recording = Self.empty
        let most = Recording.mostSpans
        recording.add((0..<most).lazy.map { Self.span(UInt64($0), UInt64($0) + 5) })
        recording.add((0..<3).lazy.map { Self.span(UInt64($0), UInt64($0) + 9) })
        recording.add([Self.span(0, 1)])
        #expect(recording.spans.count == most)
        #expect(recording.leftOutSpans == 4)
        #expect(recording.spans.count { $0.length == 9 } == 3)
        #expect(!recording.spans.contains { $0.length == 1 })
    }

    @Test func `a span does not end before it starts`() {
        #expect(Self.span(7, 3).length == 0)
    }

    @Test func `times of the clock count from when the recording began`() {
        var recording = Self.empty
        recording.began = 1000
        #expect(recording.time(of: 1500) == 500)
        #expect(recording.time(of: 900) == 0)
    }
}
