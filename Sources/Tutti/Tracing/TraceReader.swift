/// Makes a trace of the memory of one process; nothing that stands there can trap it.
///
/// Pure: the same words give the same trace.
struct TraceReader {
    /// Why some words are no trace.
    enum Problem: Error, Hashable {
        /// Another file, or of another version.
        case noTrace
        /// The clocks of its beginning do not go with those of its end: made before the machine started.
        case wrongClock
    }

    private let image: TraceImage
    private let layout: TraceLayout
    private let scale: TickScale
    private let process: Int32
    private var trace = Trace()
    /// Spans that have begun, by the event that says so.
    private var begun: [UInt64: (TraceEvent, thread: Int32)] = [:]
    /// Spans that have ended, likewise, and the thread where they did.
    private var ended: [(TraceEvent, thread: Int32)] = []

    /// Reads the words of a process; both clocks are for one that did not note them at its end.
    static func read(_ image: TraceImage, until now: ClockReading) throws(Problem) -> Trace {
        var reader = try TraceReader(image, until: now)
        reader.readSheets()
        reader.makeEvents()
        return reader.trace
    }

    private init(_ image: TraceImage, until now: ClockReading) throws(Problem) {
        self.image = image
        guard let layout = TraceLayout(head: Array(image.words.prefix(TraceLayout.headWords)))
        else { throw .noTrace }
        self.layout = layout
        typealias Head = TraceLayout.Head
        func clocks(_ word: Int) -> ClockReading {
            ClockReading(ticks: image.words[word], nanoseconds: image.words[word + 1])
        }
        // Ticks of a machine that does not count them are its nanoseconds.
        let now =
            image.words[Head.countsTicks] == 0
            ? ClockReading(ticks: now.nanoseconds, nanoseconds: now.nanoseconds) : now
        let last = image.words[Head.last] == 0 ? now : clocks(Head.last)
        guard let scale = TickScale(clocks(Head.first), last) else { throw .wrongClock }
        self.scale = scale
        process = Int32(truncatingIfNeeded: image.words[Head.process])
        // Of a broken file no more than a sum of many can hold.
        trace.lost = min(Int(clamping: image.words[Head.lost]), 1 << 40)
        trace.end = MonotonicClock.Instant(nanoseconds: last.nanoseconds)
        trace.processNames[process] = text(ofWords: Head.program..<Head.program + 4)
    }

    private mutating func readSheets() {
        for sheet in 0..<layout.sheets {
            let head = layout.sheetHead(sheet)
            let events = layout.events(of: sheet)
            guard head + TraceLayout.SheetHead.size <= image.words.count else { return }
            let state = image.words[head]
            let count = Int(state & 0xFFFF)
            // Taken by another thread while it was copied: not a word of it counts.
            guard count > 0, count <= TraceLayout.eventsInSheet,
                sheet < image.statesAfterwards.count,
                image.statesAfterwards[sheet] >> 16 == state >> 16,
                events + count * TraceLayout.wordsInEvent <= image.words.count
            else { continue }
            let thread = Int32(
                truncatingIfNeeded: image.words[head + TraceLayout.SheetHead.thread])
            let name = head + TraceLayout.SheetHead.name
            trace.threadNames[Trace.Place(process: process, thread: thread)] = text(
                ofWords: name..<name + 2)
            for place in 0..<count {
                let word = events + place * TraceLayout.wordsInEvent
                let event = TraceEvent(
                    time: image.words[word], what: image.words[word + 1],
                    start: image.words[word + 2], beginning: image.words[word + 3])
                // Zero: given back to the system since.
                guard event.time != 0 else { continue }
                take(event, thread, place: state & ~0xFFFF | UInt64(place))
            }
        }
    }

    private mutating func take(_ event: TraceEvent, _ thread: Int32, place: UInt64) {
        switch event.phase {
        case .begin: begun[place] = (event, thread)
        case .end: ended.append((event, thread))
        case .moment:
            guard var moment = made(of: event, at: event.time, thread) else { return }
            moment.end = moment.start
            moment.isMoment = true
            trace.events.append(moment)
        case nil: break
        }
    }

    private mutating func makeEvents() {
        for (event, thread) in ended {
            // The end says all that the beginning said but its thread.
            let before = begun.removeValue(forKey: event.beginning)
            guard event.start <= event.time, let end = scale.instant(event.time),
                var span = made(of: event, at: event.start, before?.thread ?? thread)
            else { continue }
            span.end = max(span.start, end)
            span.endThread = thread
            trace.events.append(span)
        }
        for (event, thread) in begun.values {
            if let span = made(of: event, at: event.time, thread) { trace.events.append(span) }
        }
        trace.sort()
    }

    /// An event without an end; nil when its kind is that of a later version, or its time none.
    private func made(of event: TraceEvent, at tick: UInt64, _ thread: Int32) -> Trace.Event? {
        guard let kind = event.kind, let start = scale.instant(tick) else { return nil }
        return Trace.Event(
            kind: kind, name: name(event.name), process: process, thread: thread, start: start,
            number: event.number, attempt: event.attempt, endThread: thread)
    }

    // MARK: Text

    private func name(_ number: Int) -> String {
        guard number > 0 else { return "" }
        let start = number * 4
        let used = min(
            layout.nameWords * 8, Int(clamping: image.words[TraceLayout.Head.nameBytes]))
        guard start + 2 <= used else { return "" }
        let length = Int(byte(start)) | Int(byte(start + 1)) << 8
        guard start + 2 + length <= used else { return "" }
        return String(decoding: (0..<length).map { byte(start + 2 + $0) }, as: UTF8.self)
    }

    private func byte(_ place: Int) -> UInt8 {
        let word = TraceLayout.headWords + place / 8
        guard word < image.words.count else { return 0 }
        return UInt8(truncatingIfNeeded: image.words[word] >> UInt64(place % 8 * 8))
    }

    /// Text of fixed size with zeros at the end.
    private func text(ofWords words: Range<Int>) -> String {
        let bytes = words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: image.words[word] >> UInt64($0 * 8)) }
        }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
