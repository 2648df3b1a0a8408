extension MutableCollection where Self: RandomAccessCollection {
    /// Runs `body` with the elements one after the other in memory: in place, or in a copy.
    ///
    /// `body` may change their order, and nothing else.
    @inlinable
    mutating func withContiguousStorage(
        _ body: (UnsafeMutableBufferPointer<Element>) -> Void
    ) {
        guard withContiguousMutableStorageIfAvailable({ body($0) }) == nil else { return }
        var copy = ContiguousArray(self)
        copy.withUnsafeMutableBufferPointer { body($0) }
        var index = startIndex
        for element in copy {
            self[index] = element
            formIndex(after: &index)
        }
    }
}
