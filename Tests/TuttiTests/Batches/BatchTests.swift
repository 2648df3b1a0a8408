import Testing

@testable import Tutti

/// Gives its number back; fails, or waits to be cancelled, where told to.
private struct Number: Job {
    struct Odd: Error, Equatable { let number: Int }
    var number: Int
    var failsIfOdd = false
    var waitsForEver = false

    func run() async throws -> Int {
        if waitsForEver { try await Task.sleep(for: .seconds(3600)) }
        if failsIfOdd, number % 2 == 1 { throw Odd(number: number) }
        return number
    }
}

/// Fails until it was started often enough.
private final class Starts: Sendable {
    static let counted = Starts()
    private let counts = Locked<[String: Int]>([:])
    func next(_ name: String) -> Int {
        counts.withLock { counts in
            counts[name, default: 0] += 1
            return counts[name, default: 0]
        }
    }
}

private struct Flaky: Job {
    struct NotYet: Error {}
    let name: String
    let succeedsAt: Int
    func run() async throws -> Int {
        let start = Starts.counted.next(name)
        guard start >= succeedsAt else { throw NotYet() }
        return start
    }
}

@Suite(.timeLimit(.minutes(5))) struct BatchTests {
    private let limits: [Policy.Limit] = [.automatic, 1, 2, 7, 1000]

    @Test(arguments: [0, 1, 2, 3, 1000])
    func `values come in the order of the jobs`(count: Int) async throws {
        for limit in limits {
            let jobs = (0..<count).map { Number(number: $0) }
            let threads = try await jobs.run(on: .threads, policy: Policy(limit: limit))
            #expect(threads == Array(0..<count))
            #expect(try await jobs.run(on: .inOrder) == Array(0..<count))
        }
    }

    @Test(arguments: [Policy.ErrorRule.stopAtFirst, .stopAfter(3), .collect])
    func `each job has exactly one outcome, whatever an error does`(
        rule: Policy.ErrorRule
    ) async throws {
        let jobs = (0..<200).map { Number(number: $0, failsIfOdd: true) }
        for limit in limits {
            let batch = Batch(jobs, on: .threads, policy: Policy(limit: limit, onError: rule))
            let outcomes = await batch.outcomes()
            #expect(outcomes.map(\.index) == Array(0..<200))
            for outcome in outcomes where outcome.attempts > 0 && outcome.index % 2 == 0 {
                #expect(outcome.error is CancellationError? || outcome.error == nil)
            }
            let failed = outcomes.filter { $0.error is Number.Odd }.count
            let started = outcomes.filter { $0.attempts > 0 }.count
            switch rule {
            case .collect: #expect(failed == 100)
            case .stopAtFirst where limit == 1: #expect((failed, started) == (1, 2))
            case .stopAfter where limit == 1: #expect((failed, started) == (3, 6))
            default: #expect(failed >= 1)
            }
        }
    }

    @Test func `the first error is thrown and cancels those in flight`() async {
        var jobs = (0..<20).map { Number(number: $0 * 2, waitsForEver: true) }
        jobs.append(Number(number: 21, failsIfOdd: true))
        await #expect(throws: Number.Odd(number: 21)) {
            try await jobs.run(on: .threads, policy: Policy(limit: 50))
        }
    }

    @Test func `what was not started says so`() async {
        let jobs = [1, 3, 5].map { Number(number: $0, failsIfOdd: true) }
        let outcomes = await Batch(jobs, on: .inOrder).outcomes()
        #expect(outcomes[0].error as? Number.Odd == .init(number: 1))
        #expect(outcomes[1].error as? JobError == .notStarted)
        #expect(outcomes[2].attempts == 0)
    }

    @Test func `outcomes come as they are completed`() async {
        // The first job ends only when it is cancelled, by its timeout.
        let jobs = [Number(number: 0, waitsForEver: true), Number(number: 1), Number(number: 2)]
        let policy = Policy(limit: 2, timeout: .milliseconds(50), onError: .collect)
        var order: [Int] = []
        for await outcome in Batch(jobs, on: .threads, policy: policy) {
            order.append(outcome.index)
        }
        #expect(order == [1, 2, 0])
    }

    @Test func `outcomes come in order when the policy says so`() async {
        let jobs = [Number(number: 0, waitsForEver: true), Number(number: 1), Number(number: 2)]
        let policy = Policy(
            limit: 2, timeout: .milliseconds(50), order: .ordered, onError: .collect)
        var order: [Int] = []
        for await outcome in Batch(jobs, on: .threads, policy: policy) {
            order.append(outcome.index)
        }
        #expect(order == [0, 1, 2])
    }

    @Test func `a job that takes too long fails alone`() async {
        let jobs = (0..<5).map { Number(number: $0, waitsForEver: $0 == 3) }
        let limit = Duration.milliseconds(20)
        let outcomes = await Batch(
            jobs, on: .threads, policy: Policy(timeout: limit, onError: .collect)
        ).outcomes()
        #expect(outcomes[3].error as? TimeoutError == TimeoutError(limit: limit))
        #expect(outcomes.filter { $0.error == nil }.count == 4)
    }

    @Test func `a failed job is tried again as often as allowed`() async {
        let policy = Policy(retries: 2, backoff: .none, onError: .collect)
        let jobs = [Flaky(name: "third", succeedsAt: 3), Flaky(name: "fourth", succeedsAt: 4)]
        let outcomes = await Batch(jobs, on: .threads, policy: policy).outcomes()
        #expect(outcomes.map(\.attempts) == [3, 3])
        #expect(outcomes[0].error == nil)
        #expect(outcomes[1].error is Flaky.NotYet)
    }

    /// Loses a worker, or says that it did not.
    private struct Costly: Job {
        struct Loss: WorkerLossError { let isWorkerLoss: Bool }
        let isLoss: Bool
        func run() throws -> Int { throw Loss(isWorkerLoss: isLoss) }
    }

    @Test func `a job that loses workers is put aside, however many retries are left`() async {
        let jobs = [Costly(isLoss: true), Costly(isLoss: false)]
        let policy = Policy(retries: 9, losses: 2, backoff: .none, onError: .collect)
        let outcomes = await Batch(jobs, on: .threads, policy: policy).outcomes()
        #expect(outcomes.map(\.attempts) == [2, 10])
        #expect((outcomes[0].error as? Costly.Loss)?.isWorkerLoss == true)
    }

    @Test func `never more jobs in flight than the limit`() async throws {
        let most = Locked(0)
        let batch = Batch(
            (0..<500).map { Number(number: $0) }, on: .threads, policy: Policy(limit: 5)
        ) { progress in
            most.withLock { $0 = max($0, progress.inFlight) }
            #expect(progress.inFlight + progress.done <= progress.total)
        }
        _ = try await batch.values()
        #expect(most.withLock { $0 } <= 5)
    }

    @Test(arguments: [Policy.Limit.automatic, 3])
    func `progress tells the limit that was found, and none that was given`(
        limit: Policy.Limit
    ) async throws {
        let findings = Log<LimitFinder.Finding?>()
        let jobs = (0..<100).map { Number(number: $0) }
        _ = await Batch(jobs, on: .threads, policy: Policy(limit: limit)) { progress in
            findings.add(progress.finding)
        }.outcomes()
        #expect(findings.entries.allSatisfy { ($0 != nil) == (limit == .automatic) })
        #expect(findings.entries.allSatisfy { $0.map { $0.limit >= 1 } ?? true })
    }

    @Test func `progress ends with every job done`() async {
        let last = Locked(BatchProgress(total: 0))
        let jobs = (0..<10).map { Number(number: $0, failsIfOdd: true) }
        let policy = Policy(retries: 1, backoff: .none, onError: .collect)
        _ = await Batch(jobs, on: .threads, policy: policy) { now in
            last.withLock { $0 = now }
        }.outcomes()
        let progress = last.withLock { $0 }
        #expect(progress.done == 10)
        #expect(progress.failed == 5)
        #expect(progress.retries == 5)
        #expect(progress.inFlight == 0)
    }

    @Test func `cancelling the caller stops the batch and leaves no job without outcome`() async {
        let started = AsyncStream<Void>.makeStream()
        let task = Task {
            let jobs = (0..<100).map { Number(number: $0, waitsForEver: true) }
            return await Batch(jobs, on: .threads, policy: Policy(limit: 3)) { progress in
                if progress.inFlight == 3 { started.continuation.yield() }
            }.outcomes()
        }
        for await _ in started.stream { break }
        task.cancel()
        let outcomes = await task.value
        #expect(outcomes.count == 100)
        #expect(outcomes.filter { $0.error is CancellationError }.count == 3)
        #expect(outcomes.filter { $0.error as? JobError == .notStarted }.count == 97)
    }

    @Test func `giving up the iteration cancels the rest`() async {
        let steps = AsyncStream<BatchProgress>.makeStream()
        let job = Number(number: 0, waitsForEver: true)
        let batch = Batch([job], on: .threads) { steps.continuation.yield($0) }
        let task = Task { for await _ in batch {} }
        for await step in steps.stream where step.inFlight == 1 { break }
        task.cancel()
        await task.value
        for await step in steps.stream where step.done == 1 { break }
    }
}
