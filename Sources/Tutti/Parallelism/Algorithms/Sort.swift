extension MutableCollection where Self: RandomAccessCollection, Element: Sendable {
    /// Sorts in place, on every core; equal elements may change places.
    ///
    /// See ``parallelSort(on:by:)``.
    @inlinable @inline(__always)
    public mutating func parallelSort(on pool: ForkJoinPool? = nil) where Element: Comparable {
        parallelSort(on: pool) { $0 < $1 }
    }

    /// Sorts in place by a comparison, on every core; equal elements may change places.
    @inlinable @inline(__always)
    public mutating func parallelSort<Failure: Error>(
        on pool: ForkJoinPool? = nil,
        by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) {
        try sort(on: pool, failure: Failure.self) { memory, step in
            memory.perform(step, by: areInIncreasingOrder)
        }
    }

    @inlinable @inline(__always)
    mutating func sort<Failure: Error>(
        on pool: ForkJoinPool?, failure type: Failure.Type, kernel: QuicksortKernel
    ) throws(Failure) {
        let failure = Failure.self == Never.self ? nil : SortFailure<Failure>()
        withContiguousStorage { elements in
            guard let first = elements.baseAddress, elements.count > 1 else { return }
            let memory = SortMemory(
                elements: first, failure: failure?.address)
            parallelQuicksort(count: elements.count, memory: memory, on: pool, kernel: kernel)
        }
        if let error = failure?.first { throw error }
    }

    @inlinable @inline(__always)
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
