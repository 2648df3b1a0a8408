internal import CTutti
internal import Glibc
internal import Synchronization

/// The memory in which one process leaves its events.
///
/// Every word is atomic; Tracing.md says who writes which, and why a copy has no half events.
struct TraceMemory {
    private typealias Word = Atomic<UInt64>
    private typealias Head = TraceLayout.Head
    private typealias SheetHead = TraceLayout.SheetHead

    let layout: TraceLayout
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// Memory that somebody else has laid out.
    init(_ start: UnsafeMutableRawPointer, _ layout: TraceLayout) {
        self.layout = layout
        words = start.bindMemory(to: Atomic<UInt64>.self, capacity: layout.words)
    }

    /// Lays memory of zeros out for a process that is about to be traced.
    init(
        _ start: UnsafeMutableRawPointer, for process: Int32, _ layout: TraceLayout,
        isWorker: Bool = false
    ) {
        self.init(start, layout)
        set(Head.sheets, UInt64(layout.sheets))
        set(Head.nameWords, UInt64(layout.nameWords))
        set(Head.process, UInt64(UInt32(bitPattern: process)))
        set(Head.countsTicks, UInt64(tutti_choose_ticks()))
        let reading = ClockReading.now
        set(Head.first, reading.ticks)
        set(Head.first + 1, reading.nanoseconds)
        set(Head.since, reading.ticks)
        let program = String(cString: tutti_program_name()).utf8.prefix(24)
        setBytes(at: Head.program, Array(program) + Array((isWorker ? " worker" : "").utf8))
        // Number 0 is no name, so the first four bytes are none.
        set(Head.nameBytes, 4)
        // What is called so when there is no room for more names.
        _ = addName("others")
        // Releases all that; a reader of the file looks here first.
        words[Head.magic].store(TraceLayout.magic, ordering: .releasing)
    }

    private func get(_ word: Int) -> UInt64 { words[word].load(ordering: .relaxed) }
    private func set(_ word: Int, _ value: UInt64) { words[word].store(value, ordering: .relaxed) }

    private func setBytes(at word: Int, _ bytes: some Sequence<UInt8>) {
        for (place, byte) in bytes.enumerated() {
            let (index, shift) = (word + place / 8, UInt64(place % 8 * 8))
            set(index, get(index) & ~(0xFF << shift) | UInt64(byte) << shift)
        }
    }

    // MARK: The head

    /// Whether the program wants its worker to trace.
    var isWanted: Bool {
        get { get(Head.isWanted) != 0 }
        nonmutating set { set(Head.isWanted, newValue ? 1 : 0) }
    }

    /// Lets events matter from a tick on; none are lost so far.
    func begin(at tick: UInt64) {
        set(Head.since, tick)
        set(Head.lost, 0)
        isWanted = true
    }

    /// Notes the clocks at the end of the process.
    func close() {
        let reading = ClockReading.now
        set(Head.last + 1, reading.nanoseconds)
        set(Head.last, reading.ticks)
    }

    /// Lets go of all events; who writes meanwhile may lose one.
    func discardEvents() {
        tutti_trace_discard(words + layout.events, (layout.words - layout.events) * 8)
    }

    // MARK: Names

