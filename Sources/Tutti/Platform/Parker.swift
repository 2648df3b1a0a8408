internal import CTutti

/// A place where one thread sleeps until another lets it go on.
///
/// Holds at most one token: ``unpark()`` leaves it, ``park()`` waits for it and takes it. A token
/// left before the owner parks is not lost, so there is no window between check and sleep. All
/// that the waker wrote before ``unpark()`` is visible after ``park()`` (release, acquire).
final class Parker: Sendable {
    // Safety: the word is only touched by the atomic operations of parker.c.
    private nonisolated(unsafe) let word: UnsafeMutablePointer<Int32>

    init() {
        word = .allocate(capacity: 1)
        word.initialize(to: 0)
    }

    deinit { word.deallocate() }

    /// Sleeps until there is a token, and takes it.
    ///
    /// Only the owner calls this.
    func park() {
        _ = tutti_park(word, -1)
    }

    /// Sleeps until there is a token, at most `nanoseconds`; false when the time was up.
    func park(nanoseconds: Int64) -> Bool {
        tutti_park(word, max(0, nanoseconds)) == 1
    }

    /// Leaves a token.
    ///
    /// Any thread may call this.
    func unpark() {
        tutti_unpark(word)
    }
}
