/// How much the rows do; the same numbers stand in Peers/processes.
enum Size {
    /// Tiny jobs, each awaited before the next.
    static let roundTrips = 2000
    /// Who awaits tiny jobs at once.
    static let callers = 256
    /// How many jobs each of them awaits.
    static let jobsOfCaller = 20
    /// Tiny jobs of a map.
    static let elements = 1_000_000
    /// 64 MiB.
    static let floats = 16 << 20
    /// Pools, one after the other.
    static let starts = 3
}
