public import Synchronization

/// The owner's end of a work-stealing deque whose newest items are private.
///
/// ```
///   top        bottom == split        head
///    │ public, oldest │ private, newest │
///    ▼                ▼                 ▼
/// ───[ ][ ][ ][ ][ ][ ][ ][ ][ ][ ][ ]──────
///  thieves take here      the owner pushes and pops here
/// ```
///
/// Popping a private item is plain arithmetic: no atomic operation, no fence. Items become public
/// only while fewer than ``eager`` are, so most items of a deep recursion never do. Thieves hold a
/// ``Thief``, another type: they cannot call what is the owner's.
///
/// Sources: Chase and Lev, "Dynamic Circular Work-Stealing Deque", 2005; Lê, Pop, Cohen and
/// Zappa Nardelli, "Correct and Efficient Work-Stealing for Weak Memory Models", 2013; van Dijk
/// and van de Pol, "Lace: Non-blocking Split Deque for Work-Stealing", 2014.
@usableFromInline
struct SplitDeque: ~Copyable {
    @usableFromInline typealias Item = UnsafeMutableRawPointer

    /// How many items fit; the memory of a deque is fixed, since thieves read it without a lock.
    @inlinable static var capacity: Int { 1024 }

    /// How many items the owner tries to keep public.
    @usableFromInline let eager: Int
    /// The index where the next item goes; only the owner reads or writes it.
    @usableFromInline var head = 0
    /// The owner's copy of ``Shared/bottom``; only the owner reads or writes it.
    @usableFromInline var split = 0

    @usableFromInline let shared: UnsafeMutablePointer<Shared>

    /// What owner and thieves share: atomic words only.
    @usableFromInline
    struct Shared: ~Copyable {
        /// The oldest item; only grows, by the compare-and-exchange of whoever takes that item.
        @usableFromInline let top = CacheLine(Atomic<Int>(0))
        /// One past the newest public item; written by the owner alone.
        @usableFromInline let bottom = CacheLine(Atomic<Int>(0))
        /// Written by the owner while an index is private, read by thieves once it is public.
        @usableFromInline let slots =
            UnsafeMutablePointer<Atomic<Item?>>.allocate(capacity: capacity)

        init() {
            for index in 0..<capacity {
                (slots + index).initialize(to: Atomic(nil))
            }
        }

        @inlinable
        deinit {
            slots.deinitialize(count: capacity)
            slots.deallocate()
        }

        @inlinable @inline(__always)
        func slot(_ index: Int) -> UnsafeMutablePointer<Atomic<Item?>> {
            slots + index & (SplitDeque.capacity - 1)
        }
    }

    /// Makes an empty deque.
    ///
    /// - Parameter eager: how many items to keep public; 0 for a deque that has no thieves.
    init(eager: Int = 4) {
        self.eager = eager
        shared = .allocate(capacity: 1)
        shared.initialize(to: Shared())
    }

    /// The items still inside are their owner's: a deque does not own what it holds.
    @inlinable
    deinit {
        shared.deinitialize(count: 1)
        shared.deallocate()
    }

    /// What came of a push.
    @usableFromInline
    enum Push {
        /// Thieves cannot see the item yet.
        case kept
        /// Items became public: the caller must look for a sleeper.
        case published
        /// There is no room; the item was not taken.
        case full
    }

    /// Adds the newest item.
    @inlinable @inline(__always)
    mutating func push(_ item: Item) -> Push {
        // Acquires what `steal` read from the slot before it moved `top`, since the slot may now be
        // written. An old `top` only makes the deque look fuller than it is.
        let top = shared.pointee.top.word.load(ordering: .acquiring)
        guard head &- top < Self.capacity else { return .full }
        // Relaxed: made visible by the store to `bottom` that publishes the index.
        shared.pointee.slot(head).pointee.store(item, ordering: .relaxed)
        head &+= 1
        guard split &- top < eager else { return .kept }
        return publish(upTo: min(head, top &+ eager)) ? .published : .kept
    }

