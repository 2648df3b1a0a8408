import Foundation
import Testing

@testable import Tutti

@Suite struct ChromeJSONTests {
    private static func event(
        _ kind: Trace.Kind, _ name: String, _ start: UInt64, _ end: UInt64?
    ) -> Trace.Event {
        Trace.Event(
            kind: kind, name: name, process: 1, thread: 2, start: .init(nanoseconds: start),
            end: end.map { .init(nanoseconds: $0) }, endThread: 2)
    }

    private static func events(_ trace: Trace) throws -> [[String: Any]] {
        let json = try JSONSerialization.jsonObject(with: Data(trace.chromeJSON.utf8))
        let events = try #require(json as? [String: Any])["traceEvents"]
        return try #require(events as? [[String: Any]])
    }

    @Test func `a trace of nothing is a file all the same`() throws {
        #expect(try Self.events(Trace()).isEmpty)
    }

    @Test(arguments: [
        "plain", "a \"quote\"", "\u{0}\u{1}\u{1F}\n\t\\", "<b>\u{2028}", "ä\u{301}\"",
    ])
    func `names are whatever they are`(name: String) throws {
        var trace = Trace()
        trace.events = [Self.event(.job, name, 1, 2)]
        trace.threadNames = [Trace.Place(process: 1, thread: 2): name]
        trace.processNames = [1: name]
        let events = try Self.events(trace)
        #expect(events.compactMap { $0["ph"] as? String } == ["M", "M", "X"])
        #expect(events.last?["name"] as? String == name)
        #expect((events.first?["args"] as? [String: Any])?["name"] as? String == name)
    }

    @Test func `times are microseconds, to the nanosecond`() throws {
        var trace = Trace()
        trace.events = [Self.event(.job, "", 1_000_000_007, 1_000_001_010)]
        #expect(trace.chromeJSON.contains("\"ts\":1000000.007,\"dur\":1.003,"))
        #expect(try Self.events(trace).first?["name"] as? String == "job")
    }

    @Test func `what overlaps is a pair under a name of its own`() throws {
        var trace = Trace()
        trace.events = [Self.event(.job, "A", 10, 50), Self.event(.job, "B", 20, 60)]
        trace.end = .init(nanoseconds: 100)
        let events = try Self.events(trace)
        let pairs = events.filter { $0["ph"] as? String != "X" }
        #expect(pairs.compactMap { $0["ph"] as? String } == ["b", "e"])
        #expect(Set(pairs.compactMap { $0["id"] as? String }).count == 1)
    }

    @Test func `moments, limits and what never ended are told apart`() throws {
        var (mark, limit) = (Self.event(.mark, "m", 1, 1), Self.event(.limit, "", 2, 2))
        (mark.isMoment, limit.isMoment, limit.number) = (true, true, 8)
        var trace = Trace()
        trace.events = [mark, limit, Self.event(.job, "A", 3, nil)]
        trace.end = .init(nanoseconds: 1003)
        let events = try Self.events(trace)
        #expect(events.compactMap { $0["ph"] as? String } == ["i", "C", "X"])
        #expect((events[1]["args"] as? [String: Any])?["number"] as? Int == 8)
        #expect((events[2]["args"] as? [String: Any])?["unfinished"] as? Bool == true)
        #expect(events[2]["dur"] as? Double == 1)
    }

    @Test func `a file that cannot be written is an error`() {
        #expect(throws: SystemError.self) { try Trace().write(to: "/nowhere/trace.json") }
        // No room: found out when the last bytes are written.
        #expect(throws: SystemError.self) { try Trace().write(to: "/dev/full") }
    }
}
