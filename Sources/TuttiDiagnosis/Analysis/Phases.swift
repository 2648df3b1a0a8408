/// Cuts slices into phases, stretches in which the program does the same thing.
///
/// Neighbours are merged as long as little is lost (Ward, "Hierarchical Grouping to Optimize an
/// Objective Function", 1963): the cost of merging two is the difference of their mixes, squared,
/// times the harmonic weight of their lengths. Short turns of waiting and computing become one
/// phase that does both by turns, and a long phase does not swallow a short one that is different.
enum Phases {
    /// The most phases that a reader can take in.
    static var most: Int { 8 }
    /// Merging costs less than this share of the whole time, or stays undone.
    static var leastCost: Double { 0.02 }

    /// Cuts slices; each phase is the sum of its own.
    static func cut(_ slices: [Slice]) -> [Range<Int>] {
        var phases = slices.indices.map { Phase(range: $0..<$0 + 1, slice: slices[$0]) }
        let whole = phases.reduce(0) { $0 + $1.length }
        while phases.count > 1 {
            var best = 0
            var least = Double.infinity
            for place in 0..<phases.count - 1 {
                let cost = phases[place].cost(ofMerging: phases[place + 1])
                if cost < least { (best, least) = (place, cost) }
            }
            guard phases.count > most || least < leastCost * whole else { break }
            phases[best].merge(phases[best + 1])
            phases.remove(at: best + 1)
        }
        return phases.map(\.range)
    }

    private struct Phase {
        var range: Range<Int>
        /// Quiet seconds: a stretch that other programs prolonged weighs no more.
        var length: Double
        var mix: [Activity: Double]

        init(range: Range<Int>, slice: Slice) {
            self.range = range
            length = slice.quiet
            mix = slice.activity
        }

        func cost(ofMerging other: Phase) -> Double {
            guard length > 0, other.length > 0 else { return 0 }
            var distance = 0.0
            for (activity, seconds) in mix {
                let difference = seconds / length - (other.mix[activity] ?? 0) / other.length
                distance += difference * difference
            }
            for (activity, seconds) in other.mix where mix[activity] == nil {
                let share = seconds / other.length
                distance += share * share
            }
            return length * other.length / (length + other.length) * distance / 2
        }

        mutating func merge(_ other: Phase) {
            range = range.lowerBound..<other.range.upperBound
            length += other.length
            mix.merge(other.mix, uniquingKeysWith: +)
        }
    }
}
