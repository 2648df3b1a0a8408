package import NIOCore

/// What is known of a text after one pass over it.
package struct WordCount: Codable, Hashable, Sendable {
    /// The length in bytes.
    package var bytes: Int
    /// Maximal runs of bytes that are no whitespace (space, tab, line feed, vertical tab, form
    /// feed, carriage return).
    package var words: Int
    /// Tells equal texts from others; as a number it means nothing.
    package var checksum: UInt64

    /// Keeps the facts.
    package init(bytes: Int, words: Int, checksum: UInt64) {
        self.bytes = bytes
        self.words = words
        self.checksum = checksum
    }

    /// Counts what is readable in `buffer`.
    package init(of buffer: ByteBuffer) {
        self = buffer.withUnsafeReadableBytes(WordCount.init(of:))
    }

    /// Counts `text`, eight bytes a step.
    ///
    /// A word begins where a byte is no whitespace and the one before is. Eight bytes are looked at
    /// as one number: each comparison leaves its answer in the high bit of each byte, and the
    /// answers, shifted by a byte, are those of the bytes before.
    ///
    /// Source of the comparisons: H. Warren, "Hacker's Delight", 2002, chapter 6.
    package init(of text: UnsafeRawBufferPointer) {
        var words = 0
        var checksum: UInt64 = 0xCBF2_9CE4_8422_2325
        /// In the high bit: whether the byte before the next eight is whitespace.
        var before: UInt64 = 0x80
        var place = 0
        while place < text.count {
            let left = text.count - place
            let bytes: UInt64
            if left >= 8 {
                bytes = UInt64(
                    littleEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            } else {
                // Filled up with spaces, which begin no word; the length tells them from real ones.
                var last: UInt64 = 0x2020_2020_2020_2020
                for index in (place..<text.count).reversed() {
                    last = last << 8 | UInt64(text[index])
                }
                bytes = last
            }
            let blank = Self.whitespace(in: bytes)
            words += (~blank & (blank << 8 | before) & Self.highBits).nonzeroBitCount
            before = blank >> 56
            checksum = Self.add(bytes, to: checksum)
            place += 8
        }
        checksum = Self.add(UInt64(text.count), to: checksum)
        self.init(bytes: text.count, words: words, checksum: checksum)
    }

    /// A step of FNV-1a (Fowler, Noll, Vo) over eight bytes instead of one.
    ///
    /// Multiplication carries upwards only; the fold brings the upper bytes down again.
    @inline(__always)
    private static func add(_ bytes: UInt64, to checksum: UInt64) -> UInt64 {
        let product = (checksum ^ bytes) &* 0x0000_0100_0000_01B3
        return product ^ product >> 32
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Sets the high bit of each byte that is 9…13 or 32, and no other bit.
    @inline(__always)
    private static func whitespace(in bytes: UInt64) -> UInt64 {
        // Without the high bits no sum carries into the next byte.
        let low = bytes & ~highBits
        let atLeast9 = low &+ ones &* (0x80 - 9)
        let atLeast14 = low &+ ones &* (0x80 - 14)
        let not32 = (low ^ ones &* 32) &+ ones &* 0x7F
        return (atLeast9 & ~atLeast14 | ~not32) & ~bytes & highBits
    }
}
