import Foundation
import Synchronization
import Testing

@testable import Tutti

private final class Signal: Sendable {
    let value = Atomic<Int>(0)
}

@Suite(.timeLimit(.minutes(5))) struct TracingTests {
    /// The spans of a kind under the name of a type.
    private static func spans(
        _ trace: Trace, _ kind: Trace.Kind, of type: any Any.Type
    ) -> [Trace.Event] {
        trace.events.filter { $0.kind == kind && $0.name == typeName(type) }
    }

    private static func areWhole(_ spans: [Trace.Event]) -> Bool {
        spans.allSatisfy { span in span.end.map { $0 >= span.start } ?? false }
    }

    @Test func `jobs appear once on threads`() async throws {
        struct OnThreads: Job { func run() async throws -> Int { 1 } }
        try await expectOnce(OnThreads(), on: ThreadPool())
    }

    @Test func `jobs appear once on cores`() async throws {
        struct OnCores: Job { func run() async throws -> Int { 1 } }
        try await expectOnce(OnCores(), on: ForkJoinPool(width: 2))
    }

    private func expectOnce(_ job: some Job, on executor: some JobExecutor) async throws {
        let tracing = try Tracing.start()
        _ = try await Batch(repeatElement(job, count: 100), on: executor).values()
        let trace = tracing.stop()
        let jobs = Self.spans(trace, .job, of: type(of: job))
        let flights = Self.spans(trace, .flight, of: type(of: job))
        #expect(jobs.count == 100)
        #expect(Self.areWhole(jobs))
        #expect(flights.compactMap(\.number).sorted() == Array(0..<100))
        #expect(flights.allSatisfy { $0.attempt == 1 })
        #expect(Self.areWhole(flights))
    }

    @Test func `attempts are told apart`() async throws {
        struct Fails: Job {
            struct Failure: Error {}
            func run() async throws -> Int { throw Failure() }
        }
        let tracing = try Tracing.start()
        _ = await Batch(
            [Fails()], on: .inOrder, policy: Policy(retries: 2, backoff: .none, onError: .collect)
        ).outcomes()
        let flights = Self.spans(tracing.stop(), .flight, of: Fails.self)
        #expect(flights.map(\.attempt) == [1, 2, 3])
    }

    @Test func `what waits at a gate is seen`() async throws {
        let tracing = try Tracing.start()
        let gate = Gate(limit: 1)
        try await gate.acquire()
        async let second: Void = gate.withPermit {}
        while gate.waiting == 0 { await Task.yield() }
        gate.release()
        try await second
        let waits = tracing.stop().events.filter { $0.kind == .wait && $0.name == "gate" }
        #expect(waits.contains { $0.end != nil })
    }

    @Test func `stolen branches and sleeping workers are seen`() throws {
        let tracing = try Tracing.start()
        let pool = ForkJoinPool(width: 2)
        let stolen = Signal()
        _ = pool.join(
            {
                while stolen.value.load(ordering: .acquiring) == 0 {}
            },
            {
                stolen.value.store(1, ordering: .releasing)
            })
        pool.shutdown()
        let trace = tracing.stop()
        #expect(trace.events.contains { $0.kind == .steal && $0.end != nil })
        #expect(trace.events.contains { $0.kind == .park && $0.end != nil })
    }

    @Test func `what the program says is there, with its number`() async throws {
        let tracing = try Tracing.start()
        let value = Tracing.span("of the program", number: 7) { 42 }
        let other = await Tracing.span("of a task") {
            await Task.yield()
            return 43
        }
        Tracing.mark("a moment")
        let trace = tracing.stop()
        #expect(value + other == 85)
        let span = try #require(trace.events.first { $0.name == "of the program" })
        #expect(span.kind == .span)
        #expect(span.number == 7)
        #expect(span.process == getpid())
        #expect(trace.events.contains { $0.name == "of a task" && $0.end != nil })
        let mark = try #require(trace.events.first { $0.name == "a moment" })
        #expect(mark.isMoment)
        #expect(mark.start == mark.end)
    }

    @Test func `each stretch has what happened in it`() throws {
        Tracing.mark("before both")
        let outer = try Tracing.start()
        Tracing.mark("in the outer one")
        let inner = try Tracing.start()
        Tracing.mark("in both")
        let both = inner.stop()
        Tracing.mark("after the inner one")
        let trace = outer.stop()
        Tracing.mark("after both")
        func names(_ trace: Trace) -> Set<String> {
            Set(trace.events.map(\.name)).intersection([
                "before both", "in the outer one", "in both", "after the inner one", "after both",
            ])
        }
        #expect(names(both) == ["in both"])
        #expect(names(trace) == ["in the outer one", "in both", "after the inner one"])
        #expect(outer.stop() == trace)
    }

    @Test func `times are those of the monotonic clock`() throws {
        let tracing = try Tracing.start()
        let before = MonotonicClock().now
        Tracing.mark("between two readings")
        let after = MonotonicClock().now
        let mark = try #require(
            tracing.stop().events.first { $0.name == "between two readings" })
        // A reading of both clocks is exact to some hundred nanoseconds.
        #expect(mark.start.nanoseconds > before.nanoseconds - 10_000)
        #expect(mark.start.nanoseconds < after.nanoseconds + 10_000)
    }

    @Test func `events are read while threads go on writing`() throws {
        let tracing = try Tracing.start()
        let isOver = Signal()
        let pool = ForkJoinPool(width: 3)
        var reads: [Int] = []
        _ = pool.join(
            {
                for _ in 0..<20 {
                    guard let trace = try? Tracing.start().stop() else { continue }
                    reads.append(trace.events.count)
                    for event in trace.events where event.name == "storm" {
                        // Written in one go: a torn event would have another number.
                        #expect(event.number == 21)
                        #expect(event.end.map { $0 >= event.start } ?? true)
                    }
                }
                isOver.value.store(1, ordering: .releasing)
            },
            {
                while isOver.value.load(ordering: .acquiring) == 0 {
                    for _ in 0..<1000 { Tracing.span("storm", number: 21) {} }
                }
            })
        pool.shutdown()
        #expect(reads.count == 20)
        #expect(tracing.stop().events.contains { $0.name == "storm" })
    }

    @Test func `more threads than sheets cost nothing but their events`() throws {
        let tracing = try Tracing.start()
        let count = 1200
        let parkers = (0..<count).map { _ in Parker() }
        let arrived = Signal()
        let threads = parkers.map { parker in
            PoolThread(name: "of-many") {
                Tracing.mark("of many")
                arrived.value.wrappingAdd(1, ordering: .releasing)
                parker.park()
            }
        }
        while arrived.value.load(ordering: .acquiring) < count { sched_yield() }
        let trace = tracing.stop()
        for parker in parkers { parker.unpark() }
        for thread in threads { thread.end(isCaller: false) }
        let seen = trace.events.count { $0.name == "of many" }
        #expect(seen > 900)
        #expect(seen + trace.lost >= count)
        // Their sheets are free again.
        let again = try Tracing.start()
        Tracing.mark("after many")
        #expect(again.stop().events.contains { $0.name == "after many" })
    }
}
