import Testing

@testable import Tutti

/// The jobs of a pool without threads and processes: events in, steps out.
@Suite struct CrewStateTests {
    /// A ticket whose answer nobody waits for.
    private func ticket(_ count: Int = 1, bytes: Int = 10) throws -> CrewState.Ticket {
        let job = Sum(numbers: [Int](repeating: 1, count: bytes / 8))
        let written = try Slice.coded(Slice.beginning(of: Sum.self), most: count) { job }
        return CrewState.Ticket(
            request: written.slice, answer: .slice(SliceAnswers(count: count) { _ in }))
    }

    /// A crew whose keepers 1 … `keepers` are idle; loads are as large as the queue allows.
    private func crew(
        width: Int, keepers: Int, idleTime: UInt64? = nil
    ) throws -> CrewState {
        var state = CrewState(width: width, idleTime: idleTime)
        state.loadSize.ended(jobs: 1000, after: 1000)
        for keeper in 1...keepers {
            _ = state.submit(-keeper, try ticket())
            state.sat(keeper, bell: Int32(keeper))
        }
        for keeper in 1...keepers {
            guard case .serve = state.next(keeper, most: .max, now: 0) else { break }
            #expect(state.ended(keeper, 1).count == 1)
        }
        for keeper in 1...keepers { _ = state.next(keeper, most: .max, now: 0) }
        return state
    }

    private func load(_ step: CrewState.Step) -> Load? {
        guard case .serve(let load) = step else { return nil }
        return load
    }

    @Test func `a job calls an idle keeper, then a new one, then waits`() throws {
        var state = try crew(width: 2, keepers: 1)
        guard case .calls(.ring(1)) = state.submit(1, try ticket()) else {
            Issue.record("The idle keeper was not called.")
            return
        }
        guard case .calls(.addKeeper(2)) = state.submit(2, try ticket()) else {
            Issue.record("There is room for a second keeper.")
            return
        }
        guard case .queued = state.submit(3, try ticket()) else {
            Issue.record("There is no room for a third.")
            return
        }
    }

    @Test func `each keeper gets its share of what waits`() throws {
        var state = try crew(width: 2, keepers: 2)
        for id in 1...10 { _ = state.submit(id, try ticket()) }
        #expect(load(state.next(1, most: .max, now: 0))?.count == 5)
        #expect(load(state.next(2, most: .max, now: 0))?.count == 3)
        #expect(state.ended(1, 5).flatMap(\.jobs).count == 5)
        #expect(load(state.next(1, most: .max, now: 0))?.count == 1)
    }

