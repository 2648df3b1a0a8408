import Testing

@testable import Tutti

@Suite struct LineSplitterTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `a line comes out when its end is there, and not before`() {
        var splitter = LineSplitter()
        #expect(splitter.add([]).isEmpty)
        #expect(splitter.add(bytes("one")).isEmpty)
        #expect(text(splitter.add(bytes(" line\nand an"))) == "one line\n")
        #expect(text(splitter.add(bytes("other\n\n"))) == "and another\n\n")
        #expect(splitter.finishLine().isEmpty)
    }

    @Test func `a line without an end gets one`() {
        var splitter = LineSplitter(tag: "> ")
        #expect(splitter.add(bytes("no end")).isEmpty)
        #expect(text(splitter.finishLine()) == "> no end\n")
        #expect(splitter.finishLine().isEmpty)
    }

    @Test func `each line has its tag, an empty one too`() {
        var splitter = LineSplitter(tag: "[worker 7] ")
        #expect(
            text(splitter.add(bytes("a\n\nb\nc")))
                == "[worker 7] a\n[worker 7] \n[worker 7] b\n")
        #expect(text(splitter.finishLine()) == "[worker 7] c\n")
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `however the bytes are cut, the lines are the same`(size: Int) {
        let whole = bytes((0..<100).map { "line \($0) – ü\n" }.joined())
        var splitter = LineSplitter()
        var out: [UInt8] = []
        for start in stride(from: 0, to: whole.count, by: size) {
            out += splitter.add(Array(whole[start..<min(start + size, whole.count)]))
        }
        #expect(out == whole)
    }

    @Test func `a line at the limit stays whole, a longer one is broken`() {
        let longest = LineSplitter.longest
        var splitter = LineSplitter()
        let fits = [UInt8](repeating: UInt8(ascii: "x"), count: longest)
        #expect(splitter.add(fits).isEmpty)
        #expect(splitter.add(bytes("\n")) == fits + bytes("\n"))
        #expect(splitter.add(fits + bytes("y\n")) == fits + bytes("\ny\n"))
        // Without an end in sight.
        let out = splitter.add(fits + fits + fits)
        #expect(out.filter { $0 == UInt8(ascii: "\n") }.count == 2)
        #expect(splitter.finishLine().count == longest + 1)
    }

    @Test(arguments: 0..<4)
    func `a long line is not broken within a character`(shift: Int) {
        let long = String(repeating: "a", count: shift) + String(repeating: "🎼", count: 40_000)
        var splitter = LineSplitter(tag: "> ")
        let out = text(splitter.add(bytes(long)) + splitter.finishLine())
        let lines = out.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.map { $0.dropFirst(2) }.joined() == long)
        #expect(lines.allSatisfy { $0.utf8.count <= LineSplitter.longest + 2 })
    }

    @Test func `bytes that are no text are broken too`() {
        var splitter = LineSplitter()
        let strange = [UInt8](repeating: 0x80, count: LineSplitter.longest + 10)
        let out = splitter.add(strange) + splitter.finishLine()
        #expect(out.filter { $0 == 0x80 }.count == strange.count)
    }
}
