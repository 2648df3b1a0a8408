extension MutableCollection where Self: RandomAccessCollection, Element: Sendable {
    /// Sorts in place, on every core; equal elements may change places.
    ///
    /// ```swift
    /// var numbers = measurements.map(\.value)
    /// numbers.parallelSort()
    /// ```
    ///
    /// As ``parallelSort(on:by:)``. Strings are sorted by way of a table of their first characters,
    /// which takes 32 bytes for each while the sort runs.
    ///
    /// - Parameter pool: where to run; nil for the pool that the calling thread works for, or
    ///   ``ForkJoinPool/shared``.
    @inlinable @inline(__always)
    public mutating func parallelSort(on pool: ForkJoinPool? = nil) where Element: Comparable {
        // Known where the call is compiled.
        if Element.self == String.self {
            sortStrings(isStable: false, on: pool)
        } else if let kernel = wordSortKernel(for: Element.self) {
            sort(on: pool, failure: Never.self, kernel: kernel)
        } else {
            parallelSort(on: pool) { $0 < $1 }
        }
    }

    /// Sorts in place by a comparison, on every core; equal elements may change places.
    ///
    /// O(n log n) comparisons, whatever the order of the elements; n where they ascend or descend
    /// already; n times the number of distinct ones where that is small. A few elements are sorted
    /// by the calling thread alone. Blocks until all is done, and computes meanwhile. Needs no
    /// memory for elements unless they are not one after the other in memory; then they are copied.
    ///
    /// A quicksort that no pattern defeats (Peters, "Pattern-defeating Quicksort", 2021), without
    /// branches where elements are numbers and the like (Peters and Bergdoll, ipnsort, 2023).
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
    public mutating func parallelSort<Failure: Error>(
        on pool: ForkJoinPool? = nil,
        by areInIncreasingOrder: @Sendable (Element, Element) throws(Failure) -> Bool
    ) throws(Failure) {
        try sort(on: pool, failure: Failure.self) { memory, step in
            memory.perform(step, by: areInIncreasingOrder)
        }
    }

    /// Sorts with a kernel; ``SortMemory`` says why.
    @inlinable
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
}
