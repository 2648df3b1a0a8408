/// Writes the lines of a ``SavedRecording``.
struct RecordingWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ recording: Recording) {
        line(SavedRecording.head)
        line(
            "facts \(recording.processors) \(recording.source.rawValue) \(recording.duration) "
                + "\(recording.lost) \(recording.looks) \(recording.recorderTime) "
                + ending(recording.ending))
        if !recording.sourceReason.isEmpty {
            line("because \(Self.escaped(recording.sourceReason))")
        }
        line("command " + recording.command.map(Self.escaped).joined(separator: " "))
        for reason in recording.reasons {
            line("reason \(reason.kind) \(reason.act) \(reason.object) \(reason.flights)")
        }
        for thread in recording.threads { write(thread) }
        for slice in recording.folded { write(slice) }
        if recording.began > 0 { line("began \(recording.began)") }
        if recording.leftOutSpans > 0 { line("left-out \(recording.leftOutSpans)") }
        for spans in SavedSpans.lines(of: recording.spans) { line(spans) }
    }

    private func ending(_ ending: Recording.Ending) -> String {
        switch ending {
        case .running: "running 0"
        case .exited(let code): "exited \(code)"
        case .killed(let signal): "killed \(signal)"
        }
    }

    private mutating func write(_ thread: ThreadRecord) {
        line(
            "thread \(thread.process) \(thread.thread) \(thread.parent) \(thread.born) "
                + "\(thread.died) \(thread.wakeDelay) \(Self.escaped(thread.name))")
        var end: UInt64 = 0
        for interval in thread.intervals {
            if interval.start > end {
                bytes.append(UInt8(ascii: "+"))
                append(interval.start - end)
                bytes.append(UInt8(ascii: " "))
            }
            bytes.append(interval.state.letter)
            append(interval.length)
            if interval.reason >= 0 {
                bytes.append(UInt8(ascii: ":"))
                append(UInt64(interval.reason))
            }
            bytes.append(UInt8(ascii: " "))
            end = interval.end
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func write(_ slice: Slice) {
        line(
            "slice \(slice.start) \(slice.end) \(slice.quiet) \(slice.excess) "
                + "\(slice.waitsInFlight) \(slice.wanted) \(slice.received)")
        line("demand " + slice.demand.map { "\($0)" }.joined(separator: " "))
        for (activity, seconds) in slice.activity { line("activity \(activity.word) \(seconds)") }
        for (thread, seconds) in slice.processorTime.sorted(by: { $0.key < $1.key }) {
            line("ran \(thread) \(seconds)")
        }
        for (kind, tally) in slice.waits { line("waits \(kind) \(text(tally))") }
        for (lock, tally) in slice.locks { line("lock \(lock) \(text(tally))") }
    }

    private func text(_ tally: WaitTally) -> String {
        let steps = tally.steps.sorted { $0.key < $1.key }.map { " \($0.key) \($0.value)" }
        return "\(tally.count) \(tally.total) \(tally.writes) \(tally.flushes)" + steps.joined()
    }

    private mutating func line(_ text: String) {
        bytes += Array(text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ number: UInt64) {
        if number >= 10 { append(number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// Without blanks and line ends; `%20` is a blank.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            if byte > 32, byte < 127, byte != UInt8(ascii: "%") {
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                escaped += byte < 16 ? "%0" : "%"
                escaped += String(byte, radix: 16)
            }
        }
        return escaped.isEmpty ? "%" : escaped
    }

    /// What was escaped; a lone `%` is nothing.
    static func unescaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            if let code = UInt8(Substring(rest.prefix(2)), radix: 16) { bytes.append(code) }
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ThreadState {
    /// As a recording's file has it.
    var letter: UInt8 {
        switch self {
        case .running: UInt8(ascii: "r")
        case .ready: UInt8(ascii: "w")
        case .asleep: UInt8(ascii: "s")
        }
    }
}

extension Activity {
    /// As a recording's file has it.
    var word: String {
        switch self {
        case .waiting(let kind): "waiting-\(kind)"
        case .overlapping(let kind): "overlapping-\(kind)"
        case .oneCore: "oneCore"
        case .someCores: "someCores"
        case .locked: "locked"
        case .allCores: "allCores"
        case .crowded: "crowded"
        }
    }

    /// Reads ``word``.
    init?(word: some StringProtocol) {
        let all: [Activity] =
            WaitKind.allCases.flatMap { [.waiting($0), .overlapping($0)] }
            + [.oneCore, .someCores, .locked, .allCores, .crowded]
        guard let activity = all.first(where: { $0.word == word }) else { return nil }
        self = activity
    }
}
