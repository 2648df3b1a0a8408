import Testing

@testable import Tutti

@Suite struct SleeperTests {
    @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 100, 1000])
    func `sleepers come out by deadline, equal ones in the order in which they came`(count: Int) {
        var generator = SystemRandomNumberGenerator()
        let sleepers = (0..<count).map { _ in
            Sleeper<Int>(deadline: .random(in: 0..<10, using: &generator))
        }
        var heap = SleeperHeap<Int>()
        for sleeper in sleepers { heap.insert(sleeper) }
        var taken: [Sleeper<Int>] = []
        while let sleeper = heap.popFirst(dueBy: 10) { taken.append(sleeper) }
        // The sort of the standard library is stable.
        let expected = sleepers.sorted { $0.deadline < $1.deadline }
        #expect(taken.map(ObjectIdentifier.init) == expected.map(ObjectIdentifier.init))
    }

    @Test func `what is not due stays`() {
        var heap = SleeperHeap<Int>()
        heap.insert(Sleeper<Int>(deadline: 5))
        let early = heap.popFirst(dueBy: 4)
        #expect(early == nil)
        #expect(heap.earliestDeadline == 5)
        let due = heap.popFirst(dueBy: 5)
        #expect(due != nil)
        #expect(heap.earliestDeadline == nil)
    }

    @Test func `any sleeper can be removed, once, and the others keep their order`() {
        let sleepers = (0..<200).map { Sleeper<Int>(deadline: UInt64($0 * 7919 % 200)) }
        for removed in sleepers.indices {
            var heap = SleeperHeap<Int>()
            for sleeper in sleepers { heap.insert(sleeper) }
            let answers = [heap.remove(sleepers[removed]), heap.remove(sleepers[removed])]
            #expect(answers == [true, false])
            var deadlines: [UInt64] = []
            while let sleeper = heap.popFirst(dueBy: .max) { deadlines.append(sleeper.deadline) }
            #expect(deadlines == (0..<200).filter { $0 != sleepers[removed].deadline })
        }
    }

    @Test func `nothing is left when all were removed in any order`() {
        var heap = SleeperHeap<Int>()
        var sleepers = (0..<500).map { Sleeper<Int>(deadline: UInt64($0 % 17)) }
        for sleeper in sleepers { heap.insert(sleeper) }
        sleepers.shuffle()
        for (index, sleeper) in sleepers.enumerated() {
            let isRemoved = heap.remove(sleeper)
            #expect(isRemoved)
            #expect(heap.count == sleepers.count - index - 1)
        }
    }

    @Test func `durations become nanoseconds, rounded up and clamped`() {
        #expect(Duration.zero.wholeNanoseconds == 0)
        #expect(Duration.seconds(-1).wholeNanoseconds == 0)
        #expect(Duration.nanoseconds(-1).wholeNanoseconds == 0)
        #expect(Duration(secondsComponent: 0, attosecondsComponent: 1).wholeNanoseconds == 1)
        #expect(Duration.milliseconds(1500).wholeNanoseconds == 1_500_000_000)
        #expect(Duration.seconds(Int64.max).wholeNanoseconds == 1 << 62)
    }
}
