import RowHarness

let rows: [String: @Sendable () async -> Void] = [
    "yield": serveSwitches,
    "task-yield": serveSwitches,
    "spawn": {
        await serve {
            await nanosecondsEach(of: Size.spawned, spawn)
        }
    },
    "map-at-once": {
        await serve {
            await nanosecondsEach(of: Size.elements) { await map { $0 + 1 } }
        }
    },
    "map-yield": {
        await serve {
            await nanosecondsEach(of: Size.elements) {
                await map {
                    await Task.yield()
                    return $0 + 1
                }
            }
        }
    },
    "sleep": {
        await serve {
            await nanosecondsEach(of: Size.sleepers, sleep)
        }
    },
    "sleep-memory": {
        let before = residentBytes()
        await serve {
            await bytesOfSleepers(Size.sleepers, before: before)
        }
    },
]

@Sendable private func serveSwitches() async {
    await serve {
        await nanosecondsEach(of: Size.tasks * Size.yields, switches)
    }
}

@concurrent private func switches() async {
    await withTaskGroup(of: Void.self) { group in
        for _ in 0..<Size.tasks {
            group.addTask {
                for _ in 0..<Size.yields { await Task.yield() }
            }
        }
    }
}

/// The idiom: as many children as may be in flight, and one more for each that ends.
@concurrent private func map(_ body: @escaping @Sendable (Int) async -> Int) async {
    var results = [Int](repeating: 0, count: Size.elements)
    await withTaskGroup(of: (Int, Int).self) { group in
        var next = 0
        func add() {
            let element = next
            next += 1
            group.addTask { (element, await body(element)) }
        }
        while next < Size.inFlight { add() }
        while let (element, result) = await group.next() {
            results[element] = result
            if next < Size.elements { add() }
        }
    }
    if results.last != Size.elements { fatalError("The map lost results.") }
}

@concurrent private func spawn() async {
    for _ in 0..<(Size.spawned / 100) {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask {} }
        }
    }
}

// Not in a group: the runtime looks for a child that ended among all its siblings.
@concurrent private func sleep() async {
    let tasks = (0..<Size.sleepers).map { number in
        Task { try? await Task.sleep(for: .milliseconds(Size.nap(number))) }
    }
    for task in tasks { await task.value }
}

@concurrent private func bytesOfSleepers(_ count: Int, before: Int) async -> Turn {
    let tasks = (0..<count).map { _ in
        Task { (try? await Task.sleep(for: .seconds(3600))) == nil }
    }
    // After the others in the global queue: nearly all sleep now.
    await Task(priority: .background) {}.value
    let bytes = residentBytes() - before
    for task in tasks { task.cancel() }
    var cancelled = 0
    for task in tasks where await task.value { cancelled += 1 }
    return Turn(value: Double(bytes) / Double(count), checksum: "\(cancelled)")
}
