internal import Synchronization

/// Two counts in one word: how many workers search, and how many sleepers could be woken.
///
/// Whoever publishes work reads it, so that nobody is woken while somebody searches anyway. One
/// word, so that a worker passes from one count to the other in one step. Every operation is
/// sequentially consistent: that order carries the argument of Scheduler.md.
struct Census: ~Copyable, Sendable {
    private let counts = CacheLine(Atomic<Int>(0))

    /// The numbers at a moment.
    struct Numbers {
        fileprivate let word: Int

        /// Workers that run and look for work.
        var searching: Int { word & 0xFFFF_FFFF }
        /// Sleepers for whom there is a permit.
        var wakeable: Int { word >> 32 }

        /// Whether work that was just published needs a sleeper.
        var callsForWaking: Bool { searching == 0 && wakeable > 0 }
    }

    /// The numbers now.
    var numbers: Numbers {
        Numbers(word: counts.word.load(ordering: .sequentiallyConsistent))
    }

    /// Changes both counts at once; returns the numbers after it.
    @discardableResult
    borrowing func add(searching: Int = 0, wakeable: Int = 0) -> Numbers {
        Numbers(
            word: counts.word.wrappingAdd(
                searching &+ wakeable << 32, ordering: .sequentiallyConsistent
            ).newValue)
    }
}
