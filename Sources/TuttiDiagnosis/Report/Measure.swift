/// A number about a stretch of time that can be asked for by name.
public enum Measure: String, CaseIterable, Sendable {
    /// Cores in use, on average.
    case cores
    /// Core seconds.
    case cpu
    /// The share in which nothing ran or wanted to.
    case idle
    /// The share in which every core was wanted.
    case full
    /// The share in which every core was wanted at least twice.
    case crowded
    /// The share in which a lock kept cores free.
    case locked
    /// Waits under way while nothing wanted a core.
    case depth
    /// Threads that wanted a core beyond the number of cores.
    case excess
    /// Seconds on a machine without other programs.
    case time

    /// Its value for a stretch of time.
    public func value(of slice: Slice) -> Double {
        switch self {
        case .cores: slice.coresInUse
        case .cpu: slice.cpu
        case .idle: slice.idleShare
        case .full: slice.fullShare
        case .crowded: slice.crowdedShare
        case .locked: slice.lockedShare
        case .depth: slice.depth
        case .excess: slice.meanExcess
        case .time: slice.quiet
        }
    }
}
