import Testing

@testable import Tutti

@Suite struct ThreadCrewStateTests {
    /// A crew of 2 processors with `busy` threads running calls and `queued` calls waiting.
    private func crew(busy: Int, queued: Int, maximum: Int = 100) -> ThreadCrewState<Int> {
        var crew = ThreadCrewState<Int>(processors: 2, maximum: maximum)
        for call in 0..<busy {
            #expect(crew.add(call).action == .start)
            crew.arrived()
            #expect(crew.take(call) == call)
        }
        for call in 0..<queued { _ = crew.add(busy + call) }
        return crew
    }

    @Test func `calls start threads up to the processors, then somebody must watch`() {
        var crew = ThreadCrewState<Int>(processors: 2, maximum: 100)
        #expect(crew.add(0).action == .start)
        #expect(crew.add(1).action == .start)
        #expect(crew.add(2).action == .watch)
        #expect(crew.threads == 2)
    }

    @Test func `a thread that sleeps once is not blocked, twice it is`() {
        var crew = crew(busy: 2, queued: 3)
        #expect(crew.saw(0, asleep: true) == false)
        #expect(crew.reinforce() == .watch)
        #expect(crew.saw(0, asleep: true) == true)
        #expect(crew.reinforce() == .start)
        #expect(crew.reinforce() == .watch)
    }

    @Test func `a thread seen awake in between starts over`() {
        var crew = crew(busy: 2, queued: 1)
        _ = crew.saw(0, asleep: true)
        _ = crew.saw(0, asleep: false)
        #expect(crew.saw(0, asleep: true) == false)
    }

    @Test func `computing calls never get more threads than processors`() {
        var crew = crew(busy: 2, queued: 100)
        for _ in 0..<50 {
            _ = crew.saw(0, asleep: false)
            _ = crew.saw(1, asleep: false)
            #expect(crew.reinforce() == .watch)
        }
        #expect(crew.threads == 2)
    }

    @Test func `when calls mostly block, several are tried at a time`() {
        var crew = crew(busy: 2, queued: 1000, maximum: 1000)
        var next = 2
        for _ in 0..<30 {
            for thread in 0..<next {
                _ = crew.saw(thread, asleep: true)
                _ = crew.saw(thread, asleep: true)
            }
            while crew.reinforce() == .start {
                crew.arrived()
                guard crew.take(next) != nil else { break }
                next += 1
            }
        }
        // Of two processors; that they all block is known by now.
        #expect(crew.running == 16)
        // Two that turn out to compute leave no room, however many may block.
        for thread in next - 2..<next { _ = crew.saw(thread, asleep: false) }
        #expect(crew.reinforce() == .watch)
    }

    @Test func `calls that compute after others blocked are few at a time again`() {
        var crew = crew(busy: 2, queued: 1000)
        for thread in 0..<2 {
            _ = crew.saw(thread, asleep: true)
            _ = crew.saw(thread, asleep: true)
        }
        for _ in 0..<100 { _ = crew.take(0) }
        var next = 2
        while crew.reinforce() == .start {
            crew.arrived()
            #expect(crew.take(next) != nil)
            next += 1
        }
        #expect(crew.running == 2)
    }

    @Test func `a thread gives way when the blocked ones run again`() {
        var crew = crew(busy: 2, queued: 3)
        for thread in 0..<2 {
            _ = crew.saw(thread, asleep: true)
            _ = crew.saw(thread, asleep: true)
        }
        #expect(crew.reinforce() == .start)
        crew.arrived()
        #expect(crew.take(2) == 2)
        _ = crew.saw(0, asleep: false)
        _ = crew.saw(1, asleep: false)
        #expect(crew.running == 3)
        #expect(crew.take(2) == nil)
        #expect(crew.idle == [2])
        // A processor gets free: the thread of the call that ended goes on by itself.
        #expect(crew.take(0) == 3)
    }

    @Test func `the thread that became idle last is woken first`() {
        var crew = crew(busy: 2, queued: 0)
        _ = crew.take(0)
        _ = crew.take(1)
        #expect(crew.add(9).action == .wake(1))
        #expect(crew.retire(0) == true)
        #expect(crew.retire(1) == false)
        #expect(crew.threads == 1)
    }

    @Test func `the bound on threads holds`() {
        var crew = crew(busy: 2, queued: 2, maximum: 2)
        for _ in 0..<2 {
            _ = crew.saw(0, asleep: true)
            _ = crew.saw(1, asleep: true)
        }
        #expect(crew.reinforce() == .watch)
    }

    @Test func `a thread that could not be started is not counted`() {
        var crew = ThreadCrewState<Int>(processors: 2, maximum: 4)
        #expect(crew.add(0).action == .start)
        crew.startFailed()
        #expect(crew.threads == 0)
        #expect(crew.reinforce() == .start)
    }

    @Test func `a call that is taken out of the queue needs no thread`() {
        var crew = crew(busy: 2, queued: 0)
        let ticket = crew.add(7).ticket
        #expect(crew.remove(ticket) == 7)
        #expect(crew.remove(ticket) == nil)
        #expect(crew.take(0) == nil)
        #expect(crew.reinforce() == .nothing)
    }

    @Test func `a thread that comes for a call that was taken out becomes idle`() {
        var crew = ThreadCrewState<Int>(processors: 2, maximum: 4)
        let ticket = crew.add(7).ticket
        #expect(crew.remove(ticket) == 7)
        crew.arrived()
        #expect(crew.take(0) == nil)
        #expect(crew.idle == [0])
    }
}
