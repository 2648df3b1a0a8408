extension MutableCollection where Self: RandomAccessCollection, Element: Sendable {
    /// Sorts on every core; equal elements stay in their order.
    ///
    /// As ``parallelStableSort(on:by:)``.
    ///
    /// - Parameter pool: where to run; nil for the pool that the calling thread works for, or
    ///   ``ForkJoinPool/shared``.
    @inlinable @inline(__always)
    public mutating func parallelStableSort(on pool: ForkJoinPool? = nil)
    where Element: Comparable {
        // Known where the call is compiled.
        if Element.self == String.self {
            sortStrings(isStable: true, on: pool)
        } else {
            parallelStableSort(on: pool) { $0 < $1 }
        }
    }

    /// Sorts by a key of the elements, on every core; elements of equal keys stay in their order.
    ///
    /// ```swift
    /// people.parallelStableSort(byKey: \.name)
    /// ```
    ///
    /// As ``parallelStableSort(on:by:)``.
    ///
    /// - Parameters:
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - key: what the element is sorted by. Asked twice for each comparison: what takes longer
    ///     than a look at a property is better computed before.
    /// - Throws: the first error that `key` threw. What is left to compare is not compared; the
    ///   elements are in some order, none lost.
    @inlinable @inline(__always)
    public mutating func parallelStableSort<Key: Comparable & SendableMetatype, Failure: Error>(
        on pool: ForkJoinPool? = nil, byKey key: @Sendable (Element) throws(Failure) -> Key
    ) throws(Failure) {
        try parallelStableSort(on: pool) { (a, b) throws(Failure) in try key(a) < key(b) }
    }

    /// Sorts by a comparison, on every core; equal elements stay in their order.
    ///
    /// O(n log n) comparisons, whatever the order of the elements; n where they ascend or descend
    /// already. A few elements are sorted by the calling thread alone. Blocks until all is done,
    /// and computes meanwhile. Needs memory for as many elements again.
    ///
    /// A merge sort, whose merges are divided over the cores as well (Odeh, Green, Mwassi, Shmueli
    /// and Birk, "Merge Path", 2012), of ranges that a stable quicksort has sorted.
    ///
    /// - Parameters:
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - areInIncreasingOrder: whether its first argument comes before its second; a strict weak
    ///     order. If it is none, the elements end in some order, none lost. Runs on several threads
    ///     at a time.
    /// - Throws: the first error that the comparison threw. What is left to compare is not
    ///   compared; the elements are in some order, none lost.
    @inlinable @inline(__always)
    public mutating func parallelStableSort<Failure: Error>(
        on pool: ForkJoinPool? = nil,
        by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) {
        try stableSort(on: pool, failure: Failure.self) { memory, step in
            memory.perform(step, by: areInIncreasingOrder)
        }
    }

    /// Sorts with a kernel; ``SortMemory`` says why.
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
