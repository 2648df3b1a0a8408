internal import Glibc

/// An array whose elements several processes see, without copies.
///
/// It travels in jobs and their outputs as a handle: a job that holds a `SharedArray` sees the
/// very memory that its caller sees, and what it writes is there when its `run` returns.
///
/// ```swift
/// struct AddOne: Job {
///     var numbers: SharedArray<Float>
///     func run() -> Int {
///         numbers.withMutableSpan { for i in $0.indices { $0[i] += 1 } }
///         return numbers.count
///     }
/// }
/// let numbers = try SharedArray<Float>(repeating: 0, count: 16 << 20)
/// _ = try await pool.run(AddOne(numbers: numbers.slice(0..<8 << 20)))
/// ```
///
/// A copy of the value, a ``slice(_:)`` and a ``readOnly`` view are the same memory. It is freed
/// with its last user in the last process, however that ends; it has no name, so that nothing can
/// be left in `/dev/shm`. Each process that uses it holds one descriptor for it. A handle travels
/// with a ``ProcessPool`` only; other encoders throw.
///
/// **Who may write.** The compiler cannot see what other processes do, so these rules are yours:
/// while one task or process writes an element, no other reads or writes it. Divide an array with
/// ``slices(count:)``, so that each job writes its own part, and read when the jobs have returned:
/// what a job wrote happens before its `run` returns to the caller. For elements that several write
/// at once there is ``withAtomic(at:_:)``. A job that dies while it writes leaves what it wrote.
///
/// Elements are bits, without pointers: hence `BitwiseCopyable` and `Sendable`.
public struct SharedArray<Element: BitwiseCopyable & Sendable> {
    @usableFromInline let segment: SharedSegment
    @usableFromInline let base: UnsafeMutablePointer<Element>
    /// How many elements it has.
    public let count: Int
    /// Whether this value may be used to change elements; a ``readOnly`` view traps.
    public let isWritable: Bool

    private init(segment: SharedSegment, offset: Int, count: Int, isWritable: Bool) {
        self.segment = segment
        base = (segment.base + offset).assumingMemoryBound(to: Element.self)
        self.count = count
        self.isWritable = isWritable
    }

    /// Makes an array of `count` times `element`.
    ///
    /// Traps when `count` is negative. Zeros cost nothing until they are touched.
    ///
    /// - Throws: ``SystemError`` when the system has no descriptor or no memory for it.
    @inlinable
    public init(repeating element: Element, count: Int) throws(SystemError) {
        try self.init(zeros: count)
        let isZero = withUnsafeBytes(of: element) { $0.allSatisfy { $0 == 0 } }
        if !isZero { base.initialize(repeating: element, count: count) }
    }

    /// Makes an array of the elements of a collection.
    ///
    /// - Throws: ``SystemError`` when the system has no descriptor or no memory for it.
    @inlinable
    public init(_ elements: some Collection<Element>) throws(SystemError) {
        try self.init(zeros: elements.count)
        let (_, initialized) = UnsafeMutableBufferPointer(start: base, count: count)
            .initialize(from: elements)
        precondition(initialized == count, "The collection has fewer elements than it says.")
    }

    @usableFromInline
    init(zeros count: Int) throws(SystemError) {
        if count < 0 { fatalError("An array of \(count) elements cannot be: give 0 or more.") }
        let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow else {
            throw SystemError("memfd_create", code: ENOMEM, subject: "of \(count) elements")
        }
        self.init(
            segment: try .create("tutti-array", size: Swift.max(size, 1)), offset: 0, count: count,
            isWritable: true)
    }

    /// The same elements for reading only: changing them through this view traps.
    ///
    /// A process that has got only read-only views has the memory mapped so, and a stray write
    /// there ends that process instead of changing an element.
    public var readOnly: Self { part(0..<count, isWritable: false) }

    /// A part of the array as an array of its own, whose first element has the index 0.
    ///
    /// It is the same memory, and it travels like the whole. Traps when `range` is not within the
    /// array.
    public func slice(_ range: Range<Int>) -> Self {
        if range.lowerBound < 0 || range.upperBound > count {
            fatalError("The slice \(range) is not within an array of \(count) elements.")
        }
        return part(range, isWritable: isWritable)
    }

    /// The array in `count` slices of the same size, or of one element less.
    ///
    /// Some are empty when there are fewer elements than slices. Traps when `count` is below 1.
    public func slices(count slices: Int) -> [Self] {
        if slices < 1 { fatalError("\(slices) slices hold nothing: give 1 or more.") }
        let (size, rest) = count.quotientAndRemainder(dividingBy: slices)
        return (0..<slices).map { number in
            let start = number * size + Swift.min(number, rest)
            return slice(start..<start + size + (number < rest ? 1 : 0))
        }
    }

    private func part(_ range: Range<Int>, isWritable: Bool) -> Self {
        let offset = UnsafeRawPointer(base + range.lowerBound) - UnsafeRawPointer(segment.base)
        return Self(
            segment: segment, offset: offset, count: range.count, isWritable: isWritable)
    }

