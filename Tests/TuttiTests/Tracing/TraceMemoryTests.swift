import CTutti
import Synchronization
import Testing

@testable import Tutti

/// Memory of a trace that belongs to a test, and writers that are no threads.
struct SketchedMemory: ~Copyable {
    let memory: TraceMemory
    private let start: UnsafeMutableRawPointer

    init(sheets: Int, nameWords: Int = 64) throws {
        let layout = TraceLayout(sheets: sheets, nameWords: nameWords)
        start = try #require(tutti_trace_memory(layout.bytes))
        memory = TraceMemory(start, for: 77, layout)
    }

    deinit { tutti_shared_unmap(start, memory.layout.bytes) }

    /// What a reader sees, with clocks that give tick `n` the nanosecond `n`.
    func read(statesAfterwards: (([UInt64]) -> [UInt64])? = nil) throws -> Trace {
        var image = memory.copy()
        for word in [TraceLayout.Head.first, TraceLayout.Head.first + 1] { image.words[word] = 0 }
        for word in [TraceLayout.Head.last, TraceLayout.Head.last + 1] {
            image.words[word] = 1_000_000_000
        }
        if let statesAfterwards {
            image.statesAfterwards = statesAfterwards(image.statesAfterwards)
        }
        return try TraceReader.read(image, until: .now)
    }
}

extension TraceMemory {
    /// Writes an event as the thread with this pen; returns its place.
    @discardableResult
    func write(
        _ pen: inout tutti_pen, at time: UInt64, _ what: UInt64, start: UInt64 = 0,
        beginning: UInt64 = 0
    ) -> UInt64? {
        if pen.head == nil || pen.state & 0xFFFF == 256 {
            guard turnPage(of: &pen) else { return nil }
        }
        guard let head = pen.head, let events = pen.events else { return nil }
        let place = pen.state
        let event = events + Int(place & 0xFFFF) * 4
        (event[0], event[1], event[2], event[3]) = (time, what, start, beginning)
        pen.state += 1
        head[0] = pen.state
        return place
    }
}

@Suite struct TraceMemoryTests {
    private let mark = TraceEvent.what(.mark, .moment, number: 5)

    @Test func `a span is read from its end, and has the thread of its beginning`() throws {
        let sketch = try SketchedMemory(sheets: 4)
        let name = sketch.memory.addName("parse")
        var pen = tutti_pen()
        let begin = TraceEvent.what(.job, .begin, name: name, number: 3, attempt: 2)
        let end = begin | TraceEvent.Phase.end.rawValue << 6
        let place = try #require(sketch.memory.write(&pen, at: 100, begin))
        sketch.memory.write(&pen, at: 250, end, start: 100, beginning: place)
        let event = try #require(try sketch.read().events.first)
        #expect(event.kind == .job)
        #expect(event.name == "parse")
        #expect(event.number == 3)
        #expect(event.attempt == 2)
        #expect(event.process == 77)
        #expect(event.thread == Thread.currentID)
        #expect(event.start.nanoseconds == 100)
        #expect(event.end?.nanoseconds == 250)
    }

    @Test func `a span whose beginning is gone is whole, one without an end is open`() throws {
        let sketch = try SketchedMemory(sheets: 4)
        var pen = tutti_pen()
        let end = TraceEvent.what(.call, .end)
        sketch.memory.write(&pen, at: 90, end, start: 10, beginning: 123 << 16)
        sketch.memory.write(&pen, at: 95, TraceEvent.what(.wait, .begin))
        let events = try sketch.read().events
        #expect(events.map(\.kind) == [.call, .wait])
        #expect(events.map { $0.end?.nanoseconds } == [90, nil])
        #expect(events.first?.number == nil)
    }

