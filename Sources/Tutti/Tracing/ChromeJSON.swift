internal import Glibc

extension Trace {
    /// The trace in the format of `chrome://tracing`, which ui.perfetto.dev opens as well.
    ///
    /// Source: "Trace Event Format", the Chromium project. Times are those of the monotonic clock.
    public var chromeJSON: String {
        var json = ""
        forEachPiece { json += $0 }
        return json
    }

    /// Writes ``chromeJSON`` to a file, in the place of what was there.
    ///
    /// - Throws: ``SystemError`` when it cannot be written.
    public func write(to path: String) throws(SystemError) {
        guard let file = fopen(path, "we") else { throw SystemError("open", subject: path) }
        forEachPiece { piece in
            var piece = piece
            piece.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        }
        // Both, since the last bytes are written by the second.
        let hasFailed = ferror(file) != 0
        guard fclose(file) == 0, !hasFailed else { throw SystemError("write", subject: path) }
    }

    /// Gives the text line by line: a long trace takes twice as much memory as a string.
    private func forEachPiece(_ body: (String) -> Void) {
        body("{\"displayTimeUnit\":\"ms\",\"otherData\":{\"lost\":\(lost)},\"traceEvents\":[\n")
        var separator = ""
        func line(_ text: String) {
            body(separator + text)
            separator = ",\n"
        }
        for (process, name) in processNames.sorted(by: { $0.key < $1.key }) {
            line(Self.called("process_name", process, process, name))
        }
        let threads = threadNames.sorted {
            ($0.key.process, $0.key.thread) < ($1.key.process, $1.key.thread)
        }
        for (place, name) in threads {
            line(Self.called("thread_name", place.process, place.thread, name))
        }
        let inLane = Lanes.inLane(events, until: end)
        for (index, event) in events.enumerated() {
            for text in lines(of: event, index, inLane: inLane[index]) { line(text) }
        }
        body("\n]}\n")
    }

    private static func called(
        _ what: String, _ process: Int32, _ thread: Int32, _ name: String
    ) -> String {
        "{\"ph\":\"M\",\"name\":\"\(what)\",\"pid\":\(process),\"tid\":\(thread),"
            + "\"args\":{\"name\":\(jsonLiteral(name))}}"
    }

    private func lines(of event: Event, _ index: Int, inLane: Bool) -> [String] {
        let name = jsonLiteral(event.name.isEmpty ? "\(event.kind)" : event.name)
        func head(_ phase: String, _ thread: Int32, _ time: MonotonicClock.Instant) -> String {
            "{\"ph\":\"\(phase)\",\"cat\":\"\(event.kind)\",\"name\":\(name),"
                + "\"pid\":\(event.process),\"tid\":\(thread),"
                + "\"ts\":\(Self.microseconds(time.nanoseconds))"
        }
        var facts: [String] = []
        if let number = event.number { facts.append("\"number\":\(number)") }
        if event.attempt > 0 { facts.append("\"attempt\":\(event.attempt)") }
        if event.end == nil { facts.append("\"unfinished\":true") }
        let arguments = ",\"args\":{" + facts.joined(separator: ",") + "}}"
        let last = event.end ?? max(end, event.start)
        if event.kind == .limit {
            return [head("C", event.thread, event.start) + arguments]
        }
        if event.isMoment {
            return [head("i", event.thread, event.start) + ",\"s\":\"t\"" + arguments]
        }
        if inLane {
            let length = Self.microseconds(last.nanoseconds - event.start.nanoseconds)
            return [head("X", event.thread, event.start) + ",\"dur\":\(length)" + arguments]
        }
        let id = ",\"id\":\"\(index)\""
        return [
            head("b", event.thread, event.start) + id + arguments,
            head("e", event.endThread, last) + id + "}",
        ]
    }

    /// With three places: nanoseconds.
    private static func microseconds(_ nanoseconds: UInt64) -> String {
        let rest = String(nanoseconds % 1000)
        return "\(nanoseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
