// Programs of which it is known what they do with their time. Usage: programs NAME.

@inline(never)
func compute(_ units: Int) -> UInt64 {
    var value: UInt64 = 1
    for _ in 0..<(units * 10_000_000) {
        value = value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        value ^= value >> 29
    }
    return value
}

actor Worker {
    var sum: UInt64 = 0
    func add(_ units: Int) { sum ^= compute(units) }
}

func taskGroup() async -> UInt64 {
    await withTaskGroup(of: UInt64.self) { group in
        for _ in 0..<30 { group.addTask { compute(1) } }
        return await group.reduce(0, ^)
    }
}

func oneActor() async -> UInt64 {
    let worker = Worker()
    await withTaskGroup(of: Void.self) { group in
        for _ in 0..<30 { group.addTask { await worker.add(1) } }
    }
    return await worker.sum
}

func sleeps() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { try await Task.sleep(for: .milliseconds(400)) } }
        try await group.waitForAll()
    }
}

@main
struct Programs {
    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case "serial": print(compute(30))
        case "task-group": print(await taskGroup())
        case "actor": print(await oneActor())
        case "sleeps": try await sleeps()
        default: print("no such program")
        }
    }
}
