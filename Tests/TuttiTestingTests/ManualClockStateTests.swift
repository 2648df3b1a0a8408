import Testing

@testable import TuttiTesting

@Suite struct ManualClockStateTests {
    private func at(_ seconds: Int) -> ManualClock.Instant { .init(offset: .seconds(seconds)) }

    @Test func `nobody wakes before the time comes`() {
        var state = ManualClockState<String>()
        #expect(state.sleep("b", as: Ticket(), until: at(2)) == [])
        #expect(state.sleep("a", as: Ticket(), until: at(1)) == [])
        #expect(state.sleep("c", as: Ticket(), until: at(2)) == [])
        #expect(state.nextDeadline == at(1))
        #expect(state.advance(to: at(0)) == [])
        #expect(state.advance(to: at(1)) == ["a"])
        #expect(state.advance(to: at(3)) == ["b", "c"])
        #expect(state.now == at(3))
        #expect(state.nextDeadline == nil)
    }

    @Test func `a deadline that is past or now does not lie down`() {
        var state = ManualClockState<String>()
        #expect(state.sleep("now", as: Ticket(), until: at(0)) == ["now"])
        #expect(state.sleep("past", as: Ticket(), until: at(-1)) == ["past"])
        #expect(state.sleeperCount == 0)
    }

    @Test func `watchers are told when enough sleep, and not by those who left`() {
        var state = ManualClockState<String>()
        let first = Ticket()
        #expect(state.watch("none", as: Ticket(), for: 0) == ["none"])
        #expect(state.watch("two", as: Ticket(), for: 2) == [])
        #expect(state.watch("one", as: Ticket(), for: 1) == [])
        #expect(state.sleep("a", as: first, until: at(1)) == ["one"])
        #expect(state.leave(first) == "a")
        #expect(state.sleep("b", as: Ticket(), until: at(1)) == [])
        #expect(state.sleep("c", as: Ticket(), until: at(1)) == ["two"])
        #expect(state.watch("two again", as: Ticket(), for: 2) == ["two again"])
    }

    @Test func `sleepers and watchers that leave are gone`() {
        var state = ManualClockState<String>()
        let (sleeper, watcher) = (Ticket(), Ticket())
        _ = state.sleep("sleeper", as: sleeper, until: at(1))
        _ = state.watch("watcher", as: watcher, for: 2)
        #expect(state.leave(watcher) == "watcher")
        #expect(state.leave(sleeper) == "sleeper")
        #expect(state.leave(sleeper) == nil)
        #expect(state.sleeperCount == 0)
        #expect(state.advance(to: at(9)) == [])
    }

    @Test func `a clock that is to go back traps`() async {
        await #expect(processExitsWith: .failure) { ManualClock().advance(by: .seconds(-1)) }
    }
}
