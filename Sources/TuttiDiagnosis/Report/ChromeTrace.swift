/// A recording in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
public struct ChromeTrace: CustomStringConvertible {
    /// One JSON object with a line end.
    public let description: String

    /// Draws each thread's intervals, and the phases above them.
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

    private static func slice(
        process: Int32, thread: Int32, start: Double, end: Double, _ name: String
    ) -> String {
        "{\"ph\":\"X\",\"name\":\(Quoted.json(name)),\"pid\":\(process),\"tid\":\(thread),"
            + "\"ts\":\(Figure.fixed(start * 1e6, places: 3)),"
            + "\"dur\":\(Figure.fixed((end - start) * 1e6, places: 3))}"
    }
}
