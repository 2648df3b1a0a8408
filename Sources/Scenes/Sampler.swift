/// Well-spread numbers for one sample of one pixel, the same on every machine.
///
/// Sobol' points in two dimensions, shuffled and Owen-scrambled by hashing (Burley, "Practical
/// Hash-based Owen Scrambling", 2020): the samples of a pixel avoid each other, so that few of
/// them look like many.
struct Sampler {
    /// Which of the pixel's samples this is.
    private let index: UInt32
    private let mask: UInt32
    private var state: UInt64

    /// Starts the numbers of sample `index` of `count` in a pixel.
    init(frame: Int, x: Int, y: Int, index: Int, count: Int) {
        self.index = UInt32(truncatingIfNeeded: index)
        // The smallest 2ⁿ - 1 that holds every index: the shuffle permutes within it.
        mask = UInt32.max >> UInt32(truncatingIfNeeded: max(count - 1, 0)).leadingZeroBitCount
        // The pixel alone seeds: its samples share the scrambling that keeps them apart.
        state = UInt64(truncatingIfNeeded: frame) << 40
        state ^= UInt64(truncatingIfNeeded: y) << 20 ^ UInt64(truncatingIfNeeded: x)
    }

    /// Gives the next two numbers, each at least 0 and below 1.
    @inline(__always)
    mutating func next() -> (Float, Float) {
        let seed = nextSeed()
        let low = UInt32(truncatingIfNeeded: seed)
        let high = UInt32(truncatingIfNeeded: seed >> 32)
        // Another order of the samples in each dimension, or the dimensions would go together.
        let point = Self.permute(index, seed: low ^ high) & mask
        // Both Sobol' numbers with their bits reversed, as scrambling wants them: the first is
        // the index itself, the second its product with Pascal's triangle modulo 2.
        var second: UInt32 = 0
        var column: UInt32 = 1
        var rest = point
        while rest != 0 {
            if rest & 1 != 0 { second ^= column }
            column ^= column << 1
            rest >>= 1
        }
        return (
            Self.unit(Self.reverse(Self.permute(point, seed: low))),
            Self.unit(Self.reverse(Self.permute(second, seed: high)))
        )
    }

    /// SplitMix64 (Steele, Lea, Flood, 2014).
    @inline(__always)
    private mutating func nextSeed() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A permutation in which a bit depends on lower bits only (Laine, Karras, 2011).
    @inline(__always)
    private static func permute(_ value: UInt32, seed: UInt32) -> UInt32 {
        var x = value &+ seed
        x ^= x &* 0x6C50_B47C
        x ^= x &* 0xB82F_1E52
        x ^= x &* 0xC7AF_E638
        x ^= x &* 0x8D22_F6E6
        return x
    }

    @inline(__always)
    private static func reverse(_ value: UInt32) -> UInt32 {
        var x = value.byteSwapped
        x = (x >> 4 & 0x0F0F_0F0F) | (x & 0x0F0F_0F0F) << 4
        x = (x >> 2 & 0x3333_3333) | (x & 0x3333_3333) << 2
        return (x >> 1 & 0x5555_5555) | (x & 0x5555_5555) << 1
    }

    /// The upper 24 bits: what a `Float` holds exactly.
    @inline(__always)
    private static func unit(_ value: UInt32) -> Float {
        Float(value >> 8) * 0x1p-24
    }
}
