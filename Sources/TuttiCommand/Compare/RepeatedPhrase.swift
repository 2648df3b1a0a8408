/// The longest run of bytes that occurs at least twice in a text, found by sorting its suffixes.
///
/// Work: n log n comparisons for n bytes. Source: U. Manber, G. Myers, "Suffix arrays", 1990.
struct RepeatedPhrase: Codable, Sendable {
    let phrase: [UInt8]
    /// Where it occurs first and second among the sorted suffixes.
    let places: [Int]

    init(in text: UnsafeRawBufferPointer) {
        let suffixes = (0..<text.count).sorted { left, right in
            let common = Self.commonLength(text, left, right)
            guard left + common < text.count else { return right + common < text.count }
            guard right + common < text.count else { return false }
            return text[left + common] < text[right + common]
        }
        var longest = 0
        var at = (0, 0)
        for (left, right) in zip(suffixes, suffixes.dropFirst()) {
            let length = Self.commonLength(text, left, right)
            if length > longest { (longest, at) = (length, (left, right)) }
        }
        phrase = Array(text[at.0..<at.0 + longest])
        places = longest == 0 ? [] : [min(at.0, at.1), max(at.0, at.1)]
    }

    /// How many bytes the suffixes at two places have in common.
    private static func commonLength(
        _ text: UnsafeRawBufferPointer, _ left: Int, _ right: Int
    ) -> Int {
        let limit = text.count - max(left, right)
        guard left != right else { return limit }
        var length = 0
        while length < limit, text[left + length] == text[right + length] { length += 1 }
        return length
    }
}

extension RepeatedPhrase: Digestible {
    func add(to digest: inout Digest) {
        digest.add(phrase)
        for place in places { digest.add(UInt64(place)) }
    }
}