    @Test func `a worker gets no more jobs than it may have`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket(100))
        let first = try #require(load(state.next(1, most: 30, now: 0)))
        #expect(first.count == 30)
        #expect(first.parts.map(\.jobs) == [0..<30])
        #expect(state.ended(1, 30).map(\.jobs) == [0..<30])
        let rest = try #require(load(state.next(1, most: 100, now: 0)))
        #expect(rest.parts.map(\.jobs) == [30..<100])
    }

    @Test func `a large job is sent alone`() throws {
        var state = try crew(width: 1, keepers: 1)
        for (id, bytes) in [10, CrewState.mostBytes + 1, 10, 10].enumerated() {
            _ = state.submit(id, try ticket(bytes: bytes))
        }
        var counts: [Int] = []
        while let next = load(state.next(1, most: .max, now: 0)) {
            counts.append(next.count)
            #expect(state.ended(1, next.count).count == next.count)
        }
        #expect(counts == [1, 1, 2])
    }

    @Test func `the death of a worker has one culprit, and the rest goes back`() throws {
        var state = try crew(width: 1, keepers: 1)
        for id in 1...4 { _ = state.submit(id, try ticket()) }
        #expect(load(state.next(1, most: .max, now: 0))?.count == 4)
        // One is answered, one runs.
        #expect(state.ended(1, 1).count == 1)
        let (culprits, cancelled, calls) = state.lost(1, begun: 2)
        #expect(culprits.map(\.ticket.attempts) == [1])
        #expect(cancelled.isEmpty)
        #expect(calls.isEmpty)
        #expect(Set(state.tickets.keys) == [3, 4])
        #expect(load(state.next(1, most: .max, now: 0))?.count == 2)
    }

    @Test func `a worker that dies between two jobs has no culprit`() throws {
        var state = try crew(width: 1, keepers: 1)
        for id in 1...3 { _ = state.submit(id, try ticket()) }
        _ = state.next(1, most: .max, now: 0)
        #expect(state.ended(1, 2).count == 2)
        let (culprits, _, _) = state.lost(1, begun: 2)
        #expect(culprits.isEmpty)
        #expect(Set(state.tickets.keys) == [3])
    }

    @Test func `a slice whose worker dies loses one job`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket(100))
        _ = state.next(1, most: .max, now: 0)
        #expect(state.ended(1, 40).map(\.jobs) == [0..<40])
        let (culprits, _, _) = state.lost(1, begun: 41)
        #expect(culprits.map(\.jobs) == [40..<41])
        let rest = try #require(load(state.next(1, most: .max, now: 0)))
        #expect(rest.parts.map(\.jobs) == [41..<100])
        #expect(state.ended(1, rest.count).map(\.jobs) == [41..<100])
        #expect(state.tickets.isEmpty)
    }

    @Test func `memory that is not to be trusted makes all its jobs culprits`() throws {
        var state = try crew(width: 1, keepers: 1)
        for id in 1...3 { _ = state.submit(id, try ticket()) }
        _ = state.next(1, most: .max, now: 0)
        let (culprits, _, _) = state.lost(1, begun: nil)
        #expect(culprits.count == 3)
        #expect(state.tickets.isEmpty)
    }

    @Test func `a job that comes back too often ends`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket())
        var deaths = 0
        while load(state.next(1, most: .max, now: 0)) != nil {
            deaths += 1
            let (culprits, _, _) = state.lost(1, begun: 0)
            #expect(culprits.isEmpty == (deaths < CrewState.mostReturns))
        }
        #expect(deaths == CrewState.mostReturns)
        #expect(state.tickets.isEmpty)
    }

    @Test func `a job may be recalled as often as it takes`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket())
        for _ in 0..<100 {
            #expect(load(state.next(1, most: .max, now: 0))?.count == 1)
            #expect(state.recall(1, begun: 0).cancelled.isEmpty)
        }
        _ = state.next(1, most: .max, now: 0)
        #expect(state.lost(1, begun: 0).culprits.isEmpty)
        #expect(state.tickets[1]?.attempts == 101)
    }

    @Test func `what is recalled is called for, in its old order`() throws {
        var state = try crew(width: 2, keepers: 2)
        _ = state.submit(1, try ticket(100))
        for id in 2...3 { _ = state.submit(id, try ticket()) }
        #expect(load(state.next(1, most: .max, now: 0))?.count == 100)
        #expect(load(state.next(2, most: .max, now: 0))?.count == 1)
        #expect(state.ended(2, 1).count == 1)
        _ = state.next(2, most: .max, now: 0)
        #expect(state.ended(2, 1).count == 1)
        _ = state.next(2, most: .max, now: 0)
        // The first keeper's worker is at its second job.
        #expect(state.ended(1, 1).count == 1)
        let (cancelled, calls) = state.recall(1, begun: 2)
        #expect(cancelled.isEmpty)
        guard case .ring(2)? = calls.first, calls.count == 1 else {
            Issue.record("\(calls)")
            return
        }
        #expect(state.mustKill(1, over: 1, isRunning: true))
        #expect(!state.mustKill(1, over: 1, isRunning: false))
        #expect(!state.mustKill(1, over: 2, isRunning: true))
        let rest = try #require(load(state.next(2, most: .max, now: 0)))
        #expect(rest.parts.map(\.jobs) == [2..<100])
    }

    @Test func `a job that is cancelled while it waits leaves the queue`() throws {
        var state = try crew(width: 1, keepers: 1)
        for id in 1...3 { _ = state.submit(id, try ticket()) }
        let (waited, keepers) = state.cancel(2)
        #expect(waited.count == 1)
        #expect(keepers.isEmpty)
        #expect(load(state.next(1, most: .max, now: 0))?.count == 2)
        #expect(state.cancel(2).waited.isEmpty)
    }

    @Test func `a slice that is cancelled ends in the queue and with its keeper`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket(100))
        _ = state.next(1, most: 60, now: 0)
        let (waited, keepers) = state.cancel(1)
        #expect(waited.map(\.jobs) == [60..<100])
        #expect(keepers == [1])
        let (cancelled, calls) = state.recall(1, begun: 10)
        #expect(cancelled.map(\.jobs) == [10..<60])
        #expect(calls.isEmpty)
        #expect(state.mustKill(1, over: 1, isRunning: true))
        #expect(state.ended(1, 10).map(\.ticket.isCancelled) == [true])
        #expect(state.tickets.isEmpty)
    }

    @Test func `a worker that was still being sent a job that is cancelled is killed`() throws {
        var state = try crew(width: 1, keepers: 1)
        for (id, bytes) in [CrewState.mostBytes + 1, 10].enumerated() {
            _ = state.submit(id, try ticket(bytes: bytes))
            _ = state.next(1, most: .max, now: 0)
            #expect(state.load(of: 1).open == 1)
            _ = state.cancel(id)
            #expect(state.recall(1, begun: 0).cancelled.count == 1)
            #expect(state.load(of: 1).open == 0)
            #expect(state.mustKill(1, over: id, isRunning: false) == (bytes > 10))
            state.sent(1)
            #expect(!state.mustKill(1, over: id, isRunning: false))
        }
    }

    @Test func `a keeper whose worker was killed buries it first`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket())
        state.killed(1)
        guard case .bury = state.next(1, most: .max, now: 0) else {
            Issue.record("It would send a job to a worker that is being killed.")
            return
        }
        guard case .start = state.next(1, most: nil, now: 0) else {
            Issue.record("The job needs a new worker.")
            return
        }
    }

    @Test func `a worker that is idle for long goes, and its keeper is called last`() throws {
        var state = try crew(width: 2, keepers: 2, idleTime: 5_000_000)
        guard case .sleep(let milliseconds) = state.next(1, most: .max, now: 2_000_000) else {
            Issue.record("It is not idle for long.")
            return
        }
        #expect(milliseconds == 4)
        guard case .bury = state.next(1, most: .max, now: 5_000_000) else {
            Issue.record("It is idle for long.")
            return
        }
        guard case .sleep(-1) = state.next(1, most: nil, now: 5_000_000) else {
            Issue.record("Nothing is to be done.")
            return
        }
        guard case .calls(.ring(2)) = state.submit(1, try ticket()) else {
            Issue.record("The second keeper still has a worker.")
            return
        }
        guard case .serve = state.next(2, most: .max, now: 6_000_000) else {
            Issue.record("There is a job.")
            return
        }
        #expect(state.ended(2, 1).count == 1)
        // Its time begins anew.
        guard case .sleep(6) = state.next(2, most: .max, now: 7_000_000) else {
            Issue.record("It has just had a job.")
            return
        }
    }

    @Test func `a worker that is told to end has its time`() throws {
        var state = try crew(width: 1, keepers: 1)
        #expect(!state.isOverdue(1, now: .max))
        state.killed(1, endsBy: 1000)
        #expect(!state.isOverdue(1, now: 999))
        #expect(state.isOverdue(1, now: 1000))
        guard case .bury = state.next(1, most: .max, now: 0) else {
            Issue.record("It would send a job to a worker that is told to end.")
            return
        }
    }

    @Test func `failed starts wait longer and longer, until there is no hope`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket())
        #expect(state.failedStart(now: 0, isFinal: false) == nil)
        guard case .sleep(let milliseconds) = state.next(1, most: nil, now: 0) else {
            Issue.record("The next start comes too soon.")
            return
        }
        #expect(milliseconds > 0)
        #expect(state.failedStart(now: 0, isFinal: false) == nil)
        #expect(state.failedStart(now: 0, isFinal: false) == CrewState.hopeless)
        #expect(state.takeQueued().count == 1)
    }

    @Test func `closing takes what waits, and what a keeper still has`() throws {
        var state = try crew(width: 1, keepers: 1)
        _ = state.submit(1, try ticket())
        _ = state.next(1, most: .max, now: 0)
        _ = state.submit(2, try ticket())
        #expect(state.close().waiting.count == 1)
        #expect(state.lost(1, begun: 0).culprits.count == 1)
        guard case .refused = state.submit(3, try ticket()) else {
            Issue.record("A closed crew took a job.")
            return
        }
        #expect(state.tickets.isEmpty)
    }
}
