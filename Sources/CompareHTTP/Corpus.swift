/// The text that the server hands out in slices.
package enum Corpus {
    /// The shortest and the longest slice, in bytes.
    package static let lengths = 10_240...102_400

    /// The whole text, in ASCII.
    package static var text: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: opticks.utf8Start, count: opticks.utf8CodeUnitCount)
    }

    /// The part of ``text`` that page `number` consists of: the same in every process.
    ///
    /// Lengths are spread evenly over ``lengths``, and so are the places.
    package static func slice(_ number: Int) -> Range<Int> {
        let bits = mix(UInt64(bitPattern: Int64(number)))
        let length = lengths.lowerBound + Int(bits % UInt64(lengths.count))
        let offset = Int(mix(bits) % UInt64(opticks.utf8CodeUnitCount - length + 1))
        return offset..<offset + length
    }

    /// Makes evenly spread bits of any number.
    ///
    /// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014.
    private static func mix(_ number: UInt64) -> UInt64 {
        var bits = number &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
