/// Reads the lines of a ``SavedRecording``; nothing in a file can trap it.
struct RecordingReader {
    private typealias Problem = SavedRecording.Problem

    private let lines: [ArraySlice<UInt8>]
    /// The line that is read, from 0.
    private var number = 0
    private var recording = Recording(
        command: [], processors: 1, source: .switches, duration: 0)
    private var spans = SavedSpans()

    /// No recording is longer: 146 years.
    private static var longest: UInt64 { 1 << 62 }

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    mutating func read() throws(SavedRecording.Problem) -> Recording {
        guard words.joined(separator: " ") == SavedRecording.head else {
            throw problem("this is no recording that this version can read.")
        }
        number += 1
        var hasFacts = false
        while number < lines.count {
            let words = words
            switch words.first {
            case "facts":
                try facts(words)
                hasFacts = true
            case "because":
                recording.sourceReason = RecordingWriter.unescaped(words.dropFirst().first ?? "")
            case "command":
                recording.command = words.dropFirst().map(RecordingWriter.unescaped)
            case "reason": try reason(words)
            case "thread": try thread(words)
            case "slice", "demand", "activity", "ran", "waits", "lock":
                guard hasFacts else { throw problem("the facts must come first.") }
                try slice(words)
            case "began": recording.began = try value(words, 1)
            case "left-out": recording.leftOutSpans = try count(words, 1)
            case "said-by", "said", "span":
                guard spans.take(words, longest: Self.longest) else {
                    throw problem("what was said makes no sense.")
                }
            case nil: break
            case let word?: throw problem("'\(word)' is not known.")
            }
            number += 1
        }
        guard hasFacts else { throw problem("the file ends before the facts.") }
        recording.add(spans.spans)
        return recording
    }

    private var words: [Substring] {
        guard number < lines.count else { return [] }
        return String(decoding: lines[number], as: UTF8.self).split(separator: " ")
    }

    private func problem(_ sentence: String) -> SavedRecording.Problem {
        Problem(line: number + 1, sentence)
    }

    private func value<Value: LosslessStringConvertible>(
        _ words: [Substring], _ place: Int, as: Value.Type = Value.self
    ) throws(SavedRecording.Problem) -> Value {
        guard words.indices.contains(place), let value = Value(String(words[place])) else {
            throw problem("word \(place + 1) is missing or wrong.")
        }
        return value
    }

    private func count(
        _ words: [Substring], _ place: Int
    ) throws(SavedRecording.Problem) -> Int {
        let count: Int = try value(words, place)
        guard (0...(1 << 40)).contains(count) else { throw problem("a count is wrong.") }
        return count
    }

    private func seconds(
        _ words: [Substring], _ place: Int
    ) throws(SavedRecording.Problem) -> Double {
        let value: Double = try value(words, place)
        guard value.isFinite, value >= 0, value < 1e10 else {
            throw problem("word \(place + 1) is no number of seconds.")
        }
        return value
    }

    private mutating func facts(_ words: [Substring]) throws(SavedRecording.Problem) {
        recording.processors = try value(words, 1)
        recording.duration = try value(words, 3)
        guard (1...4096).contains(recording.processors), recording.duration < Self.longest,
            words.count >= 9, let source = Recording.Source(rawValue: String(words[2]))
        else { throw problem("the facts are wrong.") }
        recording.source = source
        recording.lost = try value(words, 4)
        recording.looks = try value(words, 5)
        recording.recorderTime = try value(words, 6)
        let code: Int32 = try value(words, 8)
        switch words[7] {
        case "exited": recording.ending = .exited(code)
        case "killed": recording.ending = .killed(code)
        default: recording.ending = .running
        }
    }

    private mutating func reason(_ words: [Substring]) throws(SavedRecording.Problem) {
        guard words.count >= 5, let kind = WaitKind.allCases.first(where: { "\($0)" == words[1] }),
            let act = WaitAct.allCases.first(where: { "\($0)" == words[2] })
        else { throw problem("the reason is wrong.") }
        let flights: Int = try value(words, 4)
        guard (0...1_000_000).contains(flights) else { throw problem("the reason is wrong.") }
        recording.reasons.append(
            WaitReason(kind, act, object: try value(words, 3), flights: flights))
    }

