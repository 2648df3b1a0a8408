import Testing

@testable import TuttiTesting

/// A counter with a planted fault: between its reading and its writing others may come.
private actor Counter {
    private(set) var value = 0

    func addWithFault() async {
        let read = value
        await Task.yield()
        value = read + 1
    }

    func add() { value += 1 }
}

/// Notes in the order in which they were made.
private actor Notes {
    private(set) var all: [Int] = []
    func note(_ number: Int) { all.append(number) }
}

private struct Refusal: Error {}

@Suite(.timeLimit(.minutes(5))) struct TurnTakerTests {
    /// The order in which a few tasks make their notes.
    private static func order(seed: UInt64, tasks: Int) async throws -> [Int] {
        try await TurnTaker.run(seed: seed) { _ in
            let notes = Notes()
            await withDiscardingTaskGroup { group in
                for number in 0..<tasks {
                    group.addTask {
                        for step in 0..<3 {
                            await notes.note(number * 10 + step)
                            await Task.yield()
                        }
                    }
                }
            }
            return await notes.all
        }
    }

    private static func failure(
        of body: () async throws -> Void
    ) async -> TurnTaker.Failure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? TurnTaker.Failure
        }
    }

    @Test func `a lost update is found, and its seed brings it back`() async throws {
        @Sendable func body(turns: TurnTaker) async throws {
            let counter = Counter()
            await withDiscardingTaskGroup { group in
                for _ in 0..<2 { group.addTask { await counter.addWithFault() } }
            }
            guard await counter.value == 2 else { throw Refusal() }
        }
        let found = await Self.failure { try await TurnTaker.explore(seeds: 0..<1000, body) }
        let failure = try #require(found)
        guard case .threw(let error) = failure.reason else {
            Issue.record("\(failure)")
            return
        }
        #expect(error is Refusal)
        #expect("\(failure)".contains("Seed \(failure.seed),"))
        for _ in 0..<3 {
            let again = await Self.failure { try await TurnTaker.run(seed: failure.seed, body) }
            #expect(again?.turns == failure.turns)
        }
    }

    @Test func `an order that is right nearly always is found wrong`() async throws {
        // Only if the third task, ready from the start, comes after all turns of the others.
        let found = await Self.failure {
            try await TurnTaker.explore(seeds: 0..<1000) { _ in
                let notes = Notes()
                await withDiscardingTaskGroup { group in
                    group.addTask {
                        for _ in 0..<4 { await Task.yield() }
                        await notes.note(1)
                    }
                    group.addTask {
                        for _ in 0..<4 { await Task.yield() }
                        await notes.note(2)
                    }
                    group.addTask { await notes.note(3) }
                }
                guard await notes.all.last != 3 else { throw Refusal() }
            }
        }
        #expect(found != nil)
    }

    @Test func `what is right passes every seed`() async throws {
        try await TurnTaker.explore(seeds: 0..<300) { turns in
            let counter = Counter()
            await withDiscardingTaskGroup { group in
                for _ in 0..<5 { group.addTask { await counter.add() } }
            }
            try #require(await counter.value == 5, "\(turns)")
        }
    }

    @Test(arguments: [0, 1, 2, 10])
    func `the same seed gives the same order`(tasks: Int) async throws {
        var orders: Set<[Int]> = []
        for seed in 0..<50 as Range<UInt64> {
            let first = try await Self.order(seed: seed, tasks: tasks)
            #expect(first.count == tasks * 3)
            #expect(try await Self.order(seed: seed, tasks: tasks) == first)
            orders.insert(first)
        }
        #expect(tasks < 2 ? orders.count == 1 : orders.count > 1)
    }

    @Test func `no two tasks run at once, and all run here`() async throws {
        try await TurnTaker.explore(seeds: 0..<20) { turns in
            let before = turns.turns
            await withDiscardingTaskGroup { group in
                for _ in 0..<10 { group.addTask { await Task.yield() } }
            }
            // Ten tasks, each with a turn before its yield and one after.
            #expect(turns.turns - before >= 20)
        }
    }

    @Test @MainActor func `a body from the main actor runs here as well`() async throws {
        try await TurnTaker.run(seed: 0) { turns in
            let before = turns.turns
            await Task.yield()
            #expect(turns.turns > before)
        }
    }

    @Test func `a deadlock is an error that names the seed`() async throws {
        let found = await Self.failure {
            try await TurnTaker.run(seed: 7) { _ in try await Latch().waitUntilOpen() }
        }
        let failure = try #require(found)
        guard case .deadlock = failure.reason else {
            Issue.record("\(failure)")
            return
        }
        #expect("\(failure)".hasPrefix("Seed 7, after "))
        #expect("\(failure)".contains("deadlock"))
    }

    @Test func `a task that waits for something outside is a deadlock as well`() async throws {
        let found = await Self.failure {
            try await TurnTaker.run(seed: 0) { _ in try await Task.sleep(for: .seconds(3600)) }
        }
        #expect(found?.description.contains("Task.sleep") == true)
    }

    @Test func `a task that wakes after the end goes on elsewhere`() async throws {
        let latch = Latch()
        let late = try await TurnTaker.run(seed: 0) { turns in
            Task(executorPreference: turns) {
                try await latch.waitUntilOpen()
                await Task.yield()
                return 42
            }
        }
        #expect(latch.arrivals == 1)
        latch.open()
        #expect(try await late.value == 42)
    }

    @Test func `two tasks that take two locks in two orders are caught`() async throws {
        actor Lock {
            private var isTaken = false
            private var isFree = Latch()
            func take() async throws {
                while isTaken { try await isFree.waitUntilOpen() }
                isTaken = true
            }
            func give() {
                isTaken = false
                isFree.open()
                isFree = Latch()
            }
        }
        let found = await Self.failure {
            try await TurnTaker.explore(seeds: 0..<1000) { _ in
                let (one, other) = (Lock(), Lock())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (first, second) in [(one, other), (other, one)] {
                        group.addTask {
                            try await first.take()
                            await Task.yield()
                            try await second.take()
                            await second.give()
                            await first.give()
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
        guard case .deadlock? = found?.reason else {
            Issue.record("no deadlock: \(String(describing: found))")
            return
        }
    }

    @Test func `tasks that never end are an error, cancellable or not`() async throws {
        for isStubborn in [false, true] {
            let found = await Self.failure {
                try await TurnTaker.run(seed: 3, turnLimit: 100) { _ in
                    while isStubborn || !Task.isCancelled { await Task.yield() }
                }
            }
            guard case .noEnd? = found?.reason else {
                Issue.record("\(String(describing: found))")
                continue
            }
        }
    }

    @Test func `time leaps when nobody is ready`() async throws {
        try await TurnTaker.explore(seeds: 0..<20) { turns in
            let notes = Notes()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in [3, 1, 2] {
                    group.addTask {
                        try await turns.clock.sleep(for: .seconds(number * 3600))
                        await notes.note(number)
                    }
                }
                try await group.waitForAll()
            }
            #expect(await notes.all == [1, 2, 3])
            #expect(turns.clock.now.offset == .seconds(3 * 3600))
        }
    }

    @Test func `tasks that the body leaves behind run to their end`() async throws {
        let notes = Notes()
        try await TurnTaker.run(seed: 0) { turns in
            Task(executorPreference: turns) {
                for number in 0..<10 {
                    await Task.yield()
                    await notes.note(number)
                }
            }
        }
        #expect(await notes.all.count == 10)
    }

    @Test func `a value comes back, an error says which seed`() async throws {
        #expect(try await TurnTaker.run(seed: 1) { _ in 42 } == 42)
        let found = await Self.failure { try await TurnTaker.run(seed: 1) { _ in throw Refusal() } }
        #expect(found?.seed == 1)
        try await TurnTaker.explore(seeds: 0..<0) { _ in throw Refusal() }
    }

    @Test func `a cancelled run tells its body and says so`() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await TurnTaker.run(seed: 0) { _ in
                #expect(Task.isCancelled)
                try await Latch().waitUntilOpen()
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `task-local values reach the body`() async throws {
        try await Local.$value.withValue(5) {
            try await TurnTaker.run(seed: 0) { _ in #expect(Local.value == 5) }
        }
    }
}

private enum Local {
    @TaskLocal static var value = 0
}
