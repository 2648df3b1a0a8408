import Testing

@testable import Tutti

@Suite struct PartQueueTests {
    private func part(_ ticket: Int, _ count: Int = 1) -> CrewState.Part {
        CrewState.Part(ticket: ticket, jobs: 0..<count)
    }

    private func drain(_ queue: PartQueue) -> [Int] {
        var queue = queue
        var tickets: [Int] = []
        while let first = queue.first {
            tickets.append(first.ticket)
            queue.removeFirst()
        }
        return tickets
    }

    @Test func `parts leave as they came, and what comes back is first`() {
        var queue = PartQueue()
        for ticket in 1...3 { queue.append(part(ticket, ticket)) }
        #expect(queue.jobs == 6)
        queue.removeFirst()
        queue.prepend(part(9, 5))
        queue.prepend(part(8))
        #expect(queue.jobs == 11)
        #expect(drain(queue) == [8, 9, 2, 3])
    }

    @Test func `the parts of a ticket leave wherever they are`() {
        var queue = PartQueue()
        for ticket in [1, 2, 1, 3] { queue.append(part(ticket, 2)) }
        queue.removeFirst()
        #expect(queue.remove(ticket: 1).count == 1)
        #expect(queue.remove(ticket: 1).isEmpty)
        #expect(queue.jobs == 4)
        #expect(drain(queue) == [2, 3])
        #expect(queue.removeAll().map(\.ticket) == [2, 3])
        #expect(queue.first == nil)
    }

    @Test func `a long queue keeps its order while its beginning is cut off`() {
        var queue = PartQueue()
        for ticket in 0..<1000 { queue.append(part(ticket)) }
        var left: [Int] = []
        for ticket in 1000..<3000 {
            if let first = queue.first { left.append(first.ticket) }
            queue.removeFirst()
            if ticket.isMultiple(of: 2) { queue.append(part(ticket)) }
        }
        #expect(left == left.sorted())
        #expect(left.count == 2000)
        #expect(queue.first == nil)
        #expect(queue.jobs == 0)
    }
}
