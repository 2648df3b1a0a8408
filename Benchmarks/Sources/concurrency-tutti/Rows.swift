import RowHarness
import Tutti
import TuttiNIO

/// Serves a row on a loop, or declines it.
func serve(_ row: String, on loop: EventLoop) async {
    if let serve = rows[row] { await serve(loop) } else { declineRow() }
}

private let rows: [String: @Sendable (EventLoop) async -> Void] = [
    "yield": { loop in
        await serveSwitches(on: loop) {
            for _ in 0..<Size.yields { await loop.yield() }
        }
    },
    "task-yield": { loop in
        await serveSwitches(on: loop) {
            for _ in 0..<Size.yields { await Task.yield() }
        }
    },
    "spawn": { loop in
        await serve {
            await nanosecondsEach(of: Size.spawned) { await spawn(on: loop) }
        }
    },
    "map-at-once": { loop in
        await serve {
            await map(on: loop) { $0 + 1 }
        }
    },
    "map-yield": { loop in
        await serve {
            await map(on: loop) {
                await loop.yield()
                return $0 + 1
            }
        }
    },
    "sleep": { loop in
        await serve {
            await nanosecondsEach(of: Size.sleepers) {
                await sleepers(Size.sleepers, on: loop) { .milliseconds(Size.nap($0)) }
            }
        }
    },
    "sleep-memory": { loop in
        let before = residentBytes()
        await serve {
            await bytesOfSleepers(Size.sleepers, on: loop, before: before)
        }
    },
    // Not in the table, since a turn takes long: a million that lie down, then are cancelled, and a
    // million that sleep all at once.
    "million-memory": { loop in
        let before = residentBytes()
        await serve {
            await bytesOfSleepers(1_000_000, on: loop, before: before)
        }
    },
    "million": { loop in
        await serve {
            await nanosecondsEach(of: 1_000_000) {
                await sleepers(1_000_000, on: loop) { _ in .seconds(6) }
            }
        }
    },
    "echo": { loop in
        await serveEcho(on: loop)
    },
]

/// A thousand tasks that yield a thousand times each: CPU nanoseconds a yield.
private func serveSwitches(
    on loop: EventLoop, _ body: @escaping @Sendable @concurrent () async -> Void
) async {
    await serve {
        await nanosecondsEach(of: Size.tasks * Size.yields) {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<Size.tasks {
                    group.addTask(executorPreference: loop.preference, operation: body)
                }
            }
        }
    }
}

extension EventLoop {
    /// Nil where all tasks run here anyway.
    var preference: EventLoop? { self === EventLoop.shared ? nil : self }
}

private func map(
    on loop: EventLoop, _ body: @escaping @Sendable (Int) async -> Int
) async -> Turn {
    await withTaskExecutorPreference(loop.preference) {
        await nanosecondsEach(of: Size.elements) {
            let results = try? await (0..<Size.elements).concurrentMap(limit: 100, body)
            if results?.last != Size.elements { fatalError("The map lost results.") }
        }
    }
}

private func spawn(on loop: EventLoop) async {
    await withTaskExecutorPreference(loop.preference) {
        // In groups: the runtime looks for a child that ended among all its siblings.
        for _ in 0..<(Size.spawned / 100) {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask {} }
            }
        }
    }
}

/// Tasks that sleep, all at a time.
///
/// Not in a group: the runtime looks for a child that ended among all its siblings, which costs a
/// square when they end in another order than they began.
private func sleepers(
    _ count: Int, on loop: EventLoop, for duration: @escaping @Sendable (Int) -> Duration
) async {
    let tasks = (0..<count).map { number in
        Task(executorPreference: loop.preference) { try? await loop.sleep(for: duration(number)) }
    }
    for task in tasks { await task.value }
}

/// Lays down tasks, measures what they occupy, and wakes them by cancelling them.
private func bytesOfSleepers(_ count: Int, on loop: EventLoop, before: Int) async -> Turn {
    await withTaskExecutorPreference(loop.preference) {
        let tasks = (0..<count).map { _ in
            Task(executorPreference: loop.preference) {
                (try? await loop.sleep(for: .seconds(3600))) == nil
            }
        }
        // Comes after all of them in the loop's queue: they sleep now.
        await Task(executorPreference: loop.preference) {}.value
        let bytes = residentBytes() - before
        for task in tasks { task.cancel() }
        var cancelled = 0
        for task in tasks where await task.value { cancelled += 1 }
        return Turn(value: Double(bytes) / Double(count), checksum: "\(cancelled)")
    }
}
