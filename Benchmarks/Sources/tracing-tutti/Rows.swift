import Dispatch
import RowHarness
import Tutti

/// Who plays a row.
enum Player: String {
    /// The row while somebody traces.
    case on
    /// The same while nobody does.
    case off
    /// A reading of the clock in place of each event.
    case clock
}

/// Serves a row, or declines it.
@concurrent func serve(_ row: String, as player: Player, threads: Int) async throws {
    switch row {
    case "mark" where player == .clock:
        try await serveNanoseconds(threads) { readClock($0) }
    case "mark":
        try await serveNanoseconds(threads) { mark($0) }
    case "span" where player != .clock:
        try await serveNanoseconds(threads) { spans($0) }
    case "jobs" where player != .clock:
        let pool = ForkJoinPool(width: threads)
        let jobs = Array(repeating: Tiny(), count: jobCount)
        try await serve {
            let start = nanoseconds()
            let values = try await jobs.run(on: pool)
            let elapsed = nanoseconds() - start
            return Turn(
                value: Double(elapsed) / Double(jobCount), checksum: "\(values.reduce(0, +))")
        }
    case "fib-34" where player != .clock:
        let pool = ForkJoinPool(width: threads)
        await serveMilliseconds {
            let (left, right) = pool.join({ fibonacci(33) }, { fibonacci(32) })
            return left + right
        } checksum: {
            $0
        }
    default:
        declineRow()
    }
}

private let eventCount = 5_000_000
private let jobCount = 20_000

/// Serves a row whose value is the time of one of many events, each thread writing as many.
private func serveNanoseconds(
    _ threads: Int, _ body: @escaping @Sendable (Int) -> Void
) async throws {
    try await serve {
        let start = nanoseconds()
        DispatchQueue.concurrentPerform(iterations: threads) { _ in body(eventCount) }
        let elapsed = nanoseconds() - start
        return Turn(value: Double(elapsed) / Double(eventCount), checksum: "0")
    }
}

@inline(never)
private func mark(_ count: Int) {
    for number in 0..<count { Tracing.mark("benchmark", number: number) }
}

@inline(never)
private func spans(_ count: Int) {
    for number in 0..<count { Tracing.span("benchmark", number: number) {} }
}

@inline(never)
private func readClock(_ count: Int) {
    for _ in 0..<count { _ = nanoseconds() }
}

private struct Tiny: Job {
    func run() async throws -> Int { 1 }
}

@inline(never)
private func fibonacci(_ n: Int) -> Int {
    guard n > 1 else { return n }
    let (left, right) = join({ fibonacci(n - 1) }, { fibonacci(n - 2) })
    return left + right
}
