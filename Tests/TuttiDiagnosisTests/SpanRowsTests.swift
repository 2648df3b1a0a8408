import Testing

@testable import TuttiDiagnosis

@Suite struct SpanRowsTests {
    private static func span(
        _ name: String, _ start: UInt64, _ end: UInt64, _ kind: Recording.Span.Kind = .job
    ) -> Recording.Span {
        .init(kind, name, process: 1, thread: 1, from: start, to: end)
    }

    @Test func `spans that overlap lie below each other, spans that touch side by side`() {
        let rows = SpanRows(
            [Self.span("a", 0, 10), Self.span("b", 5, 30), Self.span("c", 10, 20)], most: 9)
        #expect(rows.rows.map { $0.map(\.name) } == [["a", "c"], ["b"]])
        #expect(rows.count == 3)
    }

    @Test func `rows are as many as spans overlap`() {
        let starts = (0..<UInt64(200)).map { $0 / 5 * 10 }
        let spans = starts.map { Self.span("", $0, $0 + 10) }
        #expect(SpanRows(spans, most: 100).rows.count == 5)
    }

    @Test func `what finds no row is counted`() {
        let rows = SpanRows((0..<10).map { Self.span("\($0)", 0, 9) }, most: 4)
        #expect(rows.rows.count == 4)
        #expect(rows.leftOut == 6)
    }

    @Test func `what lies within one column becomes one mark, drawn as the longest of them`() {
        var rows = SpanRows(
            [
                Self.span("a", 0, 2), Self.span("b", 2, 3, .steal), Self.span("c", 3, 9, .call),
                Self.span("long", 12, 95), Self.span("d", 96, 97), Self.span("e", 98, 99),
            ], most: 1)
        rows.thin(to: 10)
        #expect(
            rows.rows == [
                [
                    .init(kind: .call, name: "", start: 0, end: 9, count: 3),
                    .init(kind: .job, name: "long", start: 12, end: 95),
                    .init(kind: .job, name: "", start: 96, end: 99, count: 2),
                ]
            ])
    }

    @Test func `to thin again, twice as wide, joins what was joined`() {
        var rows = SpanRows((0..<64).map { Self.span("", $0, $0 + 1) }, most: 1)
        for (width, count) in [(2, 64), (4, 32), (8, 16)] as [(UInt64, Int)] {
            rows.thin(to: width)
            #expect(rows.rows[0].count <= count)
            #expect(rows.rows[0].reduce(0) { $0 + $1.count } == 64)
        }
        #expect(rows.rows[0].first?.start == 0)
        #expect(rows.rows[0].last?.end == 64)
    }
}