    /// Adds a name and gives its number; that of "others" when there is no room.
    ///
    /// Under the tracer's lock.
    func addName(_ name: String) -> UInt16 {
        let bytes = Array(name.utf8.prefix(1000))
        let used = Int(get(Head.nameBytes))
        let end = used + 2 + bytes.count
        guard end <= layout.nameWords * 8, used / 4 <= Int(UInt16.max) else { return 1 }
        let length = [UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8)]
        // Byte by byte in words; a name is written once.
        for (place, byte) in (length + bytes).enumerated() {
            let word = TraceLayout.headWords + (used + place) / 8
            set(word, get(word) | UInt64(byte) << UInt64((used + place) % 8 * 8))
        }
        // Releases the name to who copies; events with it come later.
        words[Head.nameBytes].store(UInt64((end + 3) / 4 * 4), ordering: .releasing)
        return UInt16(used / 4)
    }

    // MARK: Sheets

    /// How many sheets in a row may be held by others before an event is given up.
    private static let mostHeld = 64

    /// Changes the calling thread's sheet for the oldest that nobody holds; false when there is none.
    func turnPage(of pen: UnsafeMutablePointer<tutti_pen>) -> Bool {
        if let head = pen.pointee.head {
            // Releases its events to the next holder.
            sheetHead(head)[SheetHead.isHeld].store(0, ordering: .releasing)
            pen.pointee.head = nil
        }
        for _ in 0..<min(Self.mostHeld, layout.sheets) {
            let turn = words[Head.turn].wrappingAdd(1, ordering: .relaxed).newValue
            let sheet = Int(turn % UInt64(layout.sheets))
            let head = words + layout.sheetHead(sheet)
            // Acquires what the last holder released.
            guard head[SheetHead.isHeld].load(ordering: .relaxed) == 0,
                head[SheetHead.isHeld].compareExchange(
                    expected: 0, desired: 1, ordering: .acquiring
                ).exchanged
            else { continue }
            countAsLost(head, sheet)
            head[SheetHead.state].store(turn << 16, ordering: .relaxed)
            // Between the new state and everything that is written over: whoever copies one of those
            // words, acquiring, sees the new state afterwards. Release stores of all of them would
            // do as well, and cost on other processors than x86-64.
            atomicMemoryFence(ordering: .releasing)
            head[SheetHead.thread].store(
                UInt64(UInt32(bitPattern: tutti_thread_id())), ordering: .relaxed)
            setThreadName(layout.sheetHead(sheet) + SheetHead.name)
            tutti_keep_pen()
            pen.pointee.head = UnsafeMutableRawPointer(head).assumingMemoryBound(to: UInt64.self)
            pen.pointee.events = UnsafeMutableRawPointer(words + layout.events(of: sheet))
                .assumingMemoryBound(to: UInt64.self)
            pen.pointee.state = turn << 16
            return true
        }
        words[Head.lost].wrappingAdd(1, ordering: .relaxed)
        return false
    }

    private func sheetHead(_ head: UnsafeMutablePointer<UInt64>) -> UnsafeMutablePointer<Word> {
        UnsafeMutableRawPointer(head).assumingMemoryBound(to: Word.self)
    }

    private func countAsLost(_ head: UnsafeMutablePointer<Word>, _ sheet: Int) {
        let count = Int(head[SheetHead.state].load(ordering: .relaxed) & 0xFFFF)
        guard count > 0 else { return }
        let last = layout.events(of: sheet) + (count - 1) * TraceLayout.wordsInEvent
        // What is older than anybody's interest is no loss.
        guard get(last) >= get(Head.since) else { return }
        words[Head.lost].wrappingAdd(UInt64(count), ordering: .relaxed)
    }

    private func setThreadName(_ word: Int) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { name in
            guard let start = name.baseAddress else { return }
            tutti_thread_name(start)
            set(word, name[0])
            set(word + 1, name[1])
        }
    }

    // MARK: Copies

    /// Copies all of it while its process goes on writing.
    func copy() -> TraceImage {
        var copy = [UInt64](repeating: 0, count: layout.words)
        // The order of these steps is the protocol of Tracing.md.
        func take(_ range: Range<Int>) {
            for word in range { copy[word] = words[word].load(ordering: .acquiring) }
        }
        take(0..<TraceLayout.headWords)
        // The layout is ours, whatever a job that ran wild may have written there.
        copy[Head.sheets] = UInt64(layout.sheets)
        copy[Head.nameWords] = UInt64(layout.nameWords)
        take(layout.sheetHeads..<layout.events)
        for sheet in 0..<layout.sheets {
            let count = Int(copy[layout.sheetHead(sheet)] & 0xFFFF)
            guard count > 0 else { continue }
            let start = layout.events(of: sheet)
            take(start..<start + min(count, TraceLayout.eventsInSheet) * TraceLayout.wordsInEvent)
        }
        let states = (0..<layout.sheets).map {
            words[layout.sheetHead($0)].load(ordering: .relaxed)
        }
        // Last: names of all events that were copied are there.
        take(Head.nameBytes..<Head.nameBytes + 1)
        take(TraceLayout.headWords..<layout.sheetHeads)
        return TraceImage(words: copy, statesAfterwards: states)
    }
}

/// The memory of a trace as it was copied, and what its sheets said afterwards.
struct TraceImage: Hashable, Sendable {
    /// As in memory; a file may have been cut.
    var words: [UInt64]
    /// The states of the sheets when the copy was finished.
    var statesAfterwards: [UInt64]
}
