import CTutti
import Glibc
import Testing
import TuttiTesting

@testable import Tutti

/// What stands in a file may be anything.
@Suite(.timeLimit(.minutes(5))) struct TraceReaderTests {
    /// A memory with spans and moments of two threads, some of them cut.
    private static func image() throws -> TraceImage {
        let sketch = try SketchedMemory(sheets: 4, nameWords: 16)
        let name = sketch.memory.addName("parse")
        var (one, other) = (tutti_pen(), tutti_pen())
        let what = TraceEvent.what(.span, .begin, name: name, number: 3, attempt: 1)
        for time in 1...300 {
            let place = sketch.memory.write(&one, at: UInt64(time * 10), what) ?? 0
            sketch.memory.write(
                &one, at: UInt64(time * 10 + 5), what | TraceEvent.Phase.end.rawValue << 6,
                start: UInt64(time * 10), beginning: place)
        }
        sketch.memory.write(&other, at: 77, TraceEvent.what(.limit, .moment, number: 8))
        var image = sketch.memory.copy()
        // Clocks by which tick and nanosecond are one.
        for word in 0..<2 {
            image.words[TraceLayout.Head.first + word] = 0
            image.words[TraceLayout.Head.last + word] = 1_000_000_000
        }
        return image
    }

    @Test(arguments: 0..<4)
    func `changed words give a trace or an error, never a trap`(seed: UInt64) throws {
        let good = try Self.image()
        let words = good.words.count
        var random = SplitMix64(seed: seed)
        let edges: [UInt64] = [0, 1, 4, 255, 256, 0xFFFF, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max]
        let heads = TraceLayout(sheets: 4, nameWords: 16).sheetHeads
        var traces = 0
        for _ in 0..<2000 {
            var image = good
            for _ in 0...Int.random(in: 0..<5, using: &random) {
                // The heads, where lengths and places are, more often than the events.
                let place =
                    Bool.random(using: &random)
                    ? Int.random(in: 0..<heads + 32, using: &random)
                    : Int.random(in: 0..<words, using: &random)
                image.words[place] =
                    Bool.random(using: &random)
                    ? edges[Int.random(in: 0..<edges.count, using: &random)]
                    : image.words[place] ^ 1 << UInt64.random(in: 0..<64, using: &random)
            }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: image.words.removeLast(Int.random(in: 0..<words, using: &random))
            case 1: image.statesAfterwards.removeLast(1)
            default: break
            }
            guard let trace = try? TraceReader.read(image, until: .now) else { continue }
            traces += 1
            for event in trace.events {
                #expect(event.end.map { $0 >= event.start } ?? true)
                #expect(event.name.utf8.count <= 3 * 64 * 8)
            }
            // The export looks at every field.
            if traces % 20 == 0 { #expect(trace.chromeJSON.hasSuffix("]}\n")) }
        }
        #expect(traces > 100)
    }

    @Test func `what is no trace, or is of another start of the machine, is refused`() throws {
        var image = try Self.image()
        #expect(throws: TraceReader.Problem.noTrace) {
            try TraceReader.read(TraceImage(words: [], statesAfterwards: []), until: .now)
        }
        image.words[TraceLayout.Head.first] = 2_000_000_000
        #expect(throws: TraceReader.Problem.wrongClock) {
            try TraceReader.read(image, until: .now)
        }
        image.words[TraceLayout.Head.magic] += 1
        #expect(throws: TraceReader.Problem.noTrace) {
            try TraceReader.read(image, until: .now)
        }
    }

    @Test func `a cut file gives what is left of it, other files nothing`() throws {
        let path = try TemporaryPlace.usual.makeFolder("tutti-test")
        let image = try Self.image()
        defer {
            for name in ["1.ring", "2.ring", "3.ring", "4.ring"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        func write(_ name: String, _ words: some Collection<UInt64>) throws {
            let file = try #require(fopen("\(path)/\(name)", "we"))
            _ = Array(words).withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
            fclose(file)
        }
        let layout = TraceLayout(sheets: 4, nameWords: 16)
        try write("1.ring", image.words)
        try write("2.ring", image.words.prefix(layout.events(of: 2)))
        try write("3.ring", repeatElement(.max, count: 1000))
        mkfifo("\(path)/4.ring", 0o600)
        let one = try TraceReader.read(image, until: .now).events.count
        let trace = try Trace(folder: path)
        #expect(trace.events.count > one)
        #expect(trace.events.count < 2 * one)
        #expect(throws: SystemError.self) { try Trace(folder: path + "/nowhere") }
    }

    @Test func `ticks become nanoseconds along a line`() throws {
        let scale = try #require(
            TickScale(.init(ticks: 1000, nanoseconds: 500), .init(ticks: 3000, nanoseconds: 1500)))
        #expect(scale.instant(1000)?.nanoseconds == 500)
        #expect(scale.instant(2000)?.nanoseconds == 1000)
        #expect(scale.instant(4000)?.nanoseconds == 2000)
        #expect(scale.instant(0)?.nanoseconds == 0)
        #expect(scale.instant(1 << 63) == nil)
        for (ticks, nanoseconds) in [(1000, 1500), (3000, 500), (3000, 1 << 62), (1001, 1 << 50)] {
            let last = ClockReading(ticks: UInt64(ticks), nanoseconds: UInt64(nanoseconds))
            #expect(TickScale(.init(ticks: 1000, nanoseconds: 500), last) == nil)
        }
    }
}
