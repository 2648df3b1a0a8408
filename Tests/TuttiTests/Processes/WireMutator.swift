import TuttiTesting

@testable import Tutti

/// Changes bytes of the wire as a broken or hostile sender might.
enum WireMutator {
    /// Numbers at which lengths, counts and signs turn over.
    private static let edges: [UInt64] = [
        0, 1, 2, 7, 8, 9, 10, 0x7F, 0x80, 0xFE, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF,
        0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF7, 0xFFFF_FFFF, 0x1_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFF6, .max,
    ]

    /// A changed copy of `bytes`; what is spliced in comes from `other`.
    static func mutate(
        _ bytes: [UInt8], with other: [UInt8], _ random: inout SplitMix64
    ) -> [UInt8] {
        var bytes = bytes
        // Few changes keep most of the form, so that the next reader is reached.
        for _ in 0...Int.random(in: 0..<4, using: &random) { change(&bytes, other, &random) }
        return bytes
    }

    private static func change(
        _ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SplitMix64
    ) {
        guard !bytes.isEmpty else {
            bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                UInt8.random(in: 0..<32, using: &random)
            }
            return
        }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<11, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[place] = UInt8.random(in: 0...WireTag.record.rawValue, using: &random)
        case 3: bytes.remove(at: place)
        case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 5: bytes.removeSubrange(place...)
        case 6: bytes.removeSubrange(stretch(of: bytes, &random))
        case 7: bytes.insert(contentsOf: bytes[stretch(of: bytes, &random)], at: place)
        case 8:
            guard !other.isEmpty else { return }
            let part = other[stretch(of: other, &random)]
            bytes.replaceSubrange(place..<min(place + part.count, bytes.count), with: part)
        case 9: overwrite(&bytes, at: place, width: 4, &random)
        default: overwrite(&bytes, at: place, width: 8, &random)
        }
    }

    private static func stretch(of bytes: [UInt8], _ random: inout SplitMix64) -> Range<Int> {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        return start..<Int.random(in: start...bytes.count, using: &random)
    }

    /// Puts a number with an edge where there may be a length.
    private static func overwrite(
        _ bytes: inout [UInt8], at place: Int, width: Int, _ random: inout SplitMix64
    ) {
        let number = edges[Int.random(in: 0..<edges.count, using: &random)]
        for index in 0..<min(width, bytes.count - place) {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> (UInt64(index) * 8))
        }
    }
}
