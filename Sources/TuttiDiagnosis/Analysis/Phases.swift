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
            merge(&phases, at: best)
        }
        absorbShort(&phases)
        return phases.map(\.range)
    }

    /// A phase that is too short to be judged goes to the neighbour that is more like it.
    private static func absorbShort(_ phases: inout [Phase]) {
        while phases.count > 1,
            let short = phases.firstIndex(where: { $0.length < Rules.shortest })
        {
            let before = short > 0 ? phases[short - 1].cost(ofMerging: phases[short]) : .infinity
            let after =
                short + 1 < phases.count
                ? phases[short].cost(ofMerging: phases[short + 1]) : .infinity
            merge(&phases, at: before <= after ? short - 1 : short)
        }
    }

    private static func merge(_ phases: inout [Phase], at place: Int) {
        phases[place].merge(phases[place + 1])
        phases.remove(at: place + 1)
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
