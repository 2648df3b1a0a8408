import Synchronization

@testable import Tutti

/// A number that many threads count with, and that closures can share.
final class Counter: Sendable {
    private let number: Atomic<Int>
    private let highest = Atomic<Int>(0)

    init(_ start: Int = 0) {
        number = Atomic(start)
    }

    @discardableResult
    func add(_ change: Int) -> Int {
        let now = number.wrappingAdd(change, ordering: .relaxed).newValue
        highest.max(now, ordering: .relaxed)
        return now
    }

    var value: Int { number.load(ordering: .relaxed) }
    var maximum: Int { highest.load(ordering: .relaxed) }
}

/// Counts, for each number, how often it came.
final class Tally: Sendable {
    private let counters: [Counter]

    init(_ size: Int) {
        counters = (0..<size).map { _ in Counter() }
    }

    func count(_ number: Int) { counters[number].add(1) }

    var eachIsOne: Bool { counters.allSatisfy { $0.value == 1 } }
    var counts: [Int] { counters.map(\.value) }
}

/// An object that counts how many of its kind are alive.
final class Counted: Sendable {
    let alive: Counter
    let number: Int

    init(_ number: Int, _ alive: Counter) {
        self.number = number
        self.alive = alive
        alive.add(1)
    }

    deinit { alive.add(-1) }
}

/// Starts threads that run `body` with their number, and waits for all of them at the end.
func withThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void, meanwhile: () -> Void) {
    let threads = (0..<count).map { number in
        PoolThread(name: "test-\(number)") { body(number) }
    }
    meanwhile()
    for thread in threads { thread.end(isCaller: false) }
}

/// Where as many threads as it has places wait for each other, once.
final class Barrier: Sendable {
    private let places: [Parker]
    private let arrivals = Counter()

    init(_ count: Int) {
        places = (0..<count).map { _ in Parker() }
    }

    /// Waits at place `number` until somebody is at each place.
    func wait(at number: Int) {
        if arrivals.add(1) == places.count {
            for place in places { place.unpark() }
        }
        places[number].park()
    }
}

/// Computes for a short while.
@inline(never)
func busy(_ steps: Int) {
    var random = RandomVictims(seed: steps)
    for _ in 0..<steps { _ = random.next(below: 2) }
}

/// What came in which order.
final class Log<Entry: Sendable>: Sendable {
    private let list = Locked([Entry]())

    func add(_ entry: Entry) { list.withLock { $0.append(entry) } }
    var entries: [Entry] { list.withLock { $0 } }
}
