import NIOCore
import Testing

@testable import CompareHTTP

@Suite struct WordCountTests {
    @Test(arguments: [
        ("", 0), (" ", 0), ("a", 1), ("a b", 2), (" a  b ", 2), ("\ta\u{B}b\u{C}c\r\nd", 4),
        ("eightbyt", 1), ("eightbyte", 1), ("eight by", 2), ("eightbyt e", 2), ("       x", 1),
        ("        x", 1), ("x        ", 1), ("1234567 9", 2), ("\u{E}\u{8}\u{1F}!", 1),
        ("ä ö ü", 3),
    ])
    func `words are runs without whitespace`(text: String, words: Int) {
        let count = WordCount(of: ByteBuffer(string: text))
        #expect(count.words == words)
        #expect(count.bytes == text.utf8.count)
    }

    @Test func `every byte counts as it should beside every other`() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [second, first, second, second, first, first, second, first, second]
                #expect(WordCount(of: ByteBuffer(bytes: bytes)).words == naiveWords(bytes))
            }
        }
    }

    @Test func `random bytes of every length give what a plain loop gives`() {
        for length in 0..<300 {
            let random = (0..<length).map { _ in UInt8.random(in: .min ... .max) }
            let texty = (0..<length).map { _ in Bool.random() ? 32 : UInt8.random(in: 8...14) }
            for bytes in [random, texty] {
                let count = WordCount(of: ByteBuffer(bytes: bytes))
                #expect(count.words == naiveWords(bytes))
                #expect(count.checksum == naiveChecksum(bytes))
            }
        }
    }

    @Test func `the whole corpus gives what a plain loop gives`() {
        let count = WordCount(of: Corpus.text)
        #expect(count.words == naiveWords(Array(Corpus.text)))
        #expect(count.words > 19_000)
    }

    @Test func `a changed byte, or a space more, changes the checksum`() {
        let bytes = Array(Corpus.text[..<100])
        var seen: Set = [WordCount(of: ByteBuffer(bytes: bytes)).checksum]
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << bit
                seen.insert(WordCount(of: ByteBuffer(bytes: changed)).checksum)
            }
        }
        seen.insert(WordCount(of: ByteBuffer(bytes: bytes + [32])).checksum)
        #expect(seen.count == 802)
    }

    @Test func `the place in memory does not matter`() {
        let bytes = Array("a slice may begin anywhere, and mostly it does".utf8)
        let counts = (0..<9).map { shift -> WordCount in
            let shifted = Array(repeating: 65, count: shift) + bytes
            return shifted.withUnsafeBytes { WordCount(of: .init(rebasing: $0[shift...])) }
        }
        #expect(Set(counts).count == 1)
    }
}

private func naiveWords(_ bytes: [UInt8]) -> Int {
    bytes.split { $0 == 32 || (9...13).contains($0) }.count
}

private func naiveChecksum(_ bytes: [UInt8]) -> UInt64 {
    var checksum: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ number: UInt64) {
        checksum = (checksum ^ number) &* 0x100_0000_01B3
        checksum ^= checksum >> 32
    }
    for start in stride(from: 0, to: bytes.count, by: 8) {
        var number: UInt64 = 0
        for index in 0..<8 {
            let byte = start + index < bytes.count ? bytes[start + index] : 32
            number |= UInt64(byte) << (8 * index)
        }
        add(number)
    }
    add(UInt64(bytes.count))
    return checksum
}
