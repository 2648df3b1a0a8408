internal import Synchronization

/// Three counts in one word: how many workers search, how many sleep, how many permits are free.
///
/// Whoever publishes work reads it, so that nobody is woken while somebody searches anyway. One
/// word, so that a worker passes from one count to another in one step. Every operation is
/// sequentially consistent: that order carries the argument of Scheduler.md.
struct Census: ~Copyable, Sendable {
    private let counts = CacheLine(Atomic<Int>(0))

    /// The numbers at a moment.
    struct Numbers {
        fileprivate let word: Int

        /// Workers that run and look for work.
        var searching: Int { word & 0x1F_FFFF }
        /// Workers that could be woken for work if there is a permit.
        var asleep: Int { word >> 21 & 0x1F_FFFF }
        /// Permits that nobody holds, not counting that of the spare seat.
        var free: Int { word >> 42 }

        /// Whether work that was just published needs a sleeper, given a permit.
        var lacksSearchers: Bool { searching == 0 && asleep > 0 }
    }

    /// The numbers now.
    var numbers: Numbers {
        Numbers(word: counts.word.load(ordering: .sequentiallyConsistent))
    }

    /// Changes all counts at once; returns the numbers after it.
    @discardableResult
    borrowing func add(searching: Int = 0, asleep: Int = 0, free: Int = 0) -> Numbers {
        Numbers(
            word: counts.word.wrappingAdd(
                searching &+ asleep << 21 &+ free << 42, ordering: .sequentiallyConsistent
            ).newValue)
    }
}
