/// How small a chunk of a data-parallel loop may get.
///
/// A chunk is what one worker does in one go: too small, and the switching from chunk to chunk
/// costs more than the work; too large, and some workers have nothing to do at the end.
public enum Grain: Hashable, Sendable {
    /// Found while the loop runs, by timing its chunks: suits every body, also an uneven one.
    case automatic
    /// At least this many elements a chunk, unless there are fewer in all; at least 1.
    case elements(Int)
}

extension Grain: ExpressibleByIntegerLiteral {
    /// `grain: 1000` means at least 1000 elements a chunk.
    public init(integerLiteral value: Int) {
        self = .elements(value)
    }
}
