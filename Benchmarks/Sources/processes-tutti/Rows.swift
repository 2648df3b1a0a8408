import BenchmarkScenes
import RowHarness
import Tutti

/// Serves a row on worker processes, or declines it.
@concurrent func serve(_ row: String, on pool: ProcessPool) async throws {
    switch row {
    case "round-trip": try await serveRoundTrips(pool)
    case "tiny-256": try await serveTinyJobs { try await pool.run(Increment(number: $0)) }
    case "map-1M": try await serveMap { try await pool.map($0.map(Increment.init)) }
    case "floats-64MiB": try await serveFloats(pool)
    case "shared-64MiB": try await serveFilledArray(pool)
    case "shared-fill-64MiB": try await serveArrayToFill(pool)
    case "start": try await serveStarts(width: pool.width)
    case "frames": try await serveFrames(pool)
    default: declineRow()
    }
}

/// Serves the frames on cores, and declines everything else.
@concurrent func serve(_ row: String, on pool: ForkJoinPool) async throws {
    if row == "frames" { try await serveFrames(pool) } else { declineRow() }
}

/// Serves tiny jobs that the coder writes, and declines everything else.
@concurrent func serveCoded(_ row: String, on pool: ProcessPool) async throws {
    switch row {
    case "tiny-256": try await serveTinyJobs { try await pool.run(CodedIncrement(number: $0)) }
    case "map-1M": try await serveMap { try await pool.map($0.map(CodedIncrement.init)) }
    default: declineRow()
    }
}

/// Serves the map with a closure, and declines everything else.
@concurrent func serveClosure(_ row: String, on pool: ProcessPool) async throws {
    guard row == "map-1M" else { return declineRow() }
    try await serveMap { try await pool.map($0) { $0 + 1 } }
}

// MARK: Tiny jobs

/// One after the other: the middle one of the times, in microseconds.
private func serveRoundTrips(_ pool: ProcessPool) async throws {
    try await serve {
        var times: [Int] = []
        var sum = 0
        for number in 0..<Size.roundTrips {
            let start = nanoseconds()
            sum += try await pool.run(Increment(number: number))
            times.append(nanoseconds() - start)
        }
        return Turn(value: Double(median(times)) / 1e3, checksum: "\(sum)")
    }
}

/// From many callers, each of which awaits one after the other: microseconds a job.
private func serveTinyJobs(
    _ run: @escaping @Sendable (Int) async throws -> Int
) async throws {
    try await serve {
        let start = nanoseconds()
        var passes = 0
        var sum = 0
        // A pass is over in some 10 ms: too short a time to look at alone.
        repeat {
            sum = try await sumOfTinyJobs(run)
            passes += 1
        } while nanoseconds() - start < 200_000_000
        let jobs = passes * Size.callers * Size.jobsOfCaller
        return Turn(
            value: Double(nanoseconds() - start) / 1e3 / Double(jobs), checksum: "\(sum)")
    }
}

private func sumOfTinyJobs(
    _ run: @escaping @Sendable (Int) async throws -> Int
) async throws -> Int {
    try await withThrowingTaskGroup { group in
        for caller in 0..<Size.callers {
            group.addTask {
                var sum = 0
                for number in 0..<Size.jobsOfCaller {
                    sum += try await run(caller * Size.jobsOfCaller + number)
                }
                return sum
            }
        }
        return try await group.reduce(0, +)
    }
}

private func serveMap(_ map: ([Int]) async throws -> [Int]) async throws {
    let numbers = Array(0..<Size.elements)
    try await serveMilliseconds {
        try await map(numbers)
    } checksum: {
        digest($0.lazy.map { UInt64($0) })
    }
}

// MARK: 64 MiB of Float, there and back

/// In the job and in its output.
private func serveFloats(_ pool: ProcessPool) async throws {
    let floats = Input.floats(Size.floats)
    try await serveMilliseconds {
        try await pool.run(AddOne(floats: floats))
    } checksum: {
        digestOfFloats($0)
    }
}

/// In memory that is shared and filled before.
private func serveFilledArray(_ pool: ProcessPool) async throws {
    let floats = Input.floats(Size.floats)
    let shared = try SharedArray(floats)
    try await serveMilliseconds {
        shared.withMutableSpan { shared in
            for index in shared.indices { shared[unchecked: index] = floats[index] }
        }
    } run: {
        try await addOne(to: shared, on: pool)
    } checksum: {
        digestOfFloats(shared)
    }
}

/// From an array into shared memory, and from there into another array.
private func serveArrayToFill(_ pool: ProcessPool) async throws {
    let floats = Input.floats(Size.floats)
    try await serveMilliseconds {
        let shared = try SharedArray(floats)
        try await addOne(to: shared, on: pool)
        return Array(shared)
    } checksum: {
        digestOfFloats($0)
    }
}

private func addOne(to shared: SharedArray<Float>, on pool: ProcessPool) async throws {
    try await withThrowingTaskGroup { group in
        for slice in shared.slices(count: pool.width) {
            group.addTask { try await pool.run(AddOneInPlace(floats: slice)) }
        }
        try await group.waitForAll()
    }
}

private func digestOfFloats(_ floats: some Collection<Float>) -> UInt64 {
    digest(floats.lazy.map { UInt64($0.bitPattern) })
}

// MARK: Pools and frames

/// From nothing to the first answer: the middle one of some, in milliseconds.
private func serveStarts(width: Int) async throws {
    try await serve {
        var times: [Int] = []
        var sum = 0
        for number in 0..<Size.starts {
            let start = nanoseconds()
            let pool = ProcessPool(width: width)
            sum += try await pool.run(Increment(number: number))
            times.append(nanoseconds() - start)
            await pool.shutdown()
        }
        return Turn(value: Double(median(times)) / 1e6, checksum: "\(sum)")
    }
}

private func serveFrames(_ executor: some JobExecutor) async throws {
    let jobs = (0..<CornellBox().frames).map(RenderFrame.init)
    try await serveMilliseconds {
        try await jobs.run(on: executor)
    } checksum: { frames in
        digest(frames.joined().lazy.map(UInt64.init))
    }
}
