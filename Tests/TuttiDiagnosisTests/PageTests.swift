import Testing

@testable import TuttiDiagnosis

@Suite struct PageTests {
    private static func page(threads: Int, turns: Int = 20) -> String {
        var sketch = Sketch()
        sketch.thread(
            named: "</script><b>'&", [.runs(2), .waits(WaitReason(.network), 30)].times(turns))
        for number in 1..<threads {
            sketch.thread(
                process: Int32(100 + number),
                [.absent(Double(number))] + [.runs(1), .waits(WaitReason(.disk), 3)].times(turns))
        }
        return Page(sketch.diagnosis).description
    }

    @Test func `the headline and a row for each verdict stand in the page`() {
        let page = Self.page(threads: 1)
        #expect(page.contains("<h1>640 ms could be about <b>"))
        #expect(page.contains("Waiting for the network</th>"))
        #expect(page.contains("<b>concurrency</b>: start these 20 together"))
    }

    @Test func `names from outside stay text`() {
        let page = Self.page(threads: 1)
        #expect(!page.contains("</script><b>"))
        #expect(page.contains("\\u003c/script>\\u003cb>"))
    }

    @Test func `the page loads nothing`() {
        let page = Self.page(threads: 3)
        #expect(!page.contains("http:"))
        #expect(!page.contains("https:"))
        #expect(!page.contains("src="))
        #expect(!page.contains("@import"))
    }

    @Test func `a minute of a hundred threads with a hundred thousand jobs is a small page`() {
        let recording = Busy.recording
        #expect(recording.threads.count == 100)
        #expect(recording.duration == 60_000_000_000)
        #expect(recording.spans.count == 100_000)
        #expect(Page(Diagnosis(recording)).description.utf8.count <= 300_000)
    }

    @Test func `threads that follow each other share a lane when there are many`() {
        var sketch = Sketch()
        for number in 0..<200 {
            sketch.thread(process: Int32(1000 + number), [.absent(Double(number) * 10), .runs(9)])
        }
        let lanes = Lanes(sketch.recorded, mostThreads: 24, most: 60).lanes
        #expect(lanes.count == 1)
        #expect(lanes.first?.threads.count == 200)
    }

    @Test func `the idlest of too many threads are left out`() {
        var sketch = Sketch()
        for number in 0..<100 { sketch.thread([.ready(1), .runs(Double(number + 1))]) }
        let lanes = Lanes(sketch.recorded, mostThreads: 24, most: 60).lanes
        #expect(lanes.count == 60)
        #expect(lanes.map(\.ran).min() == 41_000_000)
    }
}
