/// What becomes of the bytes that come from one stream of a worker: no side effects.
struct OutputRelay {
    private let form: WorkerStream
    private var splitter = LineSplitter()
    /// Nil where nobody asks for the last lines.
    private var last: LastLines?

    init(_ form: WorkerStream, keepsLastLines: Bool) {
        self.form = form
        last = keepsLastLines ? LastLines() : nil
    }

    /// The worker is known.
    mutating func begin(pid: Int32) {
        if form == .tagged { splitter = LineSplitter(tag: "[worker \(pid)] ") }
    }

    /// Takes what came; what is to be passed on now.
    mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        last?.add(bytes)
        return switch form {
        case .passedOn: bytes
        case .lines, .tagged: splitter.add(bytes)
        case .inherited, .discarded: []
        }
    }

    /// All jobs of a load have ended: what is to be passed on of a line without an end.
    mutating func finishLoad() -> [UInt8] {
        last?.clear()
        return splitter.finishLine()
    }

    /// The worker has ended: the same, and its last lines.
    mutating func finish() -> (rest: [UInt8], last: LastLines.Summary) {
        (splitter.finishLine(), last?.summary ?? LastLines.Summary())
    }
}
