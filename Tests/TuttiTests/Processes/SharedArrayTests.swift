import Foundation
import Glibc
import Synchronization
import Testing

@testable import Tutti

private struct AddOne: Job {
    var numbers: SharedArray<Float>
    func run() -> Int {
        numbers.withMutableSpan { span in
            for index in span.indices { span[index] += 1 }
        }
        return numbers.count
    }
}

/// Makes an array in a worker and gives it to the caller.
private struct Make: Job {
    var count: Int
    func run() throws -> SharedArray<Int> { try SharedArray(0..<count) }
}

private struct Count: Job {
    var counters: SharedArray<Int>
    var times: Int
    func run() -> Int {
        for _ in 0..<times {
            counters.withAtomic(at: 1) { _ = $0.add(1, ordering: .relaxed) }
        }
        return times
    }
}

private struct Twice: Job {
    var first: SharedArray<Int32>
    var second: SharedArray<Int32>
    /// Whether a change through the one is seen through the other, which has the same address.
    func run() -> Bool {
        first[0] = 7
        return second[0] == 7 && first.segment === second.segment
    }
}

private struct WriteReadOnly: Job {
    var numbers: SharedArray<Int>
    func run() -> Int {
        numbers[0] = 1
        return numbers[0]
    }
}

/// Writes past the type, as a stray pointer would.
private struct StrayWrite: Job {
    var numbers: SharedArray<Int>
    func run() -> Int {
        numbers.base[0] = 1
        return numbers[0]
    }
}

private struct WriteAndDie: Job {
    var numbers: SharedArray<Int>
    func run() -> Int {
        numbers[1] = 1
        fatalError("on purpose")
    }
}

/// Lets a worker of a worker change the array, and one of it make a new one.
private struct Deeper: Job {
    var numbers: SharedArray<Float>
    func run() async throws -> SharedArray<Int> {
        let pool = ProcessPool(width: 1)
        _ = try await pool.run(AddOne(numbers: numbers))
        let made = try await pool.run(Make(count: 10))
        await pool.shutdown()
        return made
    }
}

private struct Many: Job {
    var parts: [SharedArray<Int>]
    func run() -> [SharedArray<Int>] {
        for part in parts { part[0] += 1 }
        return parts.reversed()
    }
}

private struct Lost: Error, Codable { var evidence: SharedArray<UInt8> }

private struct Throws: Job {
    func run() throws -> Int { throw Lost(evidence: try SharedArray([1, 2, 3])) }
}

/// How many open descriptors of this process are shared memory.
private func openSegments() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
        let target = try? FileManager.default.destinationOfSymbolicLink(
            atPath: "/proc/self/fd/\($0)")
        return target?.hasPrefix("/memfd:tutti-array") ?? false
    }.count
}

/// Whether something ends: threads that took part in a job let go of it after its answer is here.
private func comes(toAnEnd isThere: () throws -> Bool) rethrows -> Bool {
    let deadline = MonotonicClock.nanoseconds + 20_000_000_000
    while try isThere() {
        guard MonotonicClock.nanoseconds < deadline else { return false }
        sched_yield()
    }
    return true
}

