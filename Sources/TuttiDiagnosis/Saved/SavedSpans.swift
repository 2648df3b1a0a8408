/// Spans as the lines `said-by`, `said` and `span` of a ``SavedRecording``.
///
/// A name of a thread or a span stands there once, before its first use, and has its place among
/// those of its kind as its number.
struct SavedSpans {
    private struct Thread: Hashable {
        let process: Int32
        let thread: Int32
    }

    private var threads: [Thread] = []
    private var names: [String] = []
    /// The start of the last one.
    private var last: UInt64 = 0
    /// What was read so far.
    private(set) var spans: [Recording.Span] = []

    /// Spans in the order of their starts, each as a line.
    static func lines(of spans: [Recording.Span]) -> [String] {
        var lines: [String] = []
        var threads: [Thread: Int] = [:]
        var names: [String: Int] = [:]
        var last: UInt64 = 0
        for span in spans {
            let thread = Thread(process: span.process, thread: span.thread)
            if threads[thread] == nil {
                threads[thread] = threads.count
                lines.append("said-by \(span.process) \(span.thread)")
            }
            if names[span.name] == nil {
                names[span.name] = names.count
                lines.append("said \(RecordingWriter.escaped(span.name))")
            }
            lines.append(
                "span \(span.kind.rawValue) \(threads[thread, default: 0]) "
                    + "\(names[span.name, default: 0]) \(span.start - last) \(span.length)")
            last = span.start
        }
        return lines
    }

    /// Takes in the words of one line; false when they make no sense.
    mutating func take(_ words: [Substring], longest: UInt64) -> Bool {
        switch words.first {
        case "said-by":
            guard words.count == 3, let process = Int32(words[1]), let thread = Int32(words[2])
            else { return false }
            threads.append(Thread(process: process, thread: thread))
        case "said":
            guard words.count == 2 else { return false }
            names.append(RecordingWriter.unescaped(words[1]))
        default:
            guard words.count == 6, let kind = Recording.Span.Kind(rawValue: String(words[1])),
                let thread = Int(words[2]), threads.indices.contains(thread),
                let name = Int(words[3]), names.indices.contains(name),
                let later = UInt64(words[4]), let length = UInt64(words[5]),
                later < longest, length < longest, last + later < longest
            else { return false }
            last += later
            spans.append(
                Recording.Span(
                    kind, names[name], process: threads[thread].process,
                    thread: threads[thread].thread, from: last, to: last + length))
        }
        return true
    }
}
