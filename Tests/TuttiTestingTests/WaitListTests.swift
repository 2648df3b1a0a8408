import Testing

@testable import TuttiTesting

@Suite struct WaitListTests {
    @Test(arguments: [0, 1, 2, 3, 100])
    func `waiters come out by key, those with the same key in the order in which they came`(
        count: Int
    ) {
        var list = WaitList<Int, Int>()
        let keys = (0..<count).map { $0 * 7919 % 10 }
        for (number, key) in keys.enumerated() { list.insert(number, as: Ticket(), at: key) }
        #expect(list.count == count)
        #expect(list.leastKey == keys.min())
        let expected = (0..<count).sorted { (keys[$0], $0) < (keys[$1], $1) }
        #expect(list.take(upTo: 4) + list.take(upTo: 9) == expected)
        #expect(list.count == 0)
    }

    @Test func `a waiter is removed once, and the others keep their order`() {
        for removed in 0..<5 {
            var list = WaitList<Int, Int>()
            let tickets = (0..<5).map { _ in Ticket() }
            for (number, ticket) in tickets.enumerated() {
                list.insert(number, as: ticket, at: number % 2)
            }
            #expect(list.remove(tickets[removed]) == removed)
            #expect(list.remove(tickets[removed]) == nil)
            #expect(list.take(upTo: 1) == [0, 2, 4, 1, 3].filter { $0 != removed })
        }
    }

    @Test func `what was taken cannot be removed`() {
        var list = WaitList<Int, Int>()
        let ticket = Ticket()
        list.insert(1, as: ticket, at: 5)
        #expect(list.take(upTo: 4) == [])
        #expect(list.take(upTo: 5) == [1])
        #expect(list.remove(ticket) == nil)
    }
}
