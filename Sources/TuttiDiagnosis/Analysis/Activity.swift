/// What the program as a whole does at a moment; each moment is exactly one of these.
public enum Activity: Hashable, Sendable {
    /// No thread wants a processor; waits for one thing at a time, or two.
    case waiting(WaitKind)
    /// No thread wants a processor, and three or more waits are under way.
    case overlapping(WaitKind)
    /// One thread computes, and nobody is held up by a lock.
    case oneCore
    /// More than one thread computes, fewer than there are cores.
    case someCores
    /// Cores are free while a thread that has work waits for a lock.
    case locked
    /// Every core has a thread that wants it.
    case allCores
    /// Every core has at least two.
    case crowded
}
