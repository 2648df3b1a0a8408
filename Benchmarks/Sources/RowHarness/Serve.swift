public import Glibc

/// What one turn of a row gave: a figure in the row's unit, and a checksum of what was computed.
public struct Turn {
    let value: Double
    let checksum: String

    /// Makes the answer to one `go`.
    public init(value: Double, checksum: String) {
        self.value = value
        self.checksum = checksum
    }
}

/// Serves turns to the driver: one to warm up, then one for each line on the standard input.
public func serve(_ turn: () async throws -> Turn) async rethrows {
    _ = try await turn()
    answer("ready")
    while readLine() != nil {
        let turn = try await turn()
        answer("\(turn.value) \(turn.checksum)")
    }
}

/// Serves a row whose value is the time of one run, in milliseconds.
///
/// - Parameters:
///   - restore: makes the input what it was; not timed.
///   - run: is timed. What it returns is destroyed after the clock was read.
///   - checksum: looks at what `run` returned; not timed.
public func serveMilliseconds<Result>(
    restore: () -> Void = {}, run: () async throws -> Result,
    checksum: (Result) -> some CustomStringConvertible
) async rethrows {
    try await serve {
        restore()
        let start = nanoseconds()
        let result = try await run()
        let elapsed = nanoseconds() - start
        return Turn(value: Double(elapsed) / 1e6, checksum: "\(checksum(result))")
    }
}

/// Tells the driver that this program has no such row.
public func declineRow() {
    answer("none")
}

/// The monotonic clock.
@inline(never)
public func nanoseconds(of clock: clockid_t = CLOCK_MONOTONIC) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The CPU milliseconds that this process uses in one second of waiting, per second.
public func processorMillisecondsOfASecond() -> Double {
    let (cpu, wall) = (nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID), nanoseconds())
    usleep(1_000_000)
    let used = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) - cpu
    return Double(used) * 1e3 / Double(nanoseconds() - wall)
}

/// The middle one of the values.
public func median(_ values: [Int]) -> Int {
    values.sorted()[values.count / 2]
}

private func answer(_ line: String) {
    print(line)
    fflush(nil)
}
