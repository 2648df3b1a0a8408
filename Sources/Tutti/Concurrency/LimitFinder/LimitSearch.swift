internal import Glibc

/// Climbs to the fewest jobs in flight that give nearly the most throughput.
///
/// A pure state machine: a measured throughput goes in, the limit to measure next comes out. It
/// compares neighbours by Kleinrock's power, throughputᵏ ÷ jobs in flight, which is greatest at the
/// knee: below it, twice the jobs give twice the throughput; beyond it, they only wait longer. Fewer
/// than there are processors count as so many: to leave one idle is no gain.
/// Sources: L. Kleinrock, "Power and deterministic rules of thumb", 1979; M. Dong et al., "PCC
/// Vivace: online-learning congestion control", 2018, for the trials.
struct LimitSearch: Sendable {
    /// What was measured under a limit.
    struct Level: Hashable, Sendable {
        var limit: Int
        /// In jobs a second.
        var throughput: Double
        /// The same if each job had met only those that were in flight when it started: less after a
        /// step up, whose first jobs find a shorter queue than those that come after.
        var atLeast: Double
    }

    /// What the next measurement is for.
    enum Phase: Hashable, Sendable {
        /// To have something to compare with.
        case begun
        /// To compare with this level.
        case trial(from: Level)
        /// To watch this level for so many more measurements, then to try again.
        case resting(Level, Int)
    }

    private(set) var phase = Phase.begun
    private let maximum: Int
    private let processors: Int
    /// No trial goes below.
    var fewest = 1
    private var isUpward = true
    /// The next trial is by a factor of 2 to the power of this.
    private(set) var step = 1.0
    /// How many measurements the next rest lasts.
    private var rest = 1
    /// No trial goes beyond, for so many measurements: there it was said to be too much.
    private var ceiling: (limit: Int, left: Int)?
    /// Whether every trial so far brought what it promised.
    private(set) var isFirstClimb = true

    /// Throughput counts that often: a trial upward by a factor f must bring f^¼ times as much.
    private static let exponent = 4.0
    /// Smallest and largest step, as powers of 2: a ninth more, four times as many.
    private static let steps = 0.16...2.0
    /// The smallest step whose effect can be told from chance: jobs that take random times need
    /// larger ones.
    private var smallestStep = Self.steps.lowerBound
    private static let longestRest = 16
    private static let memoryOfOverload = 64

    init(maximum: Int, processors: Int) {
        self.maximum = maximum
        self.processors = processors
    }

    /// Takes the first measurement; returns the limit to measure next.
    ///
    /// `stretch` is how much longer jobs take among others than alone, if that is known: 1 without a
    /// queue.
    mutating func begin(with level: Level, stretch: Double?) -> Int {
        if let stretch {
            isUpward = stretch < 1.4
            if stretch < 1.15 { step = Self.steps.upperBound }
        }
        return trial(from: level)
    }

    /// Takes a measurement; returns the limit to measure next.
    ///
    /// `spread` is the coefficient of variation of the jobs' times.
    mutating func measured(_ seen: Level, spread: Double = 0) -> Int {
        smallestStep = min(max(spread / 2, Self.steps.lowerBound), 0.5)
        forgetCeiling()
        switch phase {
        case .begun: return begin(with: seen, stretch: nil)
        case .trial(let from):
            return isBetter(seen, than: from) ? accept(seen, over: from) : reject(seen, for: from)
        case .resting(let level, let left): return watch(level, seen, left: left)
        }
    }

    /// The other side said that `limit` is too much; returns the limit to go on with.
    mutating func overloaded(at limit: Int) -> Int {
        let less = max(1, limit * 7 / 10)
        ceiling = (max(1, limit * 9 / 10), Self.memoryOfOverload)
        isFirstClimb = false
        isUpward = true
        step = smallestStep
        rest = 2
        return goTo(Level(limit: less, throughput: 0, atLeast: 0))
    }

    private mutating func watch(_ level: Level, _ seen: Level, left: Int) -> Int {
        let change = seen.throughput / max(level.throughput, .leastNormalMagnitude)
        // Beyond that the work is not what it was, and what was learned about it counts no more.
        guard (0.7...1.4).contains(change) || level.throughput == 0 else {
            rest = 1
            return trial(from: seen)
        }
        let known = level.throughput == 0 ? seen.throughput : level.throughput
        let mean = (known + seen.throughput) / 2
        let now = Level(limit: level.limit, throughput: mean, atLeast: mean)
        guard left > 1 else { return trial(from: now) }
        phase = .resting(now, left - 1)
        return now.limit
    }

    private func isBetter(_ seen: Level, than from: Level) -> Bool {
        // After a small step up few start at once, and the better known of the two decides.
        let rate = seen.limit >= 2 * from.limit ? seen.atLeast : seen.throughput
        let gain = rate / max(from.throughput, .leastNormalMagnitude)
        let cost = Double(max(seen.limit, processors)) / Double(max(from.limit, processors))
        return pow(gain, Self.exponent) > cost
    }

    /// Whether a trial brought all that it could.
    func isProportional(_ seen: Level) -> Bool {
        guard case .trial(let from) = phase, isUpward else { return false }
        return elasticity(seen, from) > 0.8
    }

    /// The share of a step that arrived as throughput: 1 below the knee, 0 or less beyond it.
    private func elasticity(_ seen: Level, _ from: Level) -> Double {
        log(seen.throughput / max(from.throughput, .leastNormalMagnitude))
            / log(Double(seen.limit) / Double(from.limit))
    }

    private mutating func accept(_ seen: Level, over from: Level) -> Int {
        rest = 1
        // All that it could bring upward, nothing that it cost downward: the knee is not near.
        let share = elasticity(seen, from)
        if isUpward ? share > 0.8 : share < 0.1 { step = min(step * 2, Self.steps.upperBound) }
        return trial(from: seen)
    }

    private mutating func reject(_ seen: Level, for from: Level) -> Int {
        isFirstClimb = false
        // A step up that brought nothing began beyond the knee; one that brought something, and a
        // step down that took something, went too far.
        let isBeyond = isUpward && elasticity(seen, from) < 0.1
        if isBeyond { isUpward = false }
        step /= 2
        if step >= smallestStep { return trial(from: from) }
        if !isBeyond { isUpward.toggle() }
        step = smallestStep
        return goTo(from)
    }

    private mutating func goTo(_ level: Level) -> Int {
        phase = .resting(level, rest)
        rest = min(rest * 2, Self.longestRest)
        return level.limit
    }

    private mutating func trial(from level: Level) -> Int {
        if let next = neighbour(of: level.limit) {
            phase = .trial(from: level)
            return next
        }
        // Only the other direction is left, and that later.
        isFirstClimb = false
        isUpward.toggle()
        step = smallestStep
        return goTo(level)
    }

    private func neighbour(of limit: Int) -> Int? {
        let wanted = Int((Double(limit) * pow(2, isUpward ? step : -step)).rounded())
        let next =
            isUpward
            ? min(max(wanted, limit + 1), maximum, ceiling?.limit ?? maximum)
            : max(min(wanted, limit - 1), fewest)
        return (isUpward ? next > limit : next < limit) ? next : nil
    }

    private mutating func forgetCeiling() {
        guard let (limit, left) = ceiling else { return }
        ceiling = left > 1 ? (limit, left - 1) : nil
    }
}