    @Test(arguments: [0, 1, 255, 256, 257, 1023, 1024, 1025, 5000])
    func `the last events are kept, and those written over are counted`(count: Int) throws {
        let sketch = try SketchedMemory(sheets: 4)
        sketch.memory.begin(at: 1)
        var pen = tutti_pen()
        for time in 0..<count { sketch.memory.write(&pen, at: UInt64(time + 1), mark) }
        let trace = try sketch.read()
        #expect(trace.events.count + trace.lost == count)
        #expect(trace.events.count >= min(count, 3 * 256))
        let times = trace.events.map { Int($0.start.nanoseconds) }
        #expect(times == Array((count - times.count + 1)..<(count + 1)))
    }

    @Test func `what is older than anybody's interest is no loss`() throws {
        let sketch = try SketchedMemory(sheets: 2)
        sketch.memory.begin(at: 10_000)
        var pen = tutti_pen()
        for time in 1...2000 { sketch.memory.write(&pen, at: UInt64(time), mark) }
        #expect(try sketch.read().lost == 0)
    }

    @Test func `each thread has a sheet of its own, and the others go without`() throws {
        let sketch = try SketchedMemory(sheets: 3)
        var pens = Array(repeating: tutti_pen(), count: 5)
        for index in pens.indices {
            sketch.memory.write(&pens[index], at: UInt64(index + 1), mark)
        }
        let trace = try sketch.read()
        #expect(trace.events.map(\.start.nanoseconds) == [1, 2, 3])
        #expect(trace.lost == 2)
    }

    @Test func `a thread that holds its sheet keeps it while others go round`() throws {
        let sketch = try SketchedMemory(sheets: 3)
        var (slow, busy) = (tutti_pen(), tutti_pen())
        sketch.memory.write(&slow, at: 1, mark)
        for time in 2...3000 { sketch.memory.write(&busy, at: UInt64(time), mark) }
        sketch.memory.write(&slow, at: 3001, mark)
        let times = try sketch.read().events.map(\.start.nanoseconds)
        #expect(times.first == 1)
        #expect(times.last == 3001)
    }

    @Test func `a sheet that was taken while it was copied does not count`() throws {
        let sketch = try SketchedMemory(sheets: 3)
        var pen = tutti_pen()
        for time in 1...300 { sketch.memory.write(&pen, at: UInt64(time), mark) }
        let trace = try sketch.read { states in
            states.map { $0 & 0xFFFF == 256 ? $0 + 3 << 16 : $0 }
        }
        #expect(trace.events.map(\.start.nanoseconds) == Array(257...300))
    }

    @Test func `events are gone once they were discarded`() throws {
        let sketch = try SketchedMemory(sheets: 2)
        var pen = tutti_pen()
        sketch.memory.write(&pen, at: 1, mark)
        sketch.memory.discardEvents()
        sketch.memory.write(&pen, at: 2, mark)
        #expect(try sketch.read().events.map(\.start.nanoseconds) == [2])
    }

    @Test func `names beyond the room share one`() throws {
        let sketch = try SketchedMemory(sheets: 1, nameWords: 8)
        let names = (0..<20).map { "name \($0)" }
        let numbers = names.map { sketch.memory.addName($0) }
        var pen = tutti_pen()
        for (time, number) in numbers.enumerated() {
            sketch.memory.write(
                &pen, at: UInt64(time + 1), TraceEvent.what(.mark, .moment, name: number))
        }
        let read = try sketch.read().events.map(\.name)
        let kept = read.prefix { $0 != "others" }
        #expect(!kept.isEmpty)
        #expect(Array(kept) == Array(names.prefix(kept.count)))
        #expect(read.dropFirst(kept.count).allSatisfy { $0 == "others" })
    }

    @Test func `numbers that do not fit become the largest`() {
        func number(_ number: Int?) -> Int? {
            TraceEvent(
                time: 1, what: TraceEvent.what(.mark, .moment, number: number), start: 0,
                beginning: 0
            ).number
        }
        #expect(number(nil) == nil)
        #expect(number(0) == 0)
        #expect(number(-1) == 0)
        #expect(number(4_294_967_294) == 4_294_967_294)
        #expect(number(.max) == 4_294_967_294)
    }
}
