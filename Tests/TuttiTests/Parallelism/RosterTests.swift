import Testing

@testable import Tutti

@Suite struct RosterTests {
    @Test func `a pool is born asleep, with a permit for each thread`() {
        var roster = Roster(width: 2)
        #expect((roster.asleep, roster.free) == (2, 2))
        #expect(roster.wake(for: .tasks) == 0)
        #expect(roster.wake(for: .branches) == 1)
        #expect(roster.wake(for: .branches) == nil)
        #expect(roster.free == 0)
    }

    @Test func `who finds no permit gets the next one that comes back`() {
        var roster = Roster(width: 1)
        #expect(roster.acquire(5, inDebt: false) == true)
        #expect(roster.acquire(6, inDebt: false) == false)
        #expect(roster.acquire(7, inDebt: false) == false)
        #expect(roster.release() == 6)
        #expect(roster.sleep(6, .joining).unpark == 7)
        #expect(roster.release() == nil)
        #expect(roster.free == 1)
    }

    @Test func `a joining worker is woken for branches and never for tasks`() {
        var roster = Roster(width: 1)
        #expect(roster.wake(for: .tasks) == 0)
        _ = roster.sleep(0, .joining)
        #expect(roster.wake(for: .tasks) == nil)
        #expect(roster.wake(for: .branches) == 0)
    }

    @Test func `a worker whose branch is done goes on once, and only when it sleeps`() {
        var roster = Roster(width: 2)
        #expect(roster.resume(0, inDebt: false) == nil)
        #expect(roster.wake(for: .tasks) == 0)
        _ = roster.sleep(0, .joining)
        #expect(roster.resume(0, inDebt: false) == 0)
        #expect(roster.resume(0, inDebt: false) == nil)
        #expect(roster.free == 1)
    }

    @Test func `a worker whose branch is done waits for a permit like others`() {
        var roster = Roster(width: 1)
        #expect(roster.wake(for: .tasks) == 0)
        _ = roster.sleep(0, .joining)
        #expect(roster.acquire(3, inDebt: false) == true)
        #expect(roster.resume(0, inDebt: false) == nil)
        #expect(roster.leaveSeat(3) == 0)
    }

    @Test func `a worker yields to those who wait and queues behind them`() {
        var roster = Roster(width: 1)
        #expect(roster.acquire(0, inDebt: false) == true)
        #expect(roster.yield(0) == (nil, false))
        #expect(roster.acquire(4, inDebt: false) == false)
        #expect(roster.yield(0) == (4, true))
        #expect(roster.wanted == 1)
        #expect(roster.release() == 0)
    }

    @Test func `who never waits takes a permit in debt, which the next one to yield pays back`() {
        var roster = Roster(width: 1)
        #expect(roster.acquire(0, inDebt: false) == true)
        #expect(roster.acquire(4, inDebt: true) == true)
        #expect(roster.free == -1)
        #expect(roster.wanted == 1)
        #expect(roster.yield(0) == (nil, true))
        #expect(roster.free == 0)
        #expect(roster.leaveSeat(4) == 0)
        #expect(roster.wanted == 0)
    }

    @Test func `a debt that nobody could pay ends with its caller`() {
        var roster = Roster(width: 1)
        #expect(roster.acquire(0, inDebt: false) == true)
        #expect(roster.acquire(4, inDebt: true) == true)
        #expect(roster.acquire(5, inDebt: false) == false)
        #expect(roster.leaveSeat(4) == nil)
        #expect(roster.sleep(0, .idle).unpark == 5)
        #expect(roster.release() == nil)
        #expect(roster.free == 1)
    }

    @Test func `a worker in debt whose branch is done goes on without a permit`() {
        var roster = Roster(width: 1)
        #expect(roster.acquire(4, inDebt: true) == true)
        _ = roster.sleep(4, .joining)
        #expect(roster.wake(for: .tasks) == 0)
        #expect(roster.resume(4, inDebt: true) == 4)
        #expect(roster.free == -1)
    }

    @Test func `a stopped pool wakes the idle ones and lets nobody sleep idle again`() {
        var roster = Roster(width: 2)
        #expect(roster.wake(for: .tasks) == 0)
        #expect(roster.stop() == [1])
        #expect(roster.sleep(0, .idle).ends == true)
        #expect(roster.stop() == [])
        #expect(roster.free == 2)
    }

    @Test func `a seat is used again`() {
        var roster = Roster(width: 1)
        #expect(roster.takeSeat() == nil)
        #expect(roster.acquire(1, inDebt: false) == true)
        #expect(roster.leaveSeat(1) == nil)
        #expect(roster.takeSeat() == 1)
    }
}
