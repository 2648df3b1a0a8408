/// The answers to jobs that ran one after the other, as they lay in the ledger.
///
/// One piece of memory for all of them, however many.
struct Answers: Sendable {
    private let reader: WireReader
    /// Where those that are left lie.
    private var place = 0
    private(set) var count: Int
    /// What did not fit in the ledger and came over the wire, in the same order.
    private var aside: ArraySlice<Frame>

    private init(bytes: [UInt8], count: Int, aside: ArraySlice<Frame>) {
        reader = WireReader(bytes)
        self.count = count
        self.aside = aside
    }

    /// Takes the first `count` out.
    mutating func removeFirst(_ count: Int) -> Answers {
        var first = self
        first.count = count
        for _ in 0..<count { _ = removeFirst() }
        return first
    }

    /// Takes the first one out; there is one.
    mutating func removeFirst() -> JobAnswer {
        let head = FrameHead(reader.bytes, at: place)
        let start = place + Frame.headerSize
        place = start + Int(head.length)
        count -= 1
        if head.kind == .aside, let frame = aside.popFirst() { return JobAnswer(frame) }
        return JobAnswer(kind: head.kind, reader: reader, start: start)
    }
}

extension Answers {
    /// Takes answers out of a ledger, as they come.
    struct Reader {
        private let ledger: Ledger
        private var place = Ledger.firstAnswer
        private var taken = 0
        /// Answers that came over the wire and were not met in the ledger yet.
        private var aside: ArraySlice<Frame> = []

        init(_ ledger: Ledger) {
            self.ledger = ledger
        }

        /// Keeps an answer that came over the wire: its place in the order is in the ledger.
        mutating func put(aside frame: Frame) {
            aside.append(frame)
        }

        /// Takes out all that have come, at most `most`.
        ///
        /// Nil when there is something else than answers: a job ran wild in the worker's memory.
        mutating func take(most: Int) -> Answers? {
            let count = ledger.answered - taken
            guard count >= 0, count <= most else { return nil }
            var end = place
            for _ in 0..<count {
                guard let length = ledger.length(at: end) else { return nil }
                end += Frame.headerSize + length
            }
            // What is checked is what was copied: the memory is the worker's as well.
            let bytes = ledger.copy(place..<end)
            var offset = 0
            var elsewhere = 0
            for _ in 0..<count {
                guard bytes.count - offset >= Frame.headerSize else { return nil }
                let head = FrameHead(bytes, at: offset)
                offset += Frame.headerSize + Int(head.length)
                guard offset <= bytes.count else { return nil }
                switch head.kind {
                case .value, .error: break
                case .aside: elsewhere += 1
                default: return nil
                }
            }
            guard elsewhere <= aside.count else { return nil }
            let answers = Answers(bytes: bytes, count: count, aside: aside.prefix(elsewhere))
            aside.removeFirst(elsewhere)
            place = end
            taken += count
            return answers
        }
    }
}

/// The answer to one job.
struct JobAnswer: Sendable {
    let kind: Frame.Kind?
    /// The bytes in which it stands, perhaps with others.
    let reader: WireReader
    /// Where it begins there.
    let start: Int

    fileprivate init(kind: Frame.Kind?, reader: WireReader, start: Int) {
        self.kind = kind
        self.reader = reader
        self.start = start
    }

    init(_ frame: Frame) {
        kind = frame.kind
        reader = WireReader(frame)
        start = Frame.headerSize
    }
}
