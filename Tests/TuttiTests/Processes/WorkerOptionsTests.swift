import Glibc
import Testing

@testable import Tutti

/// Values of environment variables in the worker.
private struct Environment: Job {
    var names: [String]
    func run() -> [String?] { names.map { getenv($0).map { String(cString: $0) } } }
}

private struct Directory: Job {
    func run() -> String {
        var path = [CChar](repeating: 0, count: 4096)
        return getcwd(&path, path.count).map { String(cString: $0) } ?? ""
    }
}

private struct Niceness: Job {
    func run() -> Int32 { nice(0) }
}

/// The limits of address space and processor time: of the worker, or of a worker of that one.
private struct Limits: Job {
    var nested: WorkerOptions?
    func run() async throws -> [UInt64] {
        if let nested {
            let pool = ProcessPool(width: 1, options: nested)
            let limits = try await pool.run(Limits())
            await pool.shutdown()
            return limits
        }
        return [RLIMIT_AS, RLIMIT_CPU].flatMap {
            var limit = rlimit()
            getrlimit(__rlimit_resource_t($0.rawValue), &limit)
            return [UInt64(limit.rlim_cur), UInt64(limit.rlim_max)]
        }
    }
    init(nested: WorkerOptions? = nil) { self.nested = nested }
    init(from decoder: any Decoder) throws {
        let memory = try decoder.singleValueContainer().decode(Int.self)
        nested = memory == 0 ? nil : WorkerOptions(memoryLimit: memory)
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nested?.memoryLimit ?? 0)
    }
}

private struct Allocate: Job {
    var bytes: Int
    func run() -> Int {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        defer { memory.deallocate() }
        return Int(memory.load(as: UInt8.self) & 0)
    }
}

/// Computes for ever; may refuse to end when it is asked to.
private struct Spin: Job {
    var isStubborn: Bool
    func run() -> Int {
        if isStubborn { signal(SIGXCPU, SIG_IGN) }
        // The processor time of this process, which an optimiser does not know.
        while clock() >= 0 {}
        return 0
    }
}

private struct ReadOneByte: Job {
    func run() -> Int {
        var byte: UInt8 = 0
        return read(0, &byte, 1)
    }
}

