public import Synchronization

/// Deals out the numbers below a count, each once.
@usableFromInline
final class Cursor: Sendable {
    @usableFromInline let dealt = Atomic<Int>(0)
    @usableFromInline let count: Int

    @inlinable
    init(count: Int) {
        self.count = count
    }

    /// The next number; nil when all are dealt out.
    @inlinable
    func next() -> Int? {
        // Nobody orders anything by the cursor: the elements were there before the workers.
        let index = dealt.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }
}
