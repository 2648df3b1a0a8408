/// How small a chunk of a data-parallel loop may get.
///
/// A chunk is what one worker does in one go: too small, and the switching from chunk to chunk
/// costs more than the work; too large, and some workers have nothing to do at the end.
public enum Grain: Hashable, Sendable {
    /// A small fraction of what each worker gets; suits bodies that take a microsecond or more.
    case automatic
    /// At least this many elements a chunk, unless there are fewer in all; at least 1.
    case elements(Int)

    /// The number of elements for a loop over `count` of them.
    func elements(of count: Int, width: Int) -> Int {
        switch self {
        case .automatic:
            return max(1, count / (256 * width))
        case .elements(let number):
            guard number >= 1 else {
                fatalError("A grain of \(number) makes no chunk: give 1 or more.")
            }
            return number
        }
    }
}

extension Grain: ExpressibleByIntegerLiteral {
    /// `grain: 1000` means at least 1000 elements a chunk.
    public init(integerLiteral value: Int) {
        self = .elements(value)
    }
}
