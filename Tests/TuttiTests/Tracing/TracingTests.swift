import Glibc
import Synchronization
import Testing

@testable import Tutti

/// Each in a process of its own: tests that run beside would fill the memory with their events.
@Suite(.timeLimit(.minutes(5))) struct TracingTests {
    @Test func `jobs appear once on threads`() async {
        await #expect(processExitsWith: .success) {
            try await expectOnce(on: ThreadPool())
        }
    }

    @Test func `jobs appear once on cores`() async {
        await #expect(processExitsWith: .success) {
            try await expectOnce(on: ForkJoinPool(width: 2))
        }
    }

    @Test func `attempts are told apart`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            _ = await Batch(
                [Fails()], on: .inOrder,
                policy: Policy(retries: 2, backoff: .none, onError: .collect)
            ).outcomes()
            let flights = tracing.stop().spans(.flight, of: Fails.self)
            #expect(flights.map(\.attempt) == [1, 2, 3])
        }
    }

    @Test func `calls appear on threads and on cores`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let one = await ThreadPool().run { 1 }
            let two = await ForkJoinPool(width: 1).run { 2 }
            let calls = tracing.stop().events.filter { $0.kind == .call }
            #expect(one + two == 3)
            #expect(calls.count == 2)
            #expect(calls.areWhole)
        }
    }

    @Test func `what waits at a gate is seen`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let gate = Gate(limit: 1)
            try await gate.acquire()
            async let second: Void = gate.withPermit {}
            while gate.waiting == 0 { await Task.yield() }
            gate.release()
            try await second
            let waits = tracing.stop().events.filter { $0.kind == .wait }
            #expect(waits.map(\.name) == ["gate"])
            #expect(waits.areWhole)
        }
    }

    @Test func `the limits that were tried are seen`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            _ = try await (0..<100).concurrentMap { $0 }
            let limits = tracing.stop().events.filter { $0.kind == .limit }
            #expect(!limits.isEmpty)
            #expect(limits.allSatisfy { ($0.number ?? 0) > 0 && $0.isMoment })
        }
    }

    @Test func `stolen branches and sleeping workers are seen`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let pool = ForkJoinPool(width: 2)
            let stolen = Signal()
            _ = pool.join({ stolen.wait() }, { stolen.send() })
            // Else the thief may be told to end before it has slept.
            while pool.scheduler.census.numbers.asleep < 2 { sched_yield() }
            pool.shutdown()
            let events = tracing.stop().events
            #expect(events.count { $0.kind == .steal && $0.end != nil } == 1)
            #expect(events.contains { $0.kind == .park && $0.end != nil })
        }
    }

    @Test func `what the program says is there, with its number`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let value = Tracing.span("of the program", number: 7) { 42 }
            let other = await Tracing.span("of a task") {
                await Task.yield()
                return 43
            }
            Tracing.mark("a \"moment\"\n")
            let events = tracing.stop().events
            #expect(value + other == 85)
            #expect(events.map(\.name) == ["of the program", "of a task", "a \"moment\"\n"])
            #expect(events.map(\.number) == [7, nil, nil])
            #expect(events.map(\.isMoment) == [false, false, true])
            #expect(events.areWhole)
            #expect(events.allSatisfy { $0.process == getpid() })
        }
    }

    @Test func `while nobody traces nothing is kept`() async {
        await #expect(processExitsWith: .success) {
            Tracing.mark("before")
            #expect(Tracer.memory == nil)
            _ = try Tracing.start().stop()
            Tracing.span("between") {}
            let again = try Tracing.start()
            Tracing.mark("then")
            #expect(again.stop().events.map(\.name) == ["then"])
        }
    }

    @Test func `each stretch has what happened in it`() async {
        await #expect(processExitsWith: .success) {
            let outer = try Tracing.start()
            Tracing.mark("in the outer one")
            let inner = try Tracing.start()
            Tracing.mark("in both")
            let both = inner.stop()
            Tracing.mark("after the inner one")
            let trace = outer.stop()
            Tracing.mark("after both")
            #expect(both.events.map(\.name) == ["in both"])
            #expect(
                trace.events.map(\.name) == ["in the outer one", "in both", "after the inner one"])
            #expect(outer.stop() == trace)
        }
    }

    @Test func `a stretch is written as a file, whether or not its body throws`() async {
        await #expect(processExitsWith: .success) {
            let path = "/tmp/tutti-test-\(getpid()).json"
            defer { unlink(path) }
            let value = try Tracing.record(to: path) { Tracing.span("one") { 1 } }
            #expect(value == 1)
            #expect(readTextFile(path)?.contains("\"one\"") == true)
            await #expect(throws: Fails.Failure.self) {
                try await Tracing.record(to: path) { try await Tracing.span("two", fail) }
            }
            #expect(readTextFile(path)?.contains("\"two\"") == true)
            #expect(throws: SystemError.self) { try Tracing.record(to: "/nowhere/a") {} }
        }
    }

    @Test func `times are those of the monotonic clock`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let before = MonotonicClock().now
            Tracing.mark("between two readings")
            let after = MonotonicClock().now
            let mark = try #require(tracing.stop().events.first)
            // A reading of both clocks is exact to some hundred nanoseconds.
            #expect(mark.start.nanoseconds > before.nanoseconds - 10_000)
            #expect(mark.start.nanoseconds < after.nanoseconds + 10_000)
        }
    }

    @Test func `events are read while threads go on writing`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let isOver = Signal()
            let threads = (0..<2).map { _ in
                PoolThread(name: "storm") {
                    while !isOver.isThere {
                        for _ in 0..<1000 { Tracing.span("storm", number: 21) {} }
                    }
                }
            }
            for _ in 0..<20 {
                let trace = try Tracing.start().stop()
                // Written in one go: of a torn event some part would be another's.
                #expect(trace.events.allSatisfy { $0.name == "storm" && $0.number == 21 })
                #expect(trace.events.filter { $0.end != nil }.areWhole)
                // Two are under way; the ends of some may have been written over.
                #expect(trace.events.count { $0.end == nil } < 1000)
            }
            isOver.send()
            for thread in threads { thread.end(isCaller: false) }
            let trace = tracing.stop()
            // Two events a span, less the sheets that are being changed.
            #expect(trace.events.count > 130_000)
            #expect(trace.lost > 0)
        }
    }

    @Test func `more threads than sheets cost nothing but their events`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            let count = 1200
            let parkers = (0..<count).map { _ in Parker() }
            let arrivals = Arrivals()
            let threads = parkers.map { parker in
                PoolThread(name: "of-many") {
                    Tracing.mark("of many")
                    arrivals.number.wrappingAdd(1, ordering: .releasing)
                    parker.park()
                }
            }
            while arrivals.number.load(ordering: .acquiring) < count { sched_yield() }
            let trace = tracing.stop()
            for parker in parkers { parker.unpark() }
            for thread in threads { thread.end(isCaller: false) }
            #expect(trace.events.count > 900)
            #expect(trace.events.count + trace.lost == count)
            // Their sheets are free again.
            let again = try Tracing.start()
            Tracing.mark("after many")
            #expect(again.stop().events.map(\.name) == ["after many"])
        }
    }

    @Test func `the child of a fork writes nothing and cannot begin`() async {
        await #expect(processExitsWith: .success) {
            let tracing = try Tracing.start()
            Tracing.mark("of the parent")
            let child = forkOff {
                Tracing.mark("of the child")
                return (try? Tracing.start()) == nil ? 0 : 1
            }
            #expect(child == 0)
            #expect(tracing.stop().events.map(\.name) == ["of the parent"])
        }
    }
}

