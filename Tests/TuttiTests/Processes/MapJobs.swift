import Glibc
import Synchronization

@testable import Tutti

/// Nothing but its memory, as is what it gives.
struct Tripled: Job, PackedValue {
    let number: Int
    var isNegative = false
    var half: Float = 0.5
    func run() -> Tripled.Value {
        Value(number: isNegative ? -3 * number : 3 * number, half: half, isSmall: number < 10)
    }
    struct Value: PackedValue, Equatable {
        let number: Int
        let half: Float
        let isSmall: Bool
    }
}

/// Gives a text of some length.
struct Text: Job {
    let count: Int
    func run() -> String { String(repeating: "x", count: count) }
}

/// Does what the number says, or gives it back.
struct Moody: Job {
    enum Trouble: Error, Codable, Equatable { case odd(Int) }
    enum Kind: Codable { case fine, throwing, trapping, exiting }
    let number: Int
    let kind: Kind
    func run() throws -> String {
        switch kind {
        case .fine: return "\(number)"
        case .throwing: throw Trouble.odd(number)
        case .trapping: fatalError("on purpose")
        case .exiting: exit(7)
        }
    }
}

/// The same without a coder.
struct PackedTrouble: Job, PackedValue {
    let number: Int
    let isThrowing: Bool
    func run() throws -> Int {
        if isThrowing { throw Moody.Trouble.odd(number) }
        return number
    }
}

struct PackedTrap: Job, PackedValue {
    func run() -> Int { fatalError("on purpose") }
}

/// Waits until another job has counted as far as it should.
struct Meets: Job {
    let others: Int
    let counter: SharedArray<Int>
    let isLast: Bool
    func run() async throws -> Int {
        guard isLast else {
            return counter.withAtomic(at: 0) { $0.add(1, ordering: .relaxed).newValue }
        }
        while counter.withAtomic(at: 0, { $0.load(ordering: .relaxed) }) < others { usleep(100) }
        return 0
    }
}

/// Counts its runs.
struct Tick: Job {
    let counter: SharedArray<Int>
    func run() -> Int { counter.withAtomic(at: 0) { $0.add(1, ordering: .relaxed).newValue } }
}

/// Changes an array that it shares.
struct Raise: Job {
    let numbers: SharedArray<Float>
    func run() -> Int {
        numbers[0] += 1
        return numbers.count
    }
}
