/// How long to rest between two looks, so that looking costs next to nothing.
///
/// A pure rule: the cost of a look in, the next pause out. A program with a hundred threads that wake
/// each millisecond gets fewer looks than one that sleeps.
struct Pace {
    /// Of one processor, for all looks together.
    static var share: Double { 0.01 }
    static var shortest: UInt64 { 4_000_000 }
    static var longest: UInt64 { 50_000_000 }

    /// The pause before the next look, in nanoseconds.
    private(set) var pause = Self.shortest
    /// What a look costs, an average that forgets.
    private var cost = 0.0

    /// Takes in what the last look cost, in nanoseconds of processor time.
    mutating func looked(for nanoseconds: UInt64) {
        cost += (Double(nanoseconds) - cost) * 0.2
        pause = min(Self.longest, max(Self.shortest, UInt64(cost / Self.share)))
    }
}
