import Testing

@testable import Tutti

@Suite struct LastLinesTests {
    private func summary(_ pieces: String...) -> LastLines.Summary {
        var last = LastLines()
        for piece in pieces { last.add(Array(piece.utf8)) }
        return last.summary
    }

    @Test func `nothing gives nothing`() {
        #expect(summary() == LastLines.Summary())
    }

    @Test func `lines come back in order, the last one also without its end`() {
        #expect(summary("a\nb", "b\n\nc").lines == ["a", "bb", "", "c"])
        #expect(summary("a\n").lines == ["a"])
    }

    @Test func `at most twenty lines are kept`() {
        let all = (0..<1000).map { "line \($0)" }
        #expect(summary(all.joined(separator: "\n")).lines == Array(all.suffix(20)))
    }

    @Test func `at most four KiB are kept, of one long line its end`() {
        let lines = summary(
            String(repeating: "a", count: 3000) + "\n" + String(repeating: "b", count: 3000)
        ).lines
        #expect(lines == [String(repeating: "b", count: 3000)])
        let long = summary(String(repeating: "x", count: 1_000_000) + "end").lines
        #expect(long.count == 1)
        #expect(long.first?.utf8.count == LastLines.bytes)
        #expect(long.first?.hasSuffix("xend") == true)
    }

    @Test func `much output keeps its end`() {
        var last = LastLines()
        for number in 0..<100_000 { last.add(Array("number \(number)\n".utf8)) }
        #expect(last.summary.lines == (99_980..<100_000).map { "number \($0)" })
        last.clear()
        #expect(last.summary == LastLines.Summary())
    }

    @Test func `a trap's message is found, with its place and all its lines`() {
        let found = summary("before\n", "M/F.swift:7: Fatal error: on\npurpose\n")
        #expect(found.trap == "M/F.swift:7: Fatal error: on\npurpose")
        #expect(found.lines == ["before", "M/F.swift:7: Fatal error: on", "purpose"])
        #expect(summary("Fatal error: out of memory").trap == "Fatal error: out of memory")
        #expect(summary("M/F.swift:7: Precondition failed: x\n").trap?.hasSuffix("x") == true)
        #expect(summary("M/F.swift:7: Assertion failed\n").trap?.hasSuffix("failed") == true)
        #expect(summary("all is well\n").trap == nil)
    }

    @Test func `the stack after a trap's message does not push out what the job wrote`() {
        let frames = (0..<300).map { "\($0)    libswiftCore.so    0x00007f31e715f130 f + 33" }
        let found = summary(
            "from the job\nF.swift:1: Fatal error: no\nCurrent stack trace:\n",
            frames.joined(separator: "\n"))
        #expect(found.trap == "F.swift:1: Fatal error: no")
        #expect(found.lines == ["from the job", "F.swift:1: Fatal error: no"])
    }
}