    /// Calls `body` with all elements, for reading.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(segment) }
        let elements = UnsafeBufferPointer(start: base, count: count)
        return try body(elements.span)
    }

    /// Calls `body` with all elements, for reading and writing.
    ///
    /// Nobody else may read or write them meanwhile, in no process. Traps when the array is a
    /// ``readOnly`` view.
    @inlinable
    public func withMutableSpan<Result, Failure: Error>(
        _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        checkWritable()
        defer { extendLifetime(segment) }
        let elements = UnsafeMutableBufferPointer(start: base, count: count)
        var span = elements.mutableSpan
        return try body(&span)
    }

    @inlinable
    func checkWritable() {
        if !isWritable { refuseToWrite() }
    }

    @usableFromInline @inline(never)
    func refuseToWrite() -> Never {
        fatalError("This SharedArray is a read-only view: write through the array it was made of.")
    }
}

// Safety: the pointer is constant and points into the segment, which the value keeps. What it
// points to is guarded by the rules in the comment of the type, which are the user's to keep, as
// no compiler sees into another process.
extension SharedArray: @unchecked Sendable {}

extension SharedArray: RandomAccessCollection {
    /// 0.
    public var startIndex: Int { 0 }

    /// ``count``.
    public var endIndex: Int { count }

    /// Reads or writes one element; traps when there is none, or when a ``readOnly`` view is written.
    @inlinable
    public subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "There is no such element.")
            defer { extendLifetime(segment) }
            return base[index]
        }
        nonmutating set {
            precondition(index >= 0 && index < count, "There is no such element.")
            checkWritable()
            base[index] = newValue
            extendLifetime(segment)
        }
    }

    /// Calls `body` with the memory of all elements; never nil.
    @inlinable
    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) rethrows -> Result? {
        defer { extendLifetime(segment) }
        return try body(UnsafeBufferPointer(start: base, count: count))
    }
}

extension SharedArray: Codable {
    /// What travels in the bytes; the memory itself travels beside them.
    private struct Handle: Codable {
        /// The place of the descriptor among those of the frame.
        var descriptor: Int
        /// In bytes.
        var offset: Int
        var count: Int
        var isWritable: Bool
    }

    /// Writes the handle; the memory travels beside the bytes.
    ///
    /// - Throws: `EncodingError` when the encoder is not that of a ``ProcessPool``.
    public func encode(to encoder: any Encoder) throws {
        guard let wire = encoder as? WireValueEncoder,
            let place = wire.attach(segment.descriptor)
        else {
            throw EncodingError.invalidValue(
                self,
                .init(
                    codingPath: encoder.codingPath,
                    debugDescription: """
                        A SharedArray travels only in the jobs of a ProcessPool and their \
                        outputs, at most \(WireLimit.descriptors) in one.
                        """))
        }
        let offset = UnsafeRawPointer(base) - UnsafeRawPointer(segment.base)
        try Handle(descriptor: place, offset: offset, count: count, isWritable: isWritable)
            .encode(to: encoder)
    }

    /// Finds the array's memory, or maps it.
    ///
    /// - Throws: `DecodingError` when the handle did not come in a job of a ``ProcessPool`` or its
    ///   output, or when this process has no descriptor or no address space left for it.
    public init(from decoder: any Decoder) throws {
        func corrupted(_ sentence: String, _ error: (any Error)? = nil) -> DecodingError {
            .dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: sentence,
                    underlyingError: error))
        }
        guard let wire = decoder as? WireValueDecoder else {
            throw corrupted(
                "A SharedArray travels only in the jobs of a ProcessPool and their outputs.")
        }
        let handle = try Handle(from: decoder)
        let descriptors = wire.source.attachments.descriptors
        guard descriptors.indices.contains(handle.descriptor) else {
            throw corrupted(
                """
                The memory of a SharedArray did not arrive: this process has too many \
                descriptors open (RLIMIT_NOFILE).
                """)
        }
        let segment: SharedSegment
        do {
            segment = try .map(
                descriptors[handle.descriptor], isWritable: handle.isWritable)
            if wire.source.keepsSegments { segment.keep() }
        } catch {
            throw corrupted("The memory of a SharedArray could not be mapped: \(error).", error)
        }
        let (size, overflow) = handle.count.multipliedReportingOverflow(
            by: MemoryLayout<Element>.stride)
        guard handle.count >= 0, !overflow, handle.offset >= 0, handle.offset <= segment.size,
            handle.offset % MemoryLayout<Element>.alignment == 0,
            size <= segment.size - handle.offset
        else { throw corrupted("The handle of a SharedArray points outside of its memory.") }
        self.init(
            segment: segment, offset: handle.offset, count: handle.count,
            isWritable: handle.isWritable)
    }
}

extension Array where Element: BitwiseCopyable & Sendable {
    /// Copies a shared array, or a slice of one; a large one on large pages.
    public init(_ shared: SharedArray<Element>) {
        let count = shared.count
        // Swift's empty array is one for all; it would be written to.
        guard count > 0 else {
            self = []
            return
        }
        self.init(unsafeUninitializedCapacity: count) { room, filled in
            LargeBytes.advise(room.baseAddress, count * MemoryLayout<Element>.stride)
            _ = shared.withContiguousStorageIfAvailable { room.initialize(fromContentsOf: $0) }
            filled = count
        }
    }
}
