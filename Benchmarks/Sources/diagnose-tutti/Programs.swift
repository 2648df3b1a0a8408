import Glibc
import Tutti
import TuttiNIO

/// About 20 ms on a core of 4 GHz.
@inline(never)
func compute(_ seed: UInt64) -> UInt64 {
    var value = seed
    for _ in 0..<20_000_000 {
        value = value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        value ^= value >> 29
    }
    return value
}

struct Compute: Job {
    let seed: UInt64

    func run() -> UInt64 { compute(seed) }
}

/// Programs of which it is known what they do with their time.
///
/// Usage: `diagnose-tutti NAME`.
@main
struct Programs {
    static func main() async throws {
        let seeds = Array(0..<UInt64(24))
        switch CommandLine.arguments.dropFirst().first {
        case "map": print(seeds.map(compute).reduce(0, ^))
        case "parallel-map": print(seeds.parallelMap { compute($0) }.reduce(0, ^))
        case "processes":
            let results = try await ProcessPool.shared.map(seeds.map { Compute(seed: $0) })
            print(results.reduce(0, ^))
        case "blocking":
            await withTaskGroup { group in
                for _ in 0..<40 {
                    group.addTask { await ThreadPool.shared.run { _ = usleep(300_000) } }
                }
            }
        case "loop":
            // Pauses of 20 ms, 50 of them at once on one thread, that begin at different moments.
            try await withThrowingTaskGroup { group in
                for number in 0..<50 {
                    group.addTask(executorPreference: EventLoop.shared) {
                        try await EventLoop.shared.sleep(for: .microseconds(number * 400))
                        for _ in 0..<20 { try await EventLoop.shared.sleep(for: .milliseconds(20)) }
                    }
                }
                try await group.waitForAll()
            }
        default:
            print("no such program")
            exit(2)
        }
    }
}
