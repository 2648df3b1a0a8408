/// Where a thief starts to look: a small generator of pseudo-random numbers, one a worker.
///
/// Thieves that all started at the same victim would queue there. Source: Marsaglia, "Xorshift
/// RNGs", 2003.
struct RandomVictims {
    private var state: UInt64

    /// Each seed gives another sequence; 0 is as good as any.
    init(seed: Int) {
        // The golden ratio spreads small seeds; the state must not be 0.
        state = (UInt64(truncatingIfNeeded: seed) &+ 1) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    /// A number in `0..<count`.
    mutating func next(below count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(truncatingIfNeeded: ((state >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
    }
}
