import Testing

@testable import Tutti
@testable import TuttiDiagnosis

@Suite struct TracedSpansTests {
    private static func event(
        _ kind: Trace.Kind, _ name: String = "", from start: UInt64, to end: UInt64?,
        number: Int? = nil
    ) -> Trace.Event {
        Trace.Event(
            kind: kind, name: name, process: 10, thread: 11, start: .init(nanoseconds: start),
            end: end.map { .init(nanoseconds: $0) }, number: number, endThread: 11)
    }

    private static func spans(_ events: [Trace.Event]) -> [Recording.Span] {
        var recording = Recording(
            command: ["a"], processors: 2, source: .switches, duration: 1000)
        recording.began = 5000
        var trace = Trace()
        trace.events = events
        return TracedSpans.spans(of: trace, in: recording)
    }

    @Test func `times count from the beginning of the recording`() {
        let spans = Self.spans([Self.event(.job, "A", from: 5100, to: 5300)])
        #expect(spans == [.init(.job, "A", process: 10, thread: 11, from: 100, to: 300)])
    }

    @Test func `what is under way at the end goes on until then`() {
        let spans = Self.spans([
            Self.event(.job, "A", from: 5100, to: nil), Self.event(.call, from: 5100, to: 9000),
        ])
        #expect(spans.map(\.end) == [1000, 1000])
    }

    @Test func `what lies outside is left out`() {
        let spans = Self.spans([
            Self.event(.job, "A", from: 100, to: 4000), Self.event(.job, "A", from: 7000, to: 8000),
            Self.event(.job, "A", from: 4000, to: 5001),
        ])
        #expect(spans.map(\.end) == [1])
    }

    @Test func `a flight counts where nobody saw the job`() {
        let spans = Self.spans([
            Self.event(.flight, "A", from: 5100, to: 5300),
            Self.event(.job, "A", from: 5200, to: 5300),
            Self.event(.flight, "B", from: 5400, to: 5500),
        ])
        #expect(spans.map(\.name) == ["A", "B"])
        #expect(spans.map(\.start) == [200, 400])
    }

    @Test func `numbers are told, lives are not`() {
        let spans = Self.spans([
            Self.event(.steal, from: 5100, to: 5200, number: 3),
            Self.event(.load, from: 5100, to: 5200, number: 1),
            Self.event(.load, from: 5100, to: 5200, number: 12),
            Self.event(.span, "page", from: 5100, to: 5200, number: 7),
            Self.event(.thread, from: 5100, to: 5200), Self.event(.worker, from: 5100, to: 5200),
        ])
        #expect(
            spans.map(\.name) == [
                "branch of worker 3", "a job in a worker", "12 jobs in a worker", "page 7",
            ])
    }
}
