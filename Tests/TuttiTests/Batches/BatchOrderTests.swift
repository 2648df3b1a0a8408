import Testing
import TuttiTesting

@testable import Tutti

/// Takes a few turns, then fails if its number is odd.
private struct Stroll: Job {
    struct Odd: Error {}
    let number: Int

    func run() async throws -> Int {
        for _ in 0..<number % 4 { await Task.yield() }
        try Task.checkCancellation()
        if number % 2 == 1 { throw Odd() }
        return number
    }
}

/// What must hold in whatever order the tasks of a batch go on.
@Suite(.timeLimit(.minutes(5))) struct BatchOrderTests {
    private func check(_ outcomes: [Outcome<Int>], _ turns: TurnTaker) throws {
        try #require(outcomes.map(\.index) == Array(outcomes.indices), "\(turns)")
        let started = outcomes.prefix { $0.attempts > 0 }.count
        try #require(outcomes.dropFirst(started).allSatisfy { $0.attempts == 0 }, "\(turns)")
        for outcome in outcomes {
            let isRight =
                switch outcome.result {
                case .success(let value): value == outcome.index && value % 2 == 0
                case .failure(let error as JobError): error == .notStarted && outcome.attempts == 0
                case .failure(let error): error is CancellationError || error is Stroll.Odd
                }
            try #require(isRight, "\(turns): job \(outcome.index) has \(outcome.result)")
        }
    }

    @Test(arguments: [Policy.ErrorRule.stopAtFirst, .stopAfter(3), .collect])
    func `an error stops what its rule says, in any order`(rule: Policy.ErrorRule) async throws {
        for limit in [1, 2, 5] {
            try await TurnTaker.explore(seeds: 0..<200) { turns in
                let most = Locked(0)
                let batch = Batch(
                    (0..<20).map { Stroll(number: $0) }, on: .inOrder,
                    policy: Policy(limit: .atMost(limit), onError: rule)
                ) { progress in
                    most.withLock { $0 = max($0, progress.inFlight) }
                }
                let outcomes = await batch.outcomes()
                try check(outcomes, turns)
                try #require(most.withLock { $0 } <= limit, "\(turns)")
                let failed = outcomes.filter { $0.error is Stroll.Odd }.count
                switch rule {
                case .stopAtFirst: try #require((1...limit).contains(failed), "\(turns)")
                case .stopAfter(let count):
                    try #require((count..<count + limit).contains(failed), "\(turns)")
                case .collect: try #require(failed == 10, "\(turns)")
                }
            }
        }
    }

    @Test func `a batch cancelled at any moment leaves no job without outcome`() async throws {
        try await TurnTaker.explore(seeds: 0..<200) { turns in
            let all = await withTaskGroup(of: [Outcome<Int>].self) { group in
                group.addTask {
                    await Batch(
                        (0..<20).map { Stroll(number: $0) }, on: .inOrder,
                        policy: Policy(limit: 3, onError: .collect)
                    ).outcomes()
                }
                for _ in 0..<turns.seed % 20 { await Task.yield() }
                group.cancelAll()
                return await group.next() ?? []
            }
            try #require(all.count == 20, "\(turns)")
            try check(all, turns)
        }
    }
}
