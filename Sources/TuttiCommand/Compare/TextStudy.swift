import NIOCore

/// What the job of `mixed` finds in a text: its words and their pairs, and what it repeats.
struct TextStudy: Codable, Sendable {
    let words: Vocabulary
    /// Two words that follow each other.
    let pairs: Vocabulary
    let phrase: RepeatedPhrase

    init(of text: ByteBuffer) {
        self = text.withUnsafeReadableBytes(Self.init(of:))
    }

    init(of text: UnsafeRawBufferPointer) {
        let words = text.split { !Self.isLetter($0) }.map { word in
            // Setting this bit makes an ASCII letter small.
            String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)
        }
        self.words = Vocabulary(of: words)
        pairs = Vocabulary(of: zip(words, words.dropFirst()).map { "\($0) \($1)" })
        phrase = RepeatedPhrase(in: text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

/// How many different terms there are, and which occurs most often.
struct Vocabulary: Codable, Hashable, Sendable {
    let count: Int
    /// The first in the alphabet among equals.
    let favourite: String
    let favouriteCount: Int

    init(of terms: [String]) {
        let counts = Dictionary(terms.map { ($0, 1) }, uniquingKeysWith: +)
        let favourite = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        count = counts.count
        self.favourite = favourite?.key ?? ""
        favouriteCount = favourite?.value ?? 0
    }
}

extension TextStudy: Digestible {
    func add(to digest: inout Digest) {
        for vocabulary in [words, pairs] {
            digest.add(UInt64(vocabulary.count))
            digest.add(Array(vocabulary.favourite.utf8))
            digest.add(UInt64(vocabulary.favouriteCount))
        }
        phrase.add(to: &digest)
    }
}
