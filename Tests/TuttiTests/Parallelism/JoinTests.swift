import Testing

@testable import Tutti

/// Sums the numbers of `range` over a tree whose shape follows from `seed`, some nodes heavy.
private func sum(_ range: Range<Int>, seed: UInt64, on pool: ForkJoinPool?) -> Int {
    guard range.count > 1 else { return range.lowerBound }
    var random = RandomVictims(seed: Int(truncatingIfNeeded: seed))
    let middle = range.lowerBound + 1 + random.next(below: range.count - 1)
    let seeds = (seed &* 6_364_136_223_846_793_005 &+ 1, seed &* 2_862_933_555_777_941_757 &+ 3)
    let (low, high) = (range.lowerBound..<middle, middle..<range.upperBound)
    let (a, b) =
        pool?.join({ sum(low, seed: seeds.0, on: pool) }, { sum(high, seed: seeds.1, on: pool) })
        ?? join({ sum(low, seed: seeds.0, on: nil) }, { sum(high, seed: seeds.1, on: nil) })
    return a + b
}

private struct Failure: Error, Equatable {
    let place: Int
}

@Suite(.timeLimit(.minutes(3))) struct JoinTests {
    @Test func `a join gives both values`() {
        let (number, text) = join({ 1 }, { "two" })
        #expect(number == 1)
        #expect(text == "two")
    }

    @Test(arguments: [1, 2, 3, 8])
    func `random trees give the serial sum at any width`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for seed in 0..<30 {
            let count = 1 + seed * 97
            #expect(sum(0..<count, seed: UInt64(seed), on: pool) == count * (count - 1) / 2)
        }
    }

    @Test func `a chain of joins deeper than a deque runs serially where there is no room`() {
        func depth(_ left: Int) -> Int {
            guard left > 0 else { return 0 }
            let (a, b) = join({ depth(left - 1) }, { 1 })
            return a + b
        }
        #expect(depth(SplitDeque.capacity * 2) == SplitDeque.capacity * 2)
    }

    @Test(arguments: [1, 2, 3])
    func `an error at any leaf comes out, and nothing runs on after it`(width: Int) throws {
        let pool = ForkJoinPool(width: width)
        let running = Counter()
        @Sendable func visit(_ range: Range<Int>, failAt: Int) throws(Failure) -> Int {
            running.add(1)
            defer { running.add(-1) }
            guard range.count > 1 else {
                if range.lowerBound == failAt { throw Failure(place: failAt) }
                return 1
            }
            let middle = range.lowerBound + range.count / 2
            let (low, high) = (range.lowerBound..<middle, middle..<range.upperBound)
            let (a, b) = try pool.join(
                { () throws(Failure) in try visit(low, failAt: failAt) },
                { () throws(Failure) in try visit(high, failAt: failAt) })
            return a + b
        }
        for leaf in 0..<64 {
            #expect(throws: Failure(place: leaf)) { try visit(0..<64, failAt: leaf) }
            #expect(running.value == 0)
        }
        #expect(try visit(0..<64, failAt: -1) == 64)
    }

    @Test func `when both halves throw the error of the first counts`() {
        for _ in 0..<200 {
            #expect(throws: Failure(place: 1)) {
                try join(
                    { () throws(Failure) -> Int in throw Failure(place: 1) },
                    { () throws(Failure) -> Int in throw Failure(place: 2) })
            }
        }
    }

    @Test func `a stolen half has ended when the other half's error comes out`() {
        let pool = ForkJoinPool(width: 2)
        let stolen = Parker()
        let ended = Counter()
        #expect(throws: Failure(place: 0)) {
            try pool.join(
                { () throws(Failure) -> Int in
                    // Goes on when the other half runs: on another thread.
                    stolen.park()
                    throw Failure(place: 0)
                },
                { () throws(Failure) -> Int in
                    stolen.unpark()
                    ended.add(1)
                    return 1
                })
        }
        #expect(ended.value == 1)
    }

    @Test func `a branch is not moved without need, and the first half never is`() {
        let pool = ForkJoinPool(width: 3)
        for _ in 0..<1000 {
            let caller = Thread.currentID
            #expect(pool.join({ Thread.currentID }, { 0 }).0 == caller)
        }
        let one = ForkJoinPool(width: 1)
        let caller = Thread.currentID
        #expect(one.join({ 0 }, { Thread.currentID }).1 == caller)
    }

    @Test func `values are destroyed exactly once`() {
        let alive = Counter()
        let pool = ForkJoinPool(width: 2)
        for round in 0..<2000 {
            _ = try? pool.join(
                { () throws(Failure) in
                    if round % 3 == 0 { throw Failure(place: 0) }
                    return Counted(round, alive)
                },
                { () throws(Failure) in
                    if round % 5 == 0 { throw Failure(place: 1) }
                    return Counted(round, alive)
                })
        }
        #expect(alive.value == 0)
    }

    @Test func `pools call each other in a circle without a deadlock`() {
        let pools = [1, 2, 1, 3].map { ForkJoinPool(width: $0) }
        @Sendable func descend(_ level: Int) -> Int {
            guard level > 0 else { return 1 }
            let (a, b) = pools[level % pools.count].join(
                { descend(level - 1) }, { descend(level - 1) })
            return a + b
        }
        let total = Counter()
        withThreads(4) { _ in
            total.add(descend(9))
        } meanwhile: {
            total.add(descend(9))
        }
        #expect(total.value == 5 << 9)
    }

    @Test func `threads that call at once wait for their turn`() {
        let pool = ForkJoinPool(width: 2)
        let running = Counter()
        withThreads(6) { _ in
            for _ in 0..<50 {
                pool.parallelFor(0..<64, grain: 4) { chunk in
                    running.add(1)
                    busy(chunk.count * 200)
                    running.add(-1)
                }
            }
        } meanwhile: {
        }
        #expect(running.maximum <= 2)
    }

    @Test func `a task gets in at once though every permit is taken`() async {
        let pool = ForkJoinPool(width: 1)
        let (entered, leave) = (Parker(), Parker())
        let occupier = PoolThread(name: "occupier") {
            _ = pool.join(
                {
                    entered.unpark()
                    leave.park()
                }, {})
        }
        entered.park()
        // Would hang here for as long as the occupier stays.
        let values = await Task.detached { pool.join({ 1 }, { 2 }) }.value
        #expect(values == (1, 2))
        leave.unpark()
        occupier.end(isCaller: false)
        #expect(pool.join({ 3 }, { 4 }) == (3, 4))
    }

    @Test func `a task that moves from thread to thread joins on the one that it is on`() async {
        let pool = ForkJoinPool(width: 2)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    var stayed = 0
                    for round in 0..<500 {
                        // Compiled in: the worker of the thread is looked up in this very function.
                        let (thread, value) = pool.join({ Thread.currentID }, { round })
                        if thread == Thread.currentID, value == round { stayed += 1 }
                        await Task.yield()
                    }
                    return stayed
                }
            }
            for await stayed in group { #expect(stayed == 500) }
        }
    }

    @Test func `many threads and tasks call at once, and no more than the width compute`() async {
        let pool = ForkJoinPool(width: 2)
        let running = Counter()
        @Sendable func call(_ seed: Int) -> Int {
            var total = 0
            for round in 0..<20 {
                pool.parallelFor(0..<64, grain: 4) { chunk in
                    running.add(1)
                    busy(chunk.count * 200)
                    running.add(-1)
                }
                total += sum(0..<100, seed: UInt64(seed + round), on: pool)
            }
            return total
        }
        let expected = 20 * 4950
        await withTaskGroup(of: Int.self) { group in
            for seed in 0..<6 { group.addTask { call(seed) } }
            for seed in 0..<6 { group.addTask(executorPreference: pool) { call(seed) } }
            let threads = Tally(6)
            withThreads(6) { number in
                if call(number) == expected { threads.count(number) }
            } meanwhile: {
            }
            #expect(threads.eachIsOne)
            for await total in group { #expect(total == expected) }
        }
        // Tasks on Swift's own threads never wait for a turn, so they may come on top.
        #expect(running.maximum <= 2 + Processors.usable.count)
    }
}
