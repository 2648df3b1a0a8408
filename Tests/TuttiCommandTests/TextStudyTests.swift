import Testing

@testable import TuttiCommand

@Suite struct TextStudyTests {
    private func study(_ text: String) -> TextStudy {
        Array(text.utf8).withUnsafeBytes(TextStudy.init(of:))
    }

    @Test func `words are counted whatever their case`() {
        let study = study("The cat saw the dog; THE END. The dog!")
        #expect(study.words.count == 5)
        #expect(study.words.favourite == "the")
        #expect(study.words.favouriteCount == 4)
        #expect(study.pairs.favourite == "the dog")
        #expect(study.pairs.favouriteCount == 2)
    }

    @Test(arguments: ["", "a", "abc", " ,;"])
    func `a text that repeats nothing has no phrase`(text: String) {
        #expect(study(text).phrase.phrase.isEmpty)
        #expect(study(text).phrase.places.isEmpty)
    }

    @Test func `the longest phrase that occurs twice is found, also overlapping itself`() {
        let phrase = study("to be or not to be").phrase
        #expect(String(decoding: phrase.phrase, as: UTF8.self) == "to be")
        #expect(phrase.places == [0, 13])
        #expect(study("aaaa").phrase.phrase.count == 3)
    }

    @Test func `the phrase is that of a naive search`() {
        var state: UInt64 = 7
        for length in [2, 3, 10, 60] {
            let text = (0..<length).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                return UInt8(97 + state >> 62)
            }
            var longest = 0
            for left in text.indices {
                for right in text.indices where right > left {
                    let common = zip(text[left...], text[right...]).prefix { $0 == $1 }.count
                    longest = max(longest, common)
                }
            }
            #expect(text.withUnsafeBytes(RepeatedPhrase.init(in:)).phrase.count == longest)
        }
    }
}
