/// What a sort works on, seen without types by the driver, with types by the kernel.
///
/// A sort has two halves. The driver decides which range is sorted where and when; it knows no
/// element type and is compiled once, in this module. The kernel does the sequential steps; it is
/// generic and inlinable, so that the module that calls the sort compiles it for its own elements.
///
/// Between the two is one closure `(SortMemory, Step) -> Int` that captures the comparison and
/// nothing else: then the optimiser sees through it and inlines the comparison into the kernel.
/// A closure that captured a pointer or a pool as well would cost an indirect call for each
/// comparison, several times the comparison of two numbers. So all else travels here.
//
// Safety: the driver gives concurrent steps ranges that do not overlap, but for a pivot that they
// only read, and it has waited for each step before the sort returns. So the pointers are valid in
// each step, and what one thread writes no other one touches.
@usableFromInline
struct SortMemory: @unchecked Sendable {
    /// The first of the elements.
    @usableFromInline let elements: UnsafeMutableRawPointer
    /// The first of as many uninitialised places, for a sort that needs them.
    @usableFromInline let buffer: UnsafeMutableRawPointer?
    /// The sort's `SortFailure`; nil where the comparison cannot fail.
    @usableFromInline let failure: UnsafeMutableRawPointer?

    @inlinable
    init(
        elements: UnsafeMutableRawPointer, buffer: UnsafeMutableRawPointer? = nil,
        failure: UnsafeMutableRawPointer? = nil
    ) {
        self.elements = elements
        self.buffer = buffer
        self.failure = failure
    }

    /// The place for the element `index`.
    @inlinable @inline(__always)
    func place<Element>(_ index: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
        elements.assumingMemoryBound(to: Element.self) + index
    }

    /// The place `index` of the buffer, which the driver of a sort without one never names.
    @inlinable @inline(__always)
    func bufferPlace<Element>(_ index: Int, of type: Element.Type) -> UnsafeMutablePointer<Element>
    {
        guard let buffer else { fatalError("a step of a sort uses a buffer that it has not") }
        return buffer.assumingMemoryBound(to: Element.self) + index
    }
}