    /// Makes every item public; true when there was a private one.
    mutating func publishAll() -> Bool {
        publish(upTo: head)
    }

    @usableFromInline @inline(never)
    mutating func publish(upTo end: Int) -> Bool {
        guard end > split else { return false }
        split = end
        // Releases the slots and the items to `steal`. Sequentially consistent: it comes before the
        // publisher's load of the census, whose partner is the searcher's `isEmpty`.
        shared.pointee.bottom.word.store(end, ordering: .sequentiallyConsistent)
        return true
    }

    /// Takes the newest item back if no thief can see it; else ``popPublic()`` has to follow.
    ///
    /// Every push that was not ``Push/full`` needs one pop: the caller knows what it pushed last.
    @inlinable @inline(__always)
    mutating func popPrivate() -> Bool {
        let newest = head &- 1
        guard newest >= split else { return false }
        head = newest
        return true
    }

    /// Takes the newest item back after it was made public; false when a thief has it.
    mutating func popPublic() -> Bool {
        let newest = head &- 1
        // The two sequentially consistent operations, here and in `steal` (in the other order), make
        // sure that not both owner and thief miss the other one's claim.
        shared.pointee.bottom.word.store(newest, ordering: .sequentiallyConsistent)
        let top = shared.pointee.top.word.load(ordering: .sequentiallyConsistent)
        if top < newest {
            head = newest
            split = newest
            return true
        }
        // The last item, or none: whoever moves `top` has it. Acquires nothing that matters here;
        // strong so that it is ordered with the exchange in `steal`.
        let won =
            top == newest
            && shared.pointee.top.word.compareExchange(
                expected: top, desired: top &+ 1, ordering: .sequentiallyConsistent
            ).exchanged
        head = newest &+ 1
        split = head
        // Empty again, at the index after the item that went. When the owner won, `head` stays one
        // further than the stack of its items says; only differences matter.
        // Releases, as every store to `bottom`: a thief may read this one and then a slot.
        shared.pointee.bottom.word.store(head, ordering: .releasing)
        return won
    }

    /// Whether there is nothing that a thief could take, now or after publishing.
    var isEmpty: Bool {
        head &- shared.pointee.top.word.load(ordering: .relaxed) <= 0
    }

    /// Whether thieves see nothing although there are private items.
    var hidesItems: Bool {
        head > split && split &- shared.pointee.top.word.load(ordering: .relaxed) <= 0
    }

    /// The end that others may hold, valid as long as the deque.
    var thief: Thief {
        Thief(shared: shared)
    }

    /// The thieves' end.
    ///
    /// Safety: points to atomic words alone, which live as long as the deque; the scheduler frees
    /// its deques only when nobody holds the scheduler.
    struct Thief: @unchecked Sendable {
        fileprivate let shared: UnsafeMutablePointer<Shared>

        /// Takes the oldest public item; nil when there is none, or when another was faster.
        func steal() -> Item? {
            // In this order, both sequentially consistent: partner of `popPublic`.
            let top = shared.pointee.top.word.load(ordering: .sequentiallyConsistent)
            // Acquires what every store to `bottom` releases: the slot, and the item behind it.
            let bottom = shared.pointee.bottom.word.load(ordering: .sequentiallyConsistent)
            guard top < bottom else { return nil }
            // Read before the claim: after it the owner may use the slot again. When the slot was
            // used again before, `top` has moved and the claim fails.
            let item = shared.pointee.slot(top).pointee.load(ordering: .relaxed)
            return shared.pointee.top.word.compareExchange(
                expected: top, desired: top &+ 1, ordering: .sequentiallyConsistent
            ).exchanged ? item : nil
        }

        /// Whether there was nothing public.
        ///
        /// Sequentially consistent: partner of the store in `publish`, see Scheduler.md.
        var isEmpty: Bool {
            shared.pointee.top.word.load(ordering: .sequentiallyConsistent)
                >= shared.pointee.bottom.word.load(ordering: .sequentiallyConsistent)
        }
    }
}
