extension MutableCollection where Self: RandomAccessCollection, Element: Sendable {
    /// Sorts on every core; equal elements stay in their order.
    @inlinable @inline(__always)
    public mutating func parallelStableSort(on pool: ForkJoinPool? = nil)
    where Element: Comparable {
        parallelStableSort(on: pool) { $0 < $1 }
    }

    /// Sorts by a key of the elements, on every core; elements of equal keys stay in their order.
    @inlinable @inline(__always)
    public mutating func parallelStableSort<Key: Comparable & SendableMetatype, Failure: Error>(
        on pool: ForkJoinPool? = nil, byKey key: @Sendable (Element) throws(Failure) -> Key
    ) throws(Failure) {
        try parallelStableSort(on: pool) { (a, b) throws(Failure) in try key(a) < key(b) }
    }

    /// Sorts by a comparison, on every core; equal elements stay in their order.
    @inlinable @inline(__always)
    public mutating func parallelStableSort<Failure: Error>(
        on pool: ForkJoinPool? = nil,
        by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) {
        try stableSort(on: pool, failure: Failure.self) { memory, step in
            memory.perform(step, by: areInIncreasingOrder)
        }
    }

    @inlinable
    mutating func stableSort<Failure: Error>(
        on pool: ForkJoinPool?, failure type: Failure.Type, kernel: MergeSortKernel
    ) throws(Failure) {
        let failure = Failure.self == Never.self ? nil : SortFailure<Failure>()
        withContiguousStorage { elements in
            guard let first = elements.baseAddress, elements.count > 1 else { return }
            let buffer = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
            defer { buffer.deallocate() }
            let memory = SortMemory(
                elements: first, buffer: buffer,
                failure: failure?.address)
            parallelMergeSort(count: elements.count, memory: memory, on: pool, kernel: kernel)
        }
        if let error = failure?.first { throw error }
    }
}
