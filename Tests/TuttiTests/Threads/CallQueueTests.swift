import Testing

@testable import Tutti

@Suite struct CallQueueTests {
    @Test func `the queue is first in, first out`() {
        var queue = CallQueue<Int>()
        queue.append(1)
        queue.append(2)
        #expect(queue.popFirst() == 1)
        queue.append(3)
        #expect(queue.popFirst() == 2)
        #expect(queue.popFirst() == 3)
        #expect(queue.popFirst() == nil)
        #expect(queue.count == 0)
    }

    @Test(arguments: [0, 1, 2, 3, 4])
    func `an element can be taken out of any place`(place: Int) {
        var queue = CallQueue<Int>()
        let tickets = (0..<5).map { queue.append($0) }
        #expect(queue.remove(tickets[place]) == place)
        #expect(queue.remove(tickets[place]) == nil)
        #expect(queue.count == 4)
        var rest: [Int] = []
        while let element = queue.popFirst() { rest.append(element) }
        #expect(rest == [0, 1, 2, 3, 4].filter { $0 != place })
    }

    @Test func `a ticket of the past takes out nothing that came later`() {
        var queue = CallQueue<Int>()
        let old = queue.append(1)
        #expect(queue.popFirst() == 1)
        let new = queue.append(2)
        #expect(queue.remove(old) == nil)
        #expect(queue.count == 1)
        #expect(queue.remove(new) == 2)
        #expect(queue.popFirst() == nil)
    }

    @Test func `random steps agree with an array`() {
        var queue = CallQueue<Int>()
        var model: [(ticket: CallQueue<Int>.Ticket, element: Int)] = []
        var random = RandomVictims(seed: 7)
        for step in 0..<10_000 {
            switch random.next(below: 3) {
            case 0:
                model.append((queue.append(step), step))
            case 1 where !model.isEmpty:
                let taken = model.remove(at: random.next(below: model.count))
                #expect(queue.remove(taken.ticket) == taken.element)
            default:
                let first = model.isEmpty ? nil : model.removeFirst().element
                #expect(queue.popFirst() == first)
            }
            #expect(queue.count == model.count)
        }
    }
}
