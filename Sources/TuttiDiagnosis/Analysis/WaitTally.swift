internal import Glibc

/// Waits of one kind: how many, how long.
///
/// Lengths are kept in steps of 4 %, so that tallies of any number of waits add up and stay small.
public struct WaitTally: Hashable, Sendable {
    /// How many waits ended.
    public private(set) var count = 0
    /// Seconds, all together.
    public private(set) var total = 0.0
    /// How many of them wait for something to be written.
    public private(set) var writes = 0
    /// How many of them wait for a flush.
    public private(set) var flushes = 0
    /// How many waits had a length of about 2 to the power of a sixteenth of the key, in seconds.
    private(set) var steps: [Int: Int] = [:]

    /// No wait.
    public init() {}

    init(count: Int, total: Double, writes: Int, flushes: Int, steps: [Int: Int]) {
        self.count = count
        self.total = total
        self.writes = writes
        self.flushes = flushes
        self.steps = steps
    }

    private static let stepsPerOctave = 16.0

    mutating func add(seconds: Double, act: WaitAct, times: Int = 1) {
        count += times
        total += seconds * Double(times)
        if act == .write { writes += times }
        if act == .flush { flushes += times }
        steps[Int((log2(max(seconds, 1e-9)) * Self.stepsPerOctave).rounded()), default: 0] += times
    }

    /// Seconds that a wait takes on average.
    public var mean: Double { count == 0 ? 0 : total / Double(count) }

    /// The length that the given share of the waits does not exceed, in seconds.
    public func percentile(_ share: Double) -> Double {
        let wanted = Int((share * Double(count)).rounded(.up))
        var seen = 0
        for (step, number) in steps.sorted(by: { $0.key < $1.key }) {
            seen += number
            if seen >= max(1, wanted) { return exp2(Double(step) / Self.stepsPerOctave) }
        }
        return 0
    }

    static func += (left: inout Self, right: Self) {
        left.count += right.count
        left.total += right.total
        left.writes += right.writes
        left.flushes += right.flushes
        left.steps.merge(right.steps, uniquingKeysWith: +)
    }
}
