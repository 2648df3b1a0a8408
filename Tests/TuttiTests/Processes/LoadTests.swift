import Testing

@testable import Tutti

/// What several tickets' jobs are on the wire.
@Suite struct LoadTests {
    private func sum(_ count: Int = 1) throws -> Slice {
        try Slice.coded(Slice.beginning(of: Sum.self), most: count) { Sum(numbers: [1]) }.slice
    }

    private func trouble(_ number: Int) throws -> Slice {
        try Slice.packed(
            Slice.beginning(of: PackedTrouble.self),
            PackedTrouble(number: number, isThrowing: false))
    }

    private func append(_ request: Slice, _ jobs: Range<Int>, to load: inout Load) {
        let answer = AnswerSink.slice(SliceAnswers(count: request.count) { _ in })
        load.append(CrewState.Ticket(request: request, answer: answer), jobs)
    }

    /// The heads of the frames that a load is sent as.
    private func heads(_ load: Load) throws -> [(jobs: Range<Int>, form: Slice.Form)] {
        var heads: [(jobs: Range<Int>, form: Slice.Form)] = []
        var bytes = load.joined[...]
        while !bytes.isEmpty {
            let size = Frame.headerSize + Int(FrameHead(Array(bytes), at: 0).length)
            let frame = try Frame(.slice, whole: Array(bytes.prefix(size)))
            let head = try #require(Slice.Head(frame))
            heads.append((head.jobs, head.form))
            bytes = bytes.dropFirst(size)
        }
        return heads
    }

    @Test func `jobs of one type that follow each other are one slice`() throws {
        var load = Load()
        for number in 0..<5 { append(try trouble(number), 0..<1, to: &load) }
        #expect(load.count == 5)
        #expect(try heads(load).map(\.jobs) == [0..<5])
        let whole = try Slice.packed(
            Slice.beginning(of: PackedTrouble.self),
            (0..<5).map { PackedTrouble(number: $0, isThrowing: false) }[...])
        #expect(load.joined == whole.frame.bytes)
    }

    @Test func `slices are joined as well, for coded jobs too`() throws {
        var load = Load()
        for count in [1, 3, 1] { append(try sum(count), 0..<count, to: &load) }
        #expect(load.joined == (try sum(5)).frame.bytes)
    }

    @Test func `jobs of different types or forms stay apart, in their order`() throws {
        var load = Load()
        for slice in [
            try trouble(1), try trouble(2), try sum(), try trouble(3),
            try Slice.coded(
                Slice.beginning(of: PackedTrouble.self), PackedTrouble(number: 4, isThrowing: true)),
        ] { append(slice, 0..<1, to: &load) }
        let heads = try heads(load)
        #expect(heads.map(\.jobs) == [0..<2, 0..<1, 0..<1, 0..<1])
        #expect(heads.map(\.form) == [.packed, .coded, .packed, .coded])
    }

    @Test func `the rest of a slice is a frame of its own`() throws {
        var load = Load()
        for jobs in [0..<4, 4..<10, 0..<10, 0..<10] { append(try sum(10), jobs, to: &load) }
        #expect(try heads(load).map(\.jobs) == [0..<4, 4..<10, 0..<20])
    }
}