    private mutating func thread(_ words: [Substring]) throws(SavedRecording.Problem) {
        var thread = ThreadRecord(
            process: try value(words, 1), thread: try value(words, 2),
            parent: try value(words, 3),
            name: words.count > 7 ? RecordingWriter.unescaped(words[7]) : "",
            born: try value(words, 4), died: try value(words, 5), wakeDelay: try value(words, 6))
        guard thread.born <= thread.died, thread.died < Self.longest else {
            throw problem("the thread ends before it begins.")
        }
        number += 1
        guard number < lines.count else { throw problem("the thread's second line is missing.") }
        try intervals(of: &thread)
        recording.threads.append(thread)
    }

    private func intervals(of thread: inout ThreadRecord) throws(SavedRecording.Problem) {
        var time: UInt64 = 0
        var rest = lines[number]
        func digits() -> UInt64? {
            var value: UInt64?
            while let byte = rest.first, byte >= 48, byte <= 57 {
                let grown = (value ?? 0).multipliedReportingOverflow(by: 10)
                value = grown.overflow ? .max : grown.partialValue &+ UInt64(byte - 48)
                rest.removeFirst()
            }
            return value
        }
        while let letter = rest.popFirst() {
            if letter == UInt8(ascii: " ") { continue }
            guard let length = digits(), length < Self.longest, time + length < Self.longest else {
                throw problem("a length is wrong.")
            }
            let start = time
            time += length
            if letter == UInt8(ascii: "+") { continue }
            guard let state = ThreadState.allCases.first(where: { $0.letter == letter }) else {
                throw problem("a state is not known.")
            }
            var reason: Int32 = -1
            if rest.first == UInt8(ascii: ":") {
                rest.removeFirst()
                reason = digits().flatMap { Int32(exactly: $0) } ?? -1
            }
            thread.intervals.append(Interval(state, from: start, to: time, reason: reason))
        }
    }

    private mutating func slice(_ words: [Substring]) throws(SavedRecording.Problem) {
        if words[0] == "slice" {
            var slice = Slice(
                start: try seconds(words, 1), end: try seconds(words, 2),
                cores: recording.processors)
            slice.quiet = try seconds(words, 3)
            slice.excess = try seconds(words, 4)
            slice.waitsInFlight = try seconds(words, 5)
            slice.wanted = try seconds(words, 6)
            slice.received = try seconds(words, 7)
            recording.folded.append(slice)
            return
        }
        guard var slice = recording.folded.popLast() else {
            throw problem("there is no slice before it.")
        }
        switch words[0] {
        case "demand":
            guard words.count == slice.demand.count + 1 else {
                throw problem("a number is missing.")
            }
            for place in slice.demand.indices {
                slice.demand[place] = try seconds(words, place + 1)
            }
        case "activity":
            guard words.count > 1, let activity = Activity(word: words[1]) else {
                throw problem("the activity is not known.")
            }
            slice.activity[activity] = try seconds(words, 2)
        case "ran": slice.processorTime[try value(words, 1)] = try seconds(words, 2)
        case "waits":
            let kinds = WaitKind.allCases
            guard words.count > 1, let kind = kinds.first(where: { "\($0)" == words[1] }) else {
                throw problem("the wait is not known.")
            }
            slice.waits[kind] = try tally(words)
        default: slice.locks[try value(words, 1)] = try tally(words)
        }
        recording.folded.append(slice)
    }

    private func tally(_ words: [Substring]) throws(SavedRecording.Problem) -> WaitTally {
        var steps: [Int: Int] = [:]
        for place in stride(from: 6, to: words.count - 1, by: 2) {
            let step: Int = try value(words, place)
            let number: Int = try value(words, place + 1)
            guard (-1000...1000).contains(step), (0...(1 << 40)).contains(number) else {
                throw problem("a length is wrong.")
            }
            steps[step] = number
        }
        return WaitTally(
            count: try count(words, 2), total: try seconds(words, 3),
            writes: try count(words, 4), flushes: try count(words, 5), steps: steps)
    }
}
