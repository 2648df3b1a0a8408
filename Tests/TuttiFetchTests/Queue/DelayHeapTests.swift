import Testing

@testable import TuttiFetch

@Suite struct DelayHeapTests {
    @Test func `events come in the order of their times`() {
        var heap = DelayHeap<UInt64>()
        var times: [UInt64] = []
        var state: UInt64 = 3
        for _ in 0..<1000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            times.append(state >> 50)
            heap.insert(state >> 50, at: state >> 50)
        }
        var popped: [UInt64] = []
        while let event = heap.popFirst(dueBy: .max) { popped.append(event) }
        #expect(popped == times.sorted())
    }

    @Test func `nothing comes before its time`() {
        var heap = DelayHeap<String>()
        heap.insert("late", at: 20)
        heap.insert("soon", at: 10)
        #expect(heap.nextTime == 10)
        #expect(heap.popFirst(dueBy: 9) == nil)
        #expect(heap.popFirst(dueBy: 10) == "soon")
        #expect(heap.popFirst(dueBy: 19) == nil)
    }
}
