/// A word that shares its cache line with no other, so that its writers disturb nobody else.
///
/// 128 bytes: processors of both kinds fetch lines of 64 bytes in pairs.
@usableFromInline
struct CacheLine<Word: ~Copyable>: ~Copyable {
    @usableFromInline let word: Word
    private let padding = InlineArray<15, UInt64>(repeating: 0)

    init(_ word: consuming Word) {
        self.word = word
    }
}

extension CacheLine: Sendable where Word: Sendable & ~Copyable {}
