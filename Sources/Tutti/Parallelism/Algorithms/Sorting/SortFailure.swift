internal import Synchronization

/// The first error that a comparison threw, and the flag that ends the sort early.
@usableFromInline
final class SortFailure<Failure: Error>: Sendable {
    private let isRaised = Atomic<Bool>(false)
    private let error = Locked<Failure?>(nil)

    @usableFromInline
    init() {}

    /// The address under which kernels find it; the caller keeps it alive.
    @inlinable
    var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// Whether a comparison has failed.
    @usableFromInline
    var hasFailed: Bool {
        // Relaxed: a late look only asks the comparison once more.
        isRaised.load(ordering: .relaxed)
    }

    /// Keeps the first error.
    @usableFromInline
    func record(_ failure: Failure) {
        error.withLock { error in
            if error == nil { error = failure }
        }
        isRaised.store(true, ordering: .relaxed)
    }

    @usableFromInline
    var first: Failure? {
        error.withLock { $0 }
    }

    /// The answer of `areInIncreasingOrder`; false from the first error on.
    ///
    /// So no kernel ever has to leave in the middle, with an element in its hand. To a comparison
    /// that always says false all elements are equal, and what is left to do takes linear time.
    @inlinable @inline(__always)
    func answer<Element>(
        _ a: Element, _ b: Element,
        of areInIncreasingOrder: (Element, Element) throws(Failure) -> Bool
    ) -> Bool {
        if hasFailed { return false }
        do throws(Failure) {
            return try areInIncreasingOrder(a, b)
        } catch {
            record(error)
            return false
        }
    }
}

/// The answer of a comparison that cannot fail, whose type the compiler does not know here.
@inlinable @inline(__always)
func unfailingAnswer<Element, Failure: Error>(
    _ a: Element, _ b: Element, of areInIncreasingOrder: (Element, Element) throws(Failure) -> Bool
) -> Bool {
    do throws(Failure) {
        return try areInIncreasingOrder(a, b)
    } catch {
        fatalError("a comparison failed that cannot fail")
    }
}

extension SortMemory {
    /// Where errors of a comparison go; nil where it cannot fail.
    @inlinable @inline(__always)
    func failure<Failure: Error>(as type: Failure.Type) -> SortFailure<Failure>? {
        // Known, and the rest left out, as soon as `Failure` is.
        guard Failure.self != Never.self, let failure else { return nil }
        return Unmanaged<SortFailure<Failure>>.fromOpaque(failure).takeUnretainedValue()
    }
}
