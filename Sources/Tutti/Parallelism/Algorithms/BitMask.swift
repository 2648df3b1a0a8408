/// Asks a predicate about up to 64 elements, and sets a bit for each one that satisfies it.
///
/// The answers go through bytes: a loop that compares and stores bytes becomes vector code, one that
/// shifts bits into a word does not.
///
/// - Parameters:
///   - mask: the answers; those before the error, if there is one.
///   - elements: the first element.
///   - count: how many there are, 64 at most.
///   - predicate: is asked once an element, in order.
/// - Throws: what `predicate` throws.
@inlinable @inline(__always)
func ask<Element, Failure: Error>(
    _ mask: inout UInt64, _ elements: UnsafePointer<Element>, count: Int,
    _ predicate: (Element) throws(Failure) -> Bool
) throws(Failure) {
    mask = 0
    if count == 64 && Failure.self == Never.self {
        var answers = InlineArray<64, UInt8>(repeating: 0)
        for offset in 0..<64 {
            answers[unchecked: offset] = try predicate(elements[offset]) ? 1 : 0
        }
        for part in 0..<8 {
            var word: UInt64 = 0
            for byte in 0..<8 {
                word |= UInt64(answers[unchecked: part &* 8 &+ byte]) &<< (8 &* UInt64(byte))
            }
            // Gathers the lowest bits of eight bytes in the highest byte.
            mask |= ((word &* 0x0102_0408_1020_4080) &>> 56) &<< (8 &* UInt64(part))
        }
    } else {
        for offset in 0..<count {
            mask |= (try predicate(elements[offset]) ? 1 : 0) &<< UInt64(offset)
        }
    }
}
