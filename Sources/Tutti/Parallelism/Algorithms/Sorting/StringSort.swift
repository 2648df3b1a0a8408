/// A string to sort, with the part of it that settles most comparisons.
///
/// `<` of two strings follows references to text that lies all over the memory. Eight bytes beside
/// the reference spare that unless they are equal (Sinha and Zobel, "Cache-Conscious Sorting of
/// Large Sets of Strings with Dynamic Tries", 2004, and others cache such keys).
struct StringEntry {
    /// The first eight bytes as a big-endian number, filled up with 0; ``noKey`` if they say nothing.
    let key: UInt64
    let string: UnsafeMutablePointer<String>

    /// Above all keys, whose bytes are ASCII.
    static let noKey = UInt64.max

    init(_ string: UnsafeMutablePointer<String>) {
        key = Self.key(of: string.pointee)
        self.string = string
    }

    /// The first eight bytes of the string in the form in which strings are compared.
    ///
    /// Strings are compared in Unicode's normal form C. An ASCII character stays what it is there,
    /// unless a combining one follows. So eight ASCII bytes are a key if a ninth one, which is not
    /// part of it, is ASCII as well or does not exist.
    static func key(of string: String) -> UInt64 {
        var string = string
        return string.withUTF8 { bytes in
            var key: UInt64 = 0
            let count = min(bytes.count, 9)
            for index in 0..<count {
                let byte = bytes[index]
                guard byte < 0x80 else { return noKey }
                if index < 8 { key |= UInt64(byte) << UInt64(56 - 8 * index) }
            }
            return key
        }
    }

    /// Whether `a` comes before `b`: the same answer as that of the strings themselves.
    @inline(__always)
    static func isLess(_ a: StringEntry, _ b: StringEntry) -> Bool {
        // A key that is no key has the highest bit set, which no ASCII byte has.
        if a.key != b.key, Int64(bitPattern: a.key | b.key) >= 0 { return a.key < b.key }
        return a.string.pointee < b.string.pointee
    }
}

/// Sorts strings in the order of `<`; takes 32 bytes for each string while it runs.
///
/// - Parameters:
///   - strings: the first one.
///   - count: how many there are.
///   - isStable: whether equal strings, which may differ in their bytes, stay in their order.
///   - pool: nil for the pool that the calling thread works for, or the shared one.
@usableFromInline
func sortStrings(
    _ strings: UnsafeMutablePointer<String>, count: Int, isStable: Bool, on pool: ForkJoinPool?
) {
    guard count > ParallelQuicksort.minimum else {
        sortStringsHere(strings, count: count, isStable: isStable, width: 1)
        return
    }
    withWorker(of: pool) { worker in
        sortStringsHere(
            strings, count: count, isStable: isStable, width: worker.pointee.scheduler.width)
    }
}

/// The same on the pool that the calling thread works for, if `width` is above 1.
private func sortStringsHere(
    _ strings: UnsafeMutablePointer<String>, count: Int, isStable: Bool, width: Int
) {
    let entries = UnsafeMutablePointer<StringEntry>.allocate(capacity: count)
    defer { entries.deallocate() }
    let buffer = UnsafeMutableRawPointer.allocate(
        byteCount: count * MemoryLayout<String>.stride, alignment: MemoryLayout<String>.alignment)
    defer { buffer.deallocate() }

    let keying = SortMemory(elements: strings, buffer: entries)
    forEachPiece(count, width: width) { piece in
        for index in piece {
            keying.bufferPlace(index, of: StringEntry.self).initialize(
                to: StringEntry(keying.place(index, of: String.self)))
        }
    }
    let sorting = SortMemory(elements: entries, buffer: buffer)
    if isStable {
        parallelMergeSort(count: count, memory: sorting, on: nil) { memory, step in
            memory.perform(step, of: StringEntry.self) { StringEntry.isLess($0, $1) }
        }
    } else {
        parallelQuicksort(count: count, memory: sorting, on: nil) { memory, step in
            memory.perform(step, of: StringEntry.self) { StringEntry.isLess($0, $1) }
        }
    }
    // Each string to its place in the buffer, then all of them back.
    _ = buffer.bindMemory(to: String.self, capacity: count)
    forEachPiece(count, width: width) { piece in
        for index in piece {
            let entry = sorting.place(index, of: StringEntry.self)
            sorting.bufferPlace(index, of: String.self).initialize(
                to: entry.pointee.string.move())
        }
    }
    let returning = SortMemory(elements: strings, buffer: buffer)
    forEachPiece(count, width: width) { piece in
        returning.place(piece.lowerBound, of: String.self).moveInitialize(
            from: returning.bufferPlace(piece.lowerBound, of: String.self), count: piece.count)
    }
}

/// Runs `body` on pieces that make up `0..<count`, in parallel if `width` is above 1.
private func forEachPiece(_ count: Int, width: Int, _ body: @Sendable (Range<Int>) -> Void) {
    if width > 1 {
        parallelFor(0..<count, grain: 4096, body: body)
    } else {
        body(0..<count)
    }
}

extension MutableCollection where Self: RandomAccessCollection {
    /// Sorts elements that are strings.
    @inlinable
    mutating func sortStrings(isStable: Bool, on pool: ForkJoinPool?) {
        withContiguousStorage { elements in
            guard let first = elements.baseAddress, elements.count > 1 else { return }
            Tutti.sortStrings(
                UnsafeMutableRawPointer(first).assumingMemoryBound(to: String.self),
                count: elements.count, isStable: isStable, on: pool)
        }
    }
}