private func expectOnce(on executor: some JobExecutor) async throws {
    let tracing = try Tracing.start()
    _ = try await Batch(repeatElement(One(), count: 100), on: executor).values()
    let trace = tracing.stop()
    let jobs = trace.spans(.job, of: One.self)
    let flights = trace.spans(.flight, of: One.self)
    #expect(jobs.count == 100)
    #expect(jobs.areWhole)
    #expect(flights.compactMap(\.number).sorted() == Array(0..<100))
    #expect(flights.allSatisfy { $0.attempt == 1 })
    #expect(flights.areWhole)
}

private struct One: Job {
    func run() async throws -> Int { 1 }
}

private struct Fails: Job {
    struct Failure: Error {}
    func run() async throws -> Int { throw Failure() }
}

private func fail() async throws {
    throw Fails.Failure()
}

private final class Arrivals: Sendable {
    let number = Atomic<Int>(0)
}

/// What one thread tells another that spins.
private final class Signal: Sendable {
    private let word = Atomic<Bool>(false)
    var isThere: Bool { word.load(ordering: .acquiring) }
    func send() { word.store(true, ordering: .releasing) }
    func wait() { while !isThere { sched_yield() } }
}

/// Runs `body` in a forked child and returns its exit code.
private func forkOff(_ body: () -> Int32) -> Int32 {
    // Glibc's is not importable: a child of a program with threads may do little, as this one does.
    typealias Fork = @convention(c) () -> pid_t
    guard let symbol = dlsym(nil, "fork") else { return -1 }
    let child = unsafeBitCast(symbol, to: Fork.self)()
    if child == 0 { _exit(body()) }
    var status: Int32 = -1
    waitpid(child, &status, 0)
    return status >> 8 & 0xFF
}

extension Trace {
    /// The spans of a kind under the name of a type.
    func spans(_ kind: Kind, of type: any Any.Type) -> [Event] {
        events.filter { $0.kind == kind && $0.name == typeName(type) }
    }
}

extension [Trace.Event] {
    /// Whether all have ended, and not before they began.
    var areWhole: Bool {
        allSatisfy { event in event.end.map { $0 >= event.start } ?? false }
    }
}
