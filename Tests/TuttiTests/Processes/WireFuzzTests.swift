import Glibc
import Testing
import TuttiTesting

@testable import Tutti

/// Decodes what no encoder wrote, in workers: a trap costs a worker, and the seed is known.
///
/// The short run is part of every test run. A long one, or another seed:
///
///     TUTTI_FUZZ_INPUTS=10000000 TUTTI_FUZZ_SEED=7 swift test --filter WireFuzzTests
@Suite struct WireFuzzTests {
    @Test func `mutated bytes give a value or an error, and take little memory`() async throws {
        let inputs = number("TUTTI_FUZZ_INPUTS") ?? 40_000
        let first = UInt64(number("TUTTI_FUZZ_SEED") ?? 1)
        let width = 2
        let pool = ProcessPool(width: width)
        var sum = Outcomes()
        try await withThrowingTaskGroup(of: Outcomes.self) { group in
            for index in 0..<width {
                let start = inputs * index / width
                let end = inputs * (index + 1) / width
                group.addTask {
                    let now = try SharedArray(repeating: UInt64(0), count: 1)
                    let job = Fuzz(first: first + UInt64(start), count: end - start, now: now)
                    do {
                        return try await pool.run(job)
                    } catch let error as ProcessError {
                        throw Stopped(seed: now[0], how: "\(error)")
                    }
                }
            }
            for try await outcomes in group { sum.add(outcomes) }
        }
        await pool.shutdown()
        print(
            """
            Fuzzed \(inputs) inputs from seed \(first): \(sum.values) values, \(sum.errors) \
            errors, at most \(sum.growth >> 20) MiB of memory more than at the start.
            """)
        #expect(sum.strange.isEmpty, "neither a value nor a DecodingError")
        #expect(sum.values + sum.errors == inputs)
        // Both happen often, or the mutator is too tame or too wild.
        #expect(sum.values > inputs / 50)
        #expect(sum.errors > inputs / 5)
        #expect(sum.growth < 64 << 20)
    }

    private func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }
}

/// The input with this seed ended the process.
private struct Stopped: Error {
    var seed: UInt64
    var how: String
}

private struct Outcomes: Codable, Sendable {
    var values = 0
    var errors = 0
    /// The first seeds whose outcome was neither.
    var strange: [UInt64] = []
    /// How much larger the process became, in bytes.
    var growth = 0

    mutating func add(_ other: Outcomes) {
        values += other.values
        errors += other.errors
        strange += other.strange
        growth = max(growth, other.growth)
    }
}

private struct Fuzz: Job {
    var first: UInt64
    var count: Int
    /// The seed that is being tried, for whoever finds the worker dead.
    var now: SharedArray<UInt64>

    func run() throws -> Outcomes {
        let subjects = try FuzzSubject.all()
        let before = try memory("VmHWM:")
        try limitMemory()
        var outcomes = Outcomes()
        for seed in first..<first + UInt64(count) {
            now[0] = seed
            do {
                try tryOne(seed, subjects)
                outcomes.values += 1
            } catch is DecodingError {
                outcomes.errors += 1
            } catch {
                if outcomes.strange.count < 10 { outcomes.strange.append(seed) }
            }
        }
        outcomes.growth = try memory("VmHWM:") - before
        return outcomes
    }

    private func tryOne(_ seed: UInt64, _ subjects: [FuzzSubject]) throws {
        var random = SplitMix64(seed: seed)
        func any() -> FuzzSubject { subjects[Int.random(in: 0..<subjects.count, using: &random)] }
        let written = any()
        let other = any()
        // Mostly as the type that was written, sometimes as any other.
        let read = Int.random(in: 0..<4, using: &random) > 0 ? written : other
        try read.decode(WireMutator.mutate(written.bytes, with: other.bytes, &random))
    }

    /// Makes an allocation for a length that is not there end this worker: it would not be felt
    /// as long as nobody touches the memory.
    private func limitMemory() throws {
        var limit = rlimit()
        let addressSpace = __rlimit_resource_t(RLIMIT_AS.rawValue)
        guard getrlimit(addressSpace, &limit) == 0 else { throw SystemError("getrlimit") }
        limit.rlim_cur = rlim_t(try memory("VmSize:") + 256 << 20)
        guard setrlimit(addressSpace, &limit) == 0 else {
            throw SystemError("setrlimit")
        }
    }

    /// A number of bytes from `/proc/self/status`; what `getrusage` says begins with the parent's.
    private func memory(_ name: String) throws -> Int {
        guard let file = fopen("/proc/self/status", "r") else { throw SystemError("fopen") }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            guard strncmp(line, name, name.utf8.count) == 0 else { continue }
            // "VmHWM:     1234 kB"
            return strtol(Array(line.dropFirst(name.utf8.count)), nil, 10) << 10
        }
        throw SystemError("fgets", code: ENOENT, subject: name)
    }
}
