/// A recording in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
public struct ChromeTrace: CustomStringConvertible {
    /// One JSON object with a line end.
    public let description: String

    /// Draws each thread's intervals, the phases above them, and what the program itself said.
    public init(_ diagnosis: Diagnosis) {
        let recording = diagnosis.recording
        var events: [String] = []
        events.append(Self.name("process_name", process: 0, thread: 0, "phases"))
        for phase in diagnosis.phases {
            events.append(
                Self.slice(
                    process: 0, thread: 0, start: phase.slice.start, end: phase.slice.end,
                    phase.verdict.title))
        }
        var named: Set<Int32> = []
        for thread in recording.threads {
            if named.insert(thread.process).inserted {
                events.append(
                    Self.name("process_name", process: thread.process, thread: 0, thread.name))
            }
            events.append(
                Self.name(
                    "thread_name", process: thread.process, thread: thread.thread, thread.name))
            for interval in thread.intervals {
                events.append(
                    Self.slice(
                        process: thread.process, thread: thread.thread,
                        start: seconds(interval.start), end: seconds(interval.end),
                        Self.title(interval, in: recording)))
            }
        }
        for (number, span) in recording.spans.enumerated() {
            events.append(contentsOf: Self.events(of: span, number: number))
        }
        description =
            "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"
            + events.joined(separator: ",\n") + "\n]}\n"
    }

    private static func title(_ interval: Interval, in recording: Recording) -> String {
        switch interval.state {
        case .running: "running"
        case .ready: "wants a core"
        case .asleep:
            recording.reason(of: interval).map { "waiting for \($0.kind.words)" } ?? "waiting"
        }
    }

    private static func name(_ what: String, process: Int32, thread: Int32, _ name: String)
        -> String
    {
        "{\"ph\":\"M\",\"name\":\"\(what)\",\"pid\":\(process),\"tid\":\(thread),"
            + "\"args\":{\"name\":\(Quoted.json(name))}}"
    }

    /// Spans of one thread may overlap, which only a beginning and an end of their own can say.
    private static func events(of span: Recording.Span, number: Int) -> [String] {
        let kind = span.kind.rawValue
        let name = Quoted.json(span.name.isEmpty ? kind : span.name)
        let place =
            "\"name\":\(name),\"cat\":\"\(kind)\",\"pid\":\(span.process),\"tid\":\(span.thread)"
        func time(_ nanoseconds: UInt64) -> String {
            "\"ts\":" + Figure.fixed(Double(nanoseconds) / 1e3, places: 3)
        }
        switch span.kind {
        case .job, .call, .wait:
            return [
                "{\"ph\":\"b\",\"id\":\(number),\(place),\(time(span.start))}",
                "{\"ph\":\"e\",\"id\":\(number),\(place),\(time(span.end))}",
            ]
        case .steal, .mark:
            return ["{\"ph\":\"i\",\"s\":\"t\",\(place),\(time(span.start))}"]
        }
    }

    private static func slice(
        process: Int32, thread: Int32, start: Double, end: Double, _ name: String
    ) -> String {
        "{\"ph\":\"X\",\"name\":\(Quoted.json(name)),\"pid\":\(process),\"tid\":\(thread),"
            + "\"ts\":\(Figure.fixed(start * 1e6, places: 3)),"
            + "\"dur\":\(Figure.fixed((end - start) * 1e6, places: 3))}"
    }
}