@Suite(.timeLimit(.minutes(5))) struct WorkerOptionsTests {
    private func death(
        _ body: () async throws -> Void, _ place: SourceLocation = #_sourceLocation
    ) async -> WorkerDeath? {
        do {
            try await body()
        } catch ProcessError.workerDied(let death) {
            return death
        } catch {
            Issue.record(error, sourceLocation: place)
        }
        return nil
    }

    @Test func `the environment is the program's with the changes`() async throws {
        let names = ["PATH", "HOME", "TUTTI_ONE", "TUTTI_EMPTY", "TUTTI_NONE", "TUTTI_WORKER"]
        let pool = ProcessPool(
            width: 1,
            options: WorkerOptions(environment: [
                "PATH": nil, "TUTTI_ONE": "a=b – ü", "TUTTI_EMPTY": "", "TUTTI_NONE": nil,
            ]))
        let home = getenv("HOME").map { String(cString: $0) }
        let values = try await pool.run(Environment(names: names))
        #expect(values == [nil, home, "a=b – ü", "", nil, nil])
        await pool.shutdown()
    }

    @Test func `the environment can ask for Swift's backtraces, which are off otherwise`()
        async throws
    {
        let names = ["SWIFT_BACKTRACE"]
        for (change, expected) in [
            ("enable=yes,color=no", "enable=yes,color=no"), (nil, "enable=no"),
        ] as [(String?, String)] {
            let pool = ProcessPool(
                width: 1, options: WorkerOptions(environment: ["SWIFT_BACKTRACE": change]))
            #expect(try await pool.run(Environment(names: names)) == [expected])
            await pool.shutdown()
        }
    }

    @Test(arguments: ["", "A=B", "=", "A\0B", "TUTTI_WORKER"])
    func `a name that is none, or the mark, is refused with a sentence`(name: String) {
        #expect(WorkerOptions(environment: [name: "x"]).mistake != nil)
        #expect(WorkerOptions(environment: [name: nil]).mistake != nil)
    }

    @Test func `options without sense are refused with a sentence`() {
        #expect(WorkerOptions().mistake == nil)
        #expect(WorkerOptions(environment: ["A": "b\0c"]).mistake != nil)
        #expect(WorkerOptions(workingDirectory: "").mistake != nil)
        #expect(WorkerOptions(workingDirectory: "/tmp\0x").mistake != nil)
        #expect(WorkerOptions(niceness: -1).mistake != nil)
        #expect(WorkerOptions(niceness: 19).mistake == nil)
        #expect(WorkerOptions(niceness: 20).mistake != nil)
        #expect(WorkerOptions(memoryLimit: 0).mistake != nil)
        #expect(WorkerOptions(processorTimeLimit: .zero).mistake != nil)
        #expect(WorkerOptions(jobsPerWorker: 0).mistake != nil)
    }

    @Test func `a pool stops the program with the sentence`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = ProcessPool(width: 1, options: WorkerOptions(environment: ["A=B": "x"]))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("\"A=B\" is no name of an environment variable"))
    }

    @Test func `processor time is limited in whole seconds, rounded up`() {
        #expect(WorkerOptions().processorSeconds == 0)
        #expect(WorkerOptions(processorTimeLimit: .nanoseconds(1)).processorSeconds == 1)
        #expect(WorkerOptions(processorTimeLimit: .seconds(1)).processorSeconds == 1)
        #expect(WorkerOptions(processorTimeLimit: .milliseconds(1001)).processorSeconds == 2)
    }

    @Test func `workers begin in the directory`() async throws {
        let pool = ProcessPool(width: 1, options: WorkerOptions(workingDirectory: "/proc"))
        #expect(try await pool.run(Directory()) == "/proc")
        await pool.shutdown()
    }

    @Test func `a directory that is missing fails the jobs with call and path`() async throws {
        let pool = ProcessPool(
            width: 2, options: WorkerOptions(workingDirectory: "/nowhere/at/all"))
        for _ in 0..<2 {
            let error = await #expect(throws: ProcessError.self) {
                try await pool.run(Directory())
            }
            guard case .workersDoNotStart(_, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason == "chdir /nowhere/at/all: No such file or directory (errno 2)")
        }
        await pool.shutdown()
    }

    @Test func `workers are nicer`() async throws {
        let pool = ProcessPool(width: 1, options: WorkerOptions(niceness: 7))
        #expect(try await pool.run(Niceness()) == min(19, nice(0) + 7))
        await pool.shutdown()
    }

    @Test func `an allocation beyond the limit fails its job, and the pool goes on`() async throws {
        let limit = 2 << 30
        let pool = ProcessPool(width: 1, options: WorkerOptions(memoryLimit: limit))
        for _ in 0..<2 {
            let death = await death { _ = try await pool.run(Allocate(bytes: 2 << 30)) }
            #expect(death?.trap?.contains("failed to allocate") == true)
            #expect(death?.memoryLimit == limit)
            #expect(death?.description.contains("limited to 2048 MiB") == true)
            #expect(try await pool.run(Allocate(bytes: 1 << 20)) == 0)
        }
        await pool.shutdown()
    }

    @Test func `a limit in which no worker lives fails the jobs`() async throws {
        let pool = ProcessPool(width: 1, options: WorkerOptions(memoryLimit: 4 << 20))
        let error = await #expect(throws: ProcessError.self) { try await pool.run(Directory()) }
        guard case .workersDoNotStart = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await pool.shutdown()
    }

    @Test(arguments: [false, true])
    func `too much processor time fails its job, and the pool goes on`(isStubborn: Bool)
        async throws
    {
        let pool = ProcessPool(
            width: 1, options: WorkerOptions(processorTimeLimit: .milliseconds(500)))
        let death = await death { _ = try await pool.run(Spin(isStubborn: isStubborn)) }
        #expect(death?.end == .killed(signal: isStubborn ? SIGKILL : SIGXCPU))
        #expect(death?.processorTimeLimit == .milliseconds(500))
        #expect((death?.ranFor ?? .zero) > .milliseconds(900))
        #expect(try await pool.run(Sum(numbers: [1])) == 1)
        await pool.shutdown()
    }

    @Test func `a limit never rises above the program's own`() async throws {
        let pool = ProcessPool(
            width: 1,
            options: WorkerOptions(memoryLimit: 3 << 30, processorTimeLimit: .seconds(100)))
        let own = try await pool.run(Limits())
        #expect(own == [3 << 30, 3 << 30, 100, 101])
        let higher = try await pool.run(Limits(nested: WorkerOptions(memoryLimit: 4 << 30)))
        #expect(higher == own)
        let lower = try await pool.run(Limits(nested: WorkerOptions(memoryLimit: 2 << 30)))
        #expect(lower == [2 << 30, 2 << 30, 100, 101])
        await pool.shutdown()
    }

    @Test func `standard input is empty`() async throws {
        let pool = ProcessPool(width: 1)
        #expect(try await pool.run(ReadOneByte()) == 0)
        await pool.shutdown()
    }
}
