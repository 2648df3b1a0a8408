/// Where what is in the memory of a trace, in words of 64 bits.
///
/// A head, the names, a head for each sheet, the sheets. Written by one process; the same whether the
/// memory is its own, shared with the program, or a file. Tracing.md has the picture.
struct TraceLayout: Hashable, Sendable {
    /// How many sheets there are.
    let sheets: Int
    /// How many words the names have.
    let nameWords: Int

    /// For a program: 262 144 events in 8 MiB.
    static let program = TraceLayout(sheets: 1024, nameWords: 8192)
    /// For a worker process: 32 768 events in a mebibyte, which count in its limit of memory.
    static let worker = TraceLayout(sheets: 128, nameWords: 8192)

    /// The words of the head.
    enum Head {
        static let magic = 0
        static let sheets = 1
        static let nameWords = 2
        static let process = 3
        /// 1 when ticks are the processor's counter.
        static let countsTicks = 4
        /// Ticks and nanoseconds at the beginning.
        static let first = 5
        /// The same at the end; zero while the process lives, and when it was killed.
        static let last = 7
        /// Whether a worker is to trace; written by the program.
        static let isWanted = 9
        /// The turn that a thread took last.
        static let turn = 10
        /// Events that were written over, or for which there was no sheet.
        static let lost = 11
        /// The tick from which on events matter.
        static let since = 12
        /// How many bytes of the names are used.
        static let nameBytes = 13
        /// Four words with the name of the program.
        static let program = 14
    }

    /// The words of the head of a sheet.
    enum SheetHead {
        /// The turn, and in the low 16 bits the number of events.
        static let state = 0
        /// 1 while a thread holds the sheet.
        static let isHeld = 1
        static let thread = 2
        /// Two words with the name of the thread.
        static let name = 3
        /// A cache line: each head has another writer.
        static let size = 8
    }

    /// "tutti" and the version of the layout.
    static let magic: UInt64 = 0x7475_7474_6900_0001
    static let headWords = 512
    static let eventsInSheet = 256
    static let wordsInEvent = 4
    static let wordsInSheet = eventsInSheet * wordsInEvent

    var sheetHeads: Int { Self.headWords + nameWords }
    /// Begins a page, so that the sheets can be given back to the system.
    var events: Int { (sheetHeads + sheets * SheetHead.size + 511) / 512 * 512 }
    var words: Int { events + sheets * Self.wordsInSheet }
    var bytes: Int { words * 8 }

    func sheetHead(_ sheet: Int) -> Int { sheetHeads + sheet * SheetHead.size }
    func events(of sheet: Int) -> Int { events + sheet * Self.wordsInSheet }

    /// The layout that a head says it has; nil when that cannot be.
    init?(head: [UInt64]) {
        guard head.count >= Self.headWords, head[Head.magic] == Self.magic,
            let sheets = Int(exactly: head[Head.sheets]), (1...4096).contains(sheets),
            let nameWords = Int(exactly: head[Head.nameWords]), (1...65536).contains(nameWords)
        else { return nil }
        self.init(sheets: sheets, nameWords: nameWords)
    }

    init(sheets: Int, nameWords: Int) {
        self.sheets = sheets
        self.nameWords = nameWords
    }
}

/// One event in memory: when, what, and for the end of a span its beginning.
struct TraceEvent: Hashable, Sendable {
    /// Whether a span begins or ends there.
    enum Phase: UInt64, Sendable {
        case begin = 0
        case end = 1
        case moment = 2
    }

    /// In ticks.
    let time: UInt64
    /// Kind and phase, attempt, number of the name, number: 8, 8, 16 and 32 bits.
    let what: UInt64
    /// For an end: the tick at which the span began.
    let start: UInt64
    /// For an end: which event its beginning was, as turn and place.
    let beginning: UInt64

    var kind: Trace.Kind? { Trace.Kind(rawValue: UInt8(what & 0x3F)) }
    var phase: Phase? { Phase(rawValue: what >> 6 & 3) }
    var attempt: Int { Int(what >> 8 & 0xFF) }
    var name: Int { Int(what >> 16 & 0xFFFF) }
    var number: Int? { what >> 32 == UInt64(UInt32.max) ? nil : Int(what >> 32) }

    /// The second word of an event.
    static func what(
        _ kind: Trace.Kind, _ phase: Phase, name: UInt16 = 0, number: Int? = nil, attempt: Int = 0
    ) -> UInt64 {
        // Too large a number is the largest there is; none is the one above.
        let number = number.map { UInt32(clamping: min(max(0, $0), Int(UInt32.max) - 1)) } ?? .max
        return UInt64(kind.rawValue) | phase.rawValue << 6
            | UInt64(UInt8(clamping: attempt)) << 8 | UInt64(name) << 16 | UInt64(number) << 32
    }
}
