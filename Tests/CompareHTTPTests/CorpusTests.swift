import Testing

@testable import CompareHTTP

@Suite struct CorpusTests {
    @Test func `the text is prose in ASCII, longer than any slice`() {
        #expect(Corpus.text.count >= Corpus.lengths.upperBound)
        #expect(Corpus.text.allSatisfy { $0 == 10 || (32..<127).contains($0) })
        #expect(Corpus.text.starts(with: Array("My Design in this Book".utf8)))
    }

    @Test func `a page is the same each time, within bounds`() {
        for number in 0..<10_000 {
            let slice = Corpus.slice(number)
            #expect(slice == Corpus.slice(number))
            #expect(Corpus.lengths.contains(slice.count))
            #expect(Corpus.text.indices.contains(slice.lowerBound))
            #expect(slice.upperBound <= Corpus.text.count)
        }
        // Also in another process: the numbers are part of what is compared.
        #expect(Corpus.slice(0) == 7975..<90_980)
        #expect(Corpus.slice(.max).count > 0)
    }

    @Test func `the lengths are spread evenly`() {
        let lengths = (0..<1000).map { Corpus.slice($0).count }
        let mean = lengths.reduce(0, +) / lengths.count
        #expect((54_000...58_700).contains(mean))
        #expect(Set(lengths).count > 980)
    }
}
