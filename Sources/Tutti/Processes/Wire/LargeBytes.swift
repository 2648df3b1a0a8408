internal import CTutti

/// Memory of many mebibytes, which is written once from its beginning to its end.
///
/// On pages of 4 KiB the kernel stops at each of them: a fault a page costs more than the copy.
enum LargeBytes {
    /// Below a few large pages their alignment eats what they save.
    static let least = 8 << 20

    /// Asks for large pages, if the memory is large; before it is written.
    static func advise(_ start: UnsafeMutableRawPointer?, _ size: Int) {
        guard size >= least else { return }
        tutti_advise_large_pages(start, size)
    }

    /// Appends bytes to an array, on large pages if there are many.
    static func append(_ new: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        guard new.count >= least else { return bytes.append(contentsOf: new) }
        let old = bytes
        bytes = [UInt8](unsafeUninitializedCapacity: old.count + new.count) { room, filled in
            advise(room.baseAddress, room.count)
            let target = UnsafeMutableRawBufferPointer(room)
            old.withUnsafeBytes { target.copyMemory(from: $0) }
            UnsafeMutableRawBufferPointer(rebasing: target[old.count...]).copyMemory(from: new)
            filled = old.count + new.count
        }
    }
}
