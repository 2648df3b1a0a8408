import Testing

@testable import Tutti

@Suite struct LanesTests {
    private static func span(
        _ kind: Trace.Kind, _ start: UInt64, _ end: UInt64?, on thread: Int32 = 1,
        endsOn endThread: Int32? = nil
    ) -> Trace.Event {
        Trace.Event(
            kind: kind, name: "", process: 1, thread: thread, start: .init(nanoseconds: start),
            end: end.map { .init(nanoseconds: $0) }, endThread: endThread ?? thread)
    }

    private static func inLane(_ events: [Trace.Event]) -> [Bool] {
        Lanes.inLane(events, until: .init(nanoseconds: 1000))
    }

    @Test func `spans within each other and after each other share a lane`() {
        let spans = [
            Self.span(.thread, 0, nil), Self.span(.job, 10, 50), Self.span(.span, 20, 30),
            Self.span(.span, 30, 50), Self.span(.call, 60, 70),
        ]
        #expect(Self.inLane(spans).allSatisfy { $0 })
    }

    @Test func `jobs that overlap on one thread get rows of their own`() {
        let spans = [Self.span(.job, 10, 50), Self.span(.job, 20, 60), Self.span(.job, 30, 70)]
        #expect(Self.inLane(spans) == [false, false, true])
    }

    @Test func `a job that lies within another had its thread while that one waited`() {
        #expect(Self.inLane([Self.span(.job, 10, 50), Self.span(.job, 20, 30)]) == [false, true])
    }

    @Test func `what moved between threads, and flights, get rows of their own`() {
        let spans = [Self.span(.job, 10, 50, endsOn: 2), Self.span(.flight, 10, 50)]
        #expect(Self.inLane(spans) == [false, false])
    }

    @Test func `a span that crosses what cannot wait gives way`() {
        let spans = [Self.span(.steal, 10, 50), Self.span(.span, 20, 60)]
        #expect(Self.inLane(spans) == [true, false])
    }

    @Test func `threads and processes do not disturb each other`() {
        var other = Self.span(.job, 20, 60)
        other.process = 2
        let spans = [Self.span(.job, 10, 50), other, Self.span(.job, 30, 70, on: 2)]
        #expect(Self.inLane(spans) == [true, true, true])
    }
}
