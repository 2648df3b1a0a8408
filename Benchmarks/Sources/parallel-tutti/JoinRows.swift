import Glibc
import RowHarness
import Synchronization
import Tutti

/// What a join, a task, a sleeping pool cost.
let joinRows: [String: Row] = [
    "fib-34": { pool in
        await serveMilliseconds {
            let (left, right) = pool.join({ fibonacci(33) }, { fibonacci(32) })
            return left + right
        } checksum: {
            $0
        }
    },
    "join-empty": { pool in
        await serve {
            let count = 10_000
            let start = nanoseconds()
            for _ in 0..<count { _ = pool.join({}, {}) }
            return Turn(
                value: Double(nanoseconds() - start) / Double(count), checksum: "\(count)")
        }
    },
    "join-empty-paused": { pool in
        await serve {
            let times = (0..<50).map { _ in
                usleep(2000)
                let start = nanoseconds()
                _ = pool.join({}, {})
                return nanoseconds() - start
            }
            return Turn(value: Double(median(times)), checksum: "\(times.count)")
        }
    },
    "wake-up": { pool in
        guard pool.width > 1 else { return declineRow() }
        await serve {
            let (times, _) = pool.join({ (0..<50).map { _ in wakeUp(pool) } }, {})
            return Turn(value: Double(median(times)) / 1e3, checksum: "\(times.count)")
        }
    },
    "idle": { pool in
        await serve {
            let total = Atomic<UInt64>(0)
            pool.parallelFor(0..<1_000_000) { total.wrappingAdd(hashSum($0), ordering: .relaxed) }
            return Turn(
                value: processorMillisecondsOfASecond(),
                checksum: "\(total.load(ordering: .relaxed))")
        }
    },
    "async-task": { pool in
        await serve {
            let count = 100_000
            let start = nanoseconds()
            await withTaskExecutorPreference(pool) { await emptyTasks(count) }
            return Turn(
                value: Double(nanoseconds() - start) / Double(count), checksum: "\(count)")
        }
    },
]

private func fibonacci(_ n: Int) -> Int {
    guard n > 1 else { return n }
    // The global join: on the pool that the calling thread works for.
    let (left, right) = join({ fibonacci(n - 1) }, { fibonacci(n - 2) })
    return left + right
}

/// The nanoseconds from a join after 2 ms of silence until both halves run at once.
///
/// The halves greet each other: that the second has begun is not enough, since the system may let
/// it interrupt the first on the same processor. Each gives up after 10 ms.
private func wakeUp(_ pool: ForkJoinPool) -> Int {
    usleep(2000)
    let start = nanoseconds()
    let greeting = Atomic(false)
    let answer = Atomic(false)
    @Sendable func wait(for flag: borrowing Atomic<Bool>) {
        while !flag.load(ordering: .relaxed), nanoseconds() - start < 10_000_000 {}
    }
    let (_, end) = pool.join {
        wait(for: greeting)
        answer.store(true, ordering: .relaxed)
    } _: {
        greeting.store(true, ordering: .relaxed)
        wait(for: answer)
        return nanoseconds()
    }
    return end - start
}

@concurrent
private func emptyTasks(_ count: Int) async {
    await withTaskGroup { group in
        for _ in 0..<count {
            group.addTask {}
        }
    }
}
