import Glibc
import RowHarness
import Synchronization

/// Serves a row on a pool, or declines it.
@concurrent func serve(_ row: String, on pool: any BlockingPool) async {
    let blocking = Array(repeating: block, count: Size.blockingCalls)
    let computing = (0..<Size.computingCalls).map(computation)
    switch row {
    case "blocking-1000":
        await serve(blocking, on: pool)
    case "mixed":
        await serve(mixed(blocking, computing), on: pool)
    case "computing":
        await serve(computing, on: pool)
    case "idle":
        await RowHarness.serve {
            await pool.run(Array(blocking.prefix(20)))
            return Turn(value: processorMillisecondsOfASecond(), checksum: "0")
        }
    default:
        declineRow()
    }
}

private func serve(_ calls: [@Sendable () -> Void], on pool: any BlockingPool) async {
    await serveMilliseconds {
        await pool.run(calls)
    } checksum: {
        calls.count
    }
}

@Sendable private func block() {
    usleep(Size.blockingMicroseconds)
}

private let sink = Atomic<UInt64>(0)

private func computation(_ number: Int) -> @Sendable () -> Void {
    { _ = sink.wrappingAdd(compute(number), ordering: .relaxed) }
}

/// One computing call after every ten that block.
private func mixed(
    _ blocking: [@Sendable () -> Void], _ computing: [@Sendable () -> Void]
) -> [@Sendable () -> Void] {
    let every = blocking.count / computing.count
    return computing.indices.flatMap { number in
        blocking[(number * every)..<((number + 1) * every)] + [computing[number]]
    }
}
