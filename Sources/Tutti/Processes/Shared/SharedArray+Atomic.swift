public import Synchronization

extension SharedArray where Element: AtomicRepresentable & FixedWidthInteger {
    /// Calls `body` with one element as an atomic of the standard library.
    ///
    /// Several tasks and processes may do so at once, as long as nobody reads or writes that
    /// element in another way meanwhile:
    ///
    /// ```swift
    /// let next = counters.withAtomic(at: 0) { $0.add(1, ordering: .relaxed).oldValue }
    /// ```
    ///
    /// A job that dies cannot leave an element half-written. Counters that are often changed by
    /// different processes should lie 128 bytes apart, on cache lines of their own.
    ///
    /// Traps when there is no such element, or when the array is a ``readOnly`` view.
    @inlinable
    public func withAtomic<Result, Failure: Error>(
        at index: Int, _ body: (borrowing Atomic<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(index >= 0 && index < count, "There is no such element.")
        precondition(
            MemoryLayout<Atomic<Element>>.size == MemoryLayout<Element>.size
                && MemoryLayout<Atomic<Element>>.alignment == MemoryLayout<Element>.alignment,
            "An atomic of this type is not laid out like its values.")
        // Also an atomic load needs memory that may be written on some processors.
        checkWritable()
        defer { extendLifetime(segment) }
        return try body(
            UnsafeMutableRawPointer(base + index)
                .assumingMemoryBound(to: Atomic<Element>.self).pointee)
    }
}
