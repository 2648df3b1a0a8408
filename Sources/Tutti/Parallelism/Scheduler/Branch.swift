public import Synchronization

/// The half of a join that may move: what to run, who waits for it, and a latch.
///
/// Lives in the frame of the thread that forked it. Published by pushing its address; from then
/// on only the latch is written, and after it says done the forking thread may return and the
/// branch is gone. So a thief reads ``owner`` before it sets the latch, and nothing after.
@usableFromInline
struct Branch: ~Copyable {
    @usableFromInline let body: NonescapingClosure
    /// The worker that forked the branch.
    @usableFromInline let owner: Int
    @usableFromInline let latch = Atomic<Latch>(.pending)

    /// Who waits, and whether it still has to.
    @usableFromInline
    enum Latch: UInt8, AtomicRepresentable {
        case pending
        /// The owner sleeps, or is about to: whoever sets the latch has to resume it.
        case ownerSleeps
        case done
    }

    @inlinable @inline(__always)
    init(_ body: NonescapingClosure, owner: Int) {
        self.body = body
        self.owner = owner
    }

    /// Runs the branch on the thread that took it, and sets the latch.
    ///
    /// - Returns: the worker to resume, if the owner sleeps.
    static func run(_ branch: UnsafeMutablePointer<Branch>) -> Int? {
        let owner = branch.pointee.owner
        branch.pointee.body()
        // Releases what the body wrote to `isDone`; acquires nothing that is used, but is ordered
        // after the owner's `announceSleep`.
        let before = branch.pointee.latch.exchange(.done, ordering: .acquiringAndReleasing)
        return before == .ownerSleeps ? owner : nil
    }

    /// Whether the branch has run; acquires what ``run(_:)`` released.
    var isDone: Bool {
        latch.load(ordering: .acquiring) == .done
    }

    /// Asks to be resumed when the branch is done; false when it is done already.
    func announceSleep() -> Bool {
        // Acquires, when it fails, what `run` released; releases that the owner is registered.
        latch.compareExchange(
            expected: .pending, desired: .ownerSleeps, ordering: .acquiringAndReleasing
        ).original != .done
    }
}
