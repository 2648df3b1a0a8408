import Glibc
import Testing

@testable import Tutti

private struct Hidden: Job {
    var number: Int
    func run() -> Int { number * 2 }
}

private final class HiddenClass: Job {
    let number: Int
    init(number: Int) { self.number = number }
    func run() -> Int { number * 3 }
}

private struct HiddenPair<Value: Codable & Sendable>: Job {
    var value: Value
    func run() -> Value { value }
}

private enum HiddenError: Error, Codable, Equatable {
    case bad(number: Int)
}

private struct FailHidden: Job {
    func run() throws -> Int { throw HiddenError.bad(number: 9) }
}

@Suite(.timeLimit(.minutes(5))) struct ProcessPoolTests {
    /// Workers stay: beside all other tests, a minute may pass between two jobs of one.
    let pool = ProcessPool(width: 2, options: WorkerOptions(idleTime: nil))

    @Test func `jobs of every kind of type are found in the worker`() async throws {
        struct Local: Job {
            func run() -> String { "local" }
        }
        #expect(try await pool.run(Sum(numbers: [1, 2, 3])) == 6)
        #expect(try await pool.run(House.Inner()) == "inner")
        #expect(try await pool.run(Pair(first: 1, second: ["a"])) == ["1", "[\"a\"]"])
        #expect(try await pool.run(Hidden(number: 4)) == 8)
        #expect(try await pool.run(HiddenClass(number: 4)) == 12)
        #expect(try await pool.run(Local()) == "local")
        await pool.shutdown()
    }

    @Test func `a generic job with a private part is refused with its name`() async throws {
        let error = await #expect(throws: ProcessError.self) {
            try await pool.run(HiddenPair(value: 1))
        }
        #expect("\(String(describing: error))".contains("HiddenPair"))
        #expect(pool.workers.isEmpty)
    }

    @Test func `a codable error travels as itself, any other as its text`() async throws {
        await #expect(throws: Fail.Coded(number: 3)) { try await pool.run(Fail(isCodable: true)) }
        await #expect(throws: HiddenError.bad(number: 9)) { try await pool.run(FailHidden()) }
        await #expect(
            throws: RemoteError(type: "TuttiTests.Fail.Plain", message: "plain and simple")
        ) {
            try await pool.run(Fail(isCodable: false))
        }
        await pool.shutdown()
    }

    @Test func `what cannot be encoded says so, and the pool goes on`() async throws {
        for _ in 0..<2 {
            await #expect(
                throws: ProcessError.notEncodable(
                    type: "TuttiTests.Stubborn", reason: "plain and simple")
            ) { try await pool.run(Stubborn()) }
            await #expect(
                throws: ProcessError.notEncodable(
                    type: "TuttiTests.Stubborn", reason: "plain and simple")
            ) { try await pool.run(GivesStubborn()) }
        }
        await pool.shutdown()
    }

    @Test func `a large array goes there and back`() async throws {
        let floats = (0..<4_000_000).map { Float($0) }
        #expect(try await pool.run(Echo(floats: floats)) == floats)
        await pool.shutdown()
    }

    @Test func `the main actor serves jobs`() async throws {
        #expect(try await pool.run(OnMainActor()) == 5)
        await pool.shutdown()
    }

    @Test func `one caller after the other needs one worker`() async throws {
        var pids: Set<Int32> = []
        for _ in 0..<50 { pids.insert(try await pool.run(WhoAmI()).pid) }
        #expect(pids.count == 1)
        #expect(pool.workers == Array(pids))
        await pool.shutdown()
    }

    @Test func `a trap costs one job of a hundred`() async throws {
        let results = await withTaskGroup(of: (Int, Result<Int, any Error>).self) { group in
            for index in 0...100 {
                group.addTask {
                    do {
                        guard index != 50 else {
                            return (index, .success(try await pool.run(Trap())))
                        }
                        return (index, .success(try await pool.run(Sum(numbers: [index]))))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for index in 0...100 where index != 50 {
            #expect(try results[index]?.get() == index)
        }
        let error = #expect(throws: ProcessError.self) { try results[50]?.get() }
        guard case .workerDied(let death) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(death.job == "TuttiTests.Trap")
        #expect(death.pid > 0)
        #expect([.killed(signal: SIGILL), .killed(signal: SIGTRAP)].contains(death.end))
        #expect("\(death.end)".contains("a trap such as fatalError"))
        #expect(death.attempt == 1)
        await pool.shutdown()
    }

    @Test(arguments: [0, 3])
    func `an exit in a job is a death with its code`(code: Int32) async throws {
        let error = await #expect(throws: ProcessError.self) {
            try await pool.run(Exit(code: code))
        }
        guard case .workerDied(let death) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(death.end == .exited(code: code))
        #expect(death.attempt == 1)
        #expect(try await pool.run(Sum(numbers: [1])) == 1)
        await pool.shutdown()
    }

    @Test func `a signal in a job is a death with its name`() async throws {
        let error = await #expect(throws: ProcessError.self) {
            try await pool.run(KillItself(signal: SIGTERM))
        }
        #expect("\(String(describing: error))".contains("SIGTERM"))
        await pool.shutdown()
    }

    @Test func `a worker killed from outside fails its job`() async throws {
        let witness = try Witness()
        let task = Task { try await pool.run(Forever(witness: witness.path)) }
        let pid = try await witness.number()
        #expect(kill(pid, SIGKILL) == 0)
        let error = await #expect(throws: ProcessError.self) { try await task.value }
        guard case .workerDied(let death) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(death.job == "TuttiTests.Forever")
        #expect(death.pid == pid)
        #expect(death.end == .killed(signal: SIGKILL))
        #expect(death.attempt == 1)
        #expect(kill(pid, 0) == -1)
        await pool.shutdown()
    }

    @Test func `an idle worker that dies is replaced before the next job`() async throws {
        let witness = try Witness()
        let pid = try await pool.run(LeaveOpen(witness: witness.path))
        #expect(kill(pid, SIGKILL) == 0)
        try await witness.allGone()
        #expect(try await pool.run(WhoAmI()).pid != pid)
        await pool.shutdown()
    }

    @Test func `cancelling a running job kills its worker`() async throws {
        let witness = try Witness()
        let task = Task { try await pool.run(Forever(witness: witness.path)) }
        let pid = try await witness.number()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(kill(pid, 0) == -1)
        try await witness.allGone()
        #expect(try await pool.run(Sum(numbers: [1])) == 1)
        await pool.shutdown()
    }

    @Test func `cancelling a job kills the commands that it started`() async throws {
        let witness = try Witness()
        let task = Task { try await pool.run(Command(witness: witness.path)) }
        _ = try await witness.number()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await witness.allGone()
        await pool.shutdown()
    }

    @Test func `cancelling a job that waits takes it out of the queue`() async throws {
        let single = ProcessPool(width: 1)
        let witness = try Witness()
        let running = Task { try await single.run(Forever(witness: witness.path)) }
        let pid = try await witness.number()
        let waiting = Task { try await single.run(Sum(numbers: [1])) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(kill(pid, 0) == 0)
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        await single.shutdown()
    }

    @Test func `when a worker dies, the workers of its job die too`() async throws {
        let witness = try Witness()
        let task = Task { try await pool.run(Nested(witness: witness.path)) }
        let grandchild = try await witness.number()
        let workers = pool.workers
        #expect(workers.count == 1 && !workers.contains(grandchild))
        for pid in workers { kill(pid, SIGKILL) }
        await #expect(throws: ProcessError.self) { try await task.value }
        try await witness.allGone()
        await pool.shutdown()
    }

    @Test func `shutting down stops what runs and what waits`() async throws {
        let single = ProcessPool(width: 1)
        let witness = try Witness()
        let running = Task { try await single.run(Forever(witness: witness.path)) }
        _ = try await witness.number()
        let waiting = Task { try await single.run(Sum(numbers: [1])) }
        await single.shutdown()
        await #expect(throws: ProcessError.shutDown) { try await running.value }
        await #expect(throws: ProcessError.shutDown) { try await waiting.value }
        await #expect(throws: ProcessError.shutDown) { try await single.run(WhoAmI()) }
        try await witness.allGone()
        await single.shutdown()
    }

    @Test func `a pool that is let go leaves no worker behind`() async throws {
        let witness = try Witness()
        _ = try await ProcessPool(width: 1).run(LeaveOpen(witness: witness.path))
        try await witness.allGone()
    }

    @Test func `a program that ends or is killed leaves no worker behind`() async throws {
        let ended = try Witness()
        await #expect(processExitsWith: .success) { [path = ended.path as String] in
            _ = try await ProcessPool.shared.run(LeaveOpen(witness: path))
            exit(EXIT_SUCCESS)
        }
        try await ended.allGone()
        let killed = try Witness()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = killed.path as String] in
            _ = try await ProcessPool.shared.run(LeaveOpen(witness: path))
            // With a job that runs, too.
            async let _ = ProcessPool.shared.run(Forever(witness: path))
            kill(getpid(), SIGKILL)
        }
        try await killed.allGone()
    }

    @Test func `a worker is replaced after its number of jobs, and counted`() async throws {
        let frugal = ProcessPool(width: 1, options: WorkerOptions(jobsPerWorker: 2, idleTime: nil))
        var pids: [Int32] = []
        for _ in 0..<6 { pids.append(try await frugal.run(WhoAmI()).pid) }
        #expect(pids[0] == pids[1] && pids[2] == pids[3] && pids[4] == pids[5])
        #expect(Set(pids).count == 3)
        await frugal.shutdown()
        #expect(frugal.usage.cpuSeconds > 0)
        #expect(frugal.usage.peakMemoryBytes > 3 << 20)
    }

    @Test func `what a job prints is printed before it ends`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            let isSaid = try await ProcessPool(width: 1).run(Say(text: "from the worker"))
            #expect(isSaid)
        }
        let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(text.contains("from the worker\n"))
    }

    @Test func `nothing is left after a shutdown`() async {
        // In a process of its own, where nobody else opens descriptors or starts children.
        await #expect(processExitsWith: .success) {
            func entries(_ folder: String) -> Set<String> {
                guard let handle = opendir(folder) else { return [] }
                defer { closedir(handle) }
                var names: Set<String> = []
                while let entry = readdir(handle) {
                    names.insert(
                        withUnsafeBytes(of: entry.pointee.d_name) {
                            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                        })
                }
                return names
            }
            func children() -> String {
                entries("/proc/self/task").compactMap {
                    readTextFile("/proc/self/task/\($0)/children")
                }.joined()
            }
            // Random numbers, the clock and the like open their descriptors now.
            let first = ProcessPool(width: 1)
            _ = try await first.run(Sum(numbers: []))
            await first.shutdown()
            let before = entries("/proc/self/fd")
            for _ in 0..<3 {
                let pool = ProcessPool(width: 3, options: WorkerOptions(jobsPerWorker: 5))
                await withTaskGroup { group in
                    for index in 0..<40 {
                        group.addTask {
                            if index % 10 == 0 {
                                _ = try? await pool.run(Trap())
                            } else {
                                _ = try? await pool.run(Sum(numbers: [index]))
                            }
                        }
                    }
                }
                await pool.shutdown()
                #expect(children().isEmpty)
                #expect(pool.workers.isEmpty)
            }
            #expect(entries("/proc/self/fd").subtracting(before).isEmpty)
        }
    }

    @Test func `the shared pool is named like the executor`() async throws {
        let executor: any JobExecutor = .processes
        #expect(executor.name == "processes")
        #expect(executor.capacity == Processors.usable.count)
        #expect(try await executor.run(Sum(numbers: [4, 5])) == 9)
    }
}