@Suite(.timeLimit(.minutes(5))) struct SharedArrayTests {
    @Test(arguments: [0, 1, 2, 4096, 100_001])
    func `an array holds the elements that it was made of`(count: Int) throws {
        let array = try SharedArray(0..<count)
        #expect(array.count == count)
        #expect(array.elementsEqual(0..<count))
        #expect(Array(array) == Array(0..<count))
        #expect(array.withSpan { $0.count } == count)
        let repeated = try SharedArray(repeating: UInt16(7), count: count)
        #expect(repeated.allSatisfy { $0 == 7 })
        #expect(try SharedArray(repeating: 0.0, count: count).allSatisfy { $0 == 0 })
    }

    @Test func `copies, slices and read-only views are the same memory`() throws {
        let array = try SharedArray(0..<10)
        let slice = array.slice(2..<6)
        let inner = slice.slice(1..<3)
        let view = array.readOnly
        inner[0] = 100
        #expect(array[3] == 100)
        #expect(slice[1] == 100)
        #expect(view[3] == 100)
        #expect(Array(inner) == [100, 4])
        #expect(!view.isWritable)
        #expect(!view.slice(0..<1).isWritable)
    }

    @Test(arguments: [(10, 3), (2, 5), (0, 2), (8, 8), (9, 1)])
    func `slices divide an array evenly and in order`(count: Int, parts: Int) throws {
        let slices = try SharedArray(0..<count).slices(count: parts)
        #expect(slices.count == parts)
        #expect(slices.flatMap { Array($0) } == Array(0..<count))
        let sizes = slices.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }

    @Test func `workers change the memory of the caller`() async throws {
        let pool = ProcessPool(width: 2)
        let numbers = try SharedArray(repeating: Float(1), count: 1_000_000)
        try await withThrowingTaskGroup { group in
            for part in numbers.slices(count: 7) {
                group.addTask { _ = try await pool.run(AddOne(numbers: part)) }
            }
            try await group.waitForAll()
        }
        #expect(numbers.allSatisfy { $0 == 2 })
        await pool.shutdown()
    }

    @Test func `an array made in a worker outlives that worker`() async throws {
        // The worker is replaced after each job: it is gone before the answer is decoded.
        let pool = ProcessPool(width: 1, options: WorkerOptions(jobsPerWorker: 1))
        let array = try await pool.run(Make(count: 100_000))
        await pool.shutdown()
        #expect(array.elementsEqual(0..<100_000))
        array[5] = 0
        #expect(array[5] == 0)
    }

    @Test func `an array may be let go before the worker has seen it`() async throws {
        let pool = ProcessPool(width: 1)
        func passOn() async throws -> SharedArray<Float> {
            let job = AddOne(numbers: try SharedArray(repeating: 1, count: 1000))
            return try await pool.run(PassOn(job: job))
        }
        let array = try await passOn()
        #expect(array.allSatisfy { $0 == 2 })
        await pool.shutdown()
    }

    @Test func `processes count in one element at once and lose nothing`() async throws {
        let pool = ProcessPool(width: 2)
        let counters = try SharedArray(repeating: 0, count: 2)
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    _ = try await pool.run(Count(counters: counters, times: 50_000))
                }
            }
            try await group.waitForAll()
        }
        #expect(counters.withAtomic(at: 1) { $0.load(ordering: .relaxed) } == 200_000)
        #expect(counters[0] == 0)
        await pool.shutdown()
    }

    @Test func `two handles of one array are one mapping, there and back`() async throws {
        let pool = ProcessPool(width: 1)
        let array = try SharedArray(repeating: Int32(0), count: 8)
        #expect(try await pool.run(Twice(first: array, second: array)))
        #expect(try await pool.run(Twice(first: array.slice(0..<2), second: array.readOnly)))
        let back = try await pool.run(Many(parts: [try SharedArray(0..<4)]))
        let many = try await pool.run(Many(parts: back + back))
        #expect(many.count == 2)
        #expect(many[0].segment === many[1].segment)
        #expect(many[0].segment === back[0].segment)
        #expect(many[0][0] == 3)
        await pool.shutdown()
    }

    @Test func `hundreds of arrays travel in one job`() async throws {
        let pool = ProcessPool(width: 1)
        let parts = try (0..<300).map { try SharedArray(repeating: $0, count: 1) }
        let back = try await pool.run(Many(parts: parts))
        #expect(back.map { $0[0] } == (1...300).reversed())
        #expect(zip(back, parts.reversed()).allSatisfy { $0.segment === $1.segment })
        await pool.shutdown()
    }

    @Test func `a worker of a worker sees the array, and its own comes all the way`()
        async throws
    {
        let pool = ProcessPool(width: 1)
        let numbers = try SharedArray(repeating: Float(0), count: 100)
        let made = try await pool.run(Deeper(numbers: numbers))
        #expect(numbers.allSatisfy { $0 == 1 })
        #expect(made.elementsEqual(0..<10))
        await pool.shutdown()
    }

    @Test func `an error may carry an array`() async throws {
        let pool = ProcessPool(width: 1)
        let error = await #expect(throws: Lost.self) { try await pool.run(Throws()) }
        #expect(error.map { Array($0.evidence) } == [1, 2, 3])
        await pool.shutdown()
    }

    @Test func `a job that dies leaves what it wrote, and the array`() async throws {
        let pool = ProcessPool(width: 1)
        let numbers = try SharedArray(repeating: 0, count: 3)
        await #expect(throws: ProcessError.self) {
            try await pool.run(WriteAndDie(numbers: numbers))
        }
        #expect(Array(numbers) == [0, 1, 0])
        await pool.shutdown()
    }

    @Test func `a worker that writes through a read-only view dies alone`() async throws {
        let pool = ProcessPool(width: 1)
        let numbers = try SharedArray(repeating: 0, count: 3)
        await #expect(throws: ProcessError.self) {
            try await pool.run(WriteReadOnly(numbers: numbers.readOnly))
        }
        let error = await #expect(throws: ProcessError.self) {
            try await pool.run(StrayWrite(numbers: numbers.readOnly))
        }
        guard case .workerDied(let death) = error, death.end == .killed(signal: SIGSEGV) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(Array(numbers) == [0, 0, 0])
        await pool.shutdown()
    }

    @Test func `other encoders and decoders refuse a handle`() throws {
        let array = try SharedArray([1])
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(array) }
        var bytes: [UInt8] = []
        #expect(throws: EncodingError.self) { try WireEncoder().encode([array], to: &bytes) }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SharedArray<Int>.self, from: Data("{}".utf8))
        }
    }

    @Test func `a handle without its memory, or that points outside of it, throws`() throws {
        var bytes: [UInt8] = []
        var attachments = WireAttachments()
        try WireEncoder().encode(SharedArray([1, 2]), to: &bytes, with: &attachments)
        #expect(attachments.descriptors.count == 1)
        #expect(throws: DecodingError.self) {
            try WireDecoder().decode(SharedArray<Int>.self, from: bytes)
        }
        let decoder = WireDecoder(attachments: attachments)
        #expect(try Array(decoder.decode(SharedArray<Int>.self, from: bytes)) == [1, 2])
        #expect(throws: DecodingError.self) {
            try decoder.decode(SharedArray<Int128>.self, from: bytes)
        }
        for forged: Forged in [
            .init(offset: 8, count: 2), .init(offset: -8, count: 1), .init(offset: 1, count: 1),
            .init(count: -1), .init(count: .max), .init(offset: .max, count: 1),
            .init(descriptor: 1), .init(descriptor: -1),
        ] {
            var bytes: [UInt8] = []
            try WireEncoder().encode(forged, to: &bytes)
            #expect(throws: DecodingError.self) {
                try decoder.decode(SharedArray<Int>.self, from: bytes)
            }
        }
        // A file can shrink: it is refused, although it could be mapped.
        let file = SharedDescriptor(owning: open("/proc/self/exe", O_RDONLY | O_CLOEXEC))
        #expect(throws: DecodingError.self) {
            try WireDecoder(attachments: WireAttachments(descriptors: [file]))
                .decode(SharedArray<Int>.self, from: bytes)
        }
    }

    @Test func `threads that decode and drop the same array do not disturb each other`() throws {
        var array: SharedArray<Int>? = try SharedArray([1, 2, 3])
        let handles = try [array, array?.readOnly].map { array in
            var bytes: [UInt8] = []
            var attachments = WireAttachments()
            try WireEncoder().encode(array, to: &bytes, with: &attachments)
            // Descriptors of their own, as if from another process, whose mappings come and go. Not
            // for the processes of other tests, which count theirs.
            let copies = attachments.descriptors.map {
                SharedDescriptor(owning: fcntl($0.number, F_DUPFD_CLOEXEC, 3))
            }
            return (bytes, WireDecoder(attachments: WireAttachments(descriptors: copies)))
        }
        array = nil
        let sums = Locked(0)
        DispatchQueue.concurrentPerform(iterations: 4) { number in
            for turn in 0..<5000 {
                let (bytes, decoder) = handles[(number + turn) % 2]
                let sum = try? decoder.decode(SharedArray<Int>.self, from: bytes).reduce(0, +)
                sums.withLock { $0 += sum ?? 0 }
            }
        }
        #expect(sums.withLock { $0 } == 4 * 5000 * 6)
    }

    @Test func `the size of the memory is fixed`() throws {
        let array = try SharedArray([1, 2, 3])
        for size in [0, 8, 4096] {
            #expect(ftruncate(array.segment.descriptor.number, size) == -1)
        }
        #expect(Array(array) == [1, 2, 3])
    }

    @Test func `an array that is too large throws`() {
        #expect(throws: SystemError.self) { try SharedArray(repeating: 0, count: .max) }
        #expect(throws: SystemError.self) { try SharedArray(repeating: 0, count: .max / 8) }
    }

    @Test func `misuse stops the process`() async {
        await #expect(processExitsWith: .failure) {
            try SharedArray([1]).readOnly.withMutableSpan { $0[0] = 1 }
        }
        await #expect(processExitsWith: .failure) {
            try SharedArray([1]).readOnly.withAtomic(at: 0) { $0.store(1, ordering: .relaxed) }
        }
        await #expect(processExitsWith: .failure) { _ = try SharedArray([1]).slice(0..<2) }
        await #expect(processExitsWith: .failure) { _ = try SharedArray([1])[1] }
        await #expect(processExitsWith: .failure) { _ = try SharedArray([1]).slices(count: 0) }
        await #expect(processExitsWith: .failure) { _ = try SharedArray(repeating: 1, count: -1) }
    }

    @Test func `the last user takes memory and descriptor with it`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 2)
            do {
                let array = try SharedArray(repeating: Float(1), count: 100_000)
                let slice = array.slice(5..<10)
                _ = try await pool.run(AddOne(numbers: slice))
                let made = try await pool.run(Make(count: 10))
                let areTwo = try comes(toAnEnd: { try openSegments() != 2 })
                #expect(areTwo)
                #expect(made.count + slice.count == 15)
            }
            let areClosed = try comes(toAnEnd: { try openSegments() > 0 })
            #expect(areClosed)
            // Also in the worker, which is idle now and has no job.
            let worker = try #require(pool.workers.first)
            for process in ["self", "\(worker)"] {
                let areUnmapped = try comes(toAnEnd: {
                    try String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8)
                        .contains("memfd:tutti-array")
                })
                #expect(areUnmapped, "\(process)")
            }
            await pool.shutdown()
        }
    }

    @Test func `a cancelled job lets go of its array, whether it runs or waits`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 1)
            let witness = try Witness()
            let running = Task {
                let array = try SharedArray(repeating: 1, count: 1000)
                _ = try await pool.run(Hold(array: array, witness: witness.path))
            }
            _ = try await witness.number()
            let waiting = Task {
                let array = try SharedArray(repeating: 1, count: 1000)
                _ = try await pool.run(Hold(array: array, witness: witness.path))
            }
            waiting.cancel()
            _ = await waiting.result
            running.cancel()
            _ = await running.result
            await pool.shutdown()
            let areClosed = try comes(toAnEnd: { try openSegments() > 0 })
            #expect(areClosed)
        }
    }

    @Test func `a frame whose descriptors find no room says so, and the next one arrives`()
        async
    {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 1)
            _ = try await pool.run(Make(count: 1))
            let before = try await pool.run(Make(count: 1))
            // As many as are open now: there is no room for one more.
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let full = rlimit(
                rlim_cur: rlim_t(before.segment.descriptor.number + 1), rlim_max: limit.rlim_max)
            withUnsafePointer(to: full) {
                _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), $0)
            }
            var sentence = ""
            do { _ = try await pool.run(Make(count: 1)) } catch { sentence = "\(error)" }
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            #expect(sentence.contains("RLIMIT_NOFILE"))
            let after = try await pool.run(Make(count: 3))
            #expect(Array(after) == [0, 1, 2])
            await pool.shutdown()
        }
    }
}

/// Has an array and never ends.
private struct Hold: Job {
    var array: SharedArray<Int>
    var witness: String
    func run() -> Int {
        Witness.report(getpid(), to: witness)
        while true { pause() }
    }
}

/// Does another job's work and gives its array back.
private struct PassOn: Job {
    var job: AddOne
    func run() -> SharedArray<Float> {
        _ = job.run()
        return job.numbers
    }
}

/// A handle that no encoder wrote.
private struct Forged: Encodable {
    var descriptor = 0
    var offset = 0
    var count = 1
    var isWritable = true
}
