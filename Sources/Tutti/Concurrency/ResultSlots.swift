/// Places for results that come in any order; each is filled once.
// Safety: each place is written by one worker, the one that took its index; they are read after
// all workers have ended.
@usableFromInline
final class ResultSlots<Value>: @unchecked Sendable {
    @usableFromInline let values: UnsafeMutablePointer<Value>
    @usableFromInline let isFilled: UnsafeMutablePointer<Bool>
    @usableFromInline let count: Int

    @inlinable
    init(count: Int) {
        values = .allocate(capacity: count)
        isFilled = .allocate(capacity: count)
        isFilled.initialize(repeating: false, count: count)
        self.count = count
    }

    /// Fills place `index`, which is empty.
    @inlinable
    func put(_ value: consuming Value, at index: Int) {
        (values + index).initialize(to: value)
        isFilled[index] = true
    }

    /// Takes all values out; every place is filled.
    @inlinable
    func takeAll() -> [Value] {
        // Swift's empty array is one for all; it would be written to.
        guard count > 0 else { return [] }
        let all = [Value](unsafeUninitializedCapacity: count) { buffer, initialised in
            buffer.baseAddress?.moveInitialize(from: values, count: count)
            initialised = count
        }
        isFilled.update(repeating: false, count: count)
        return all
    }

    @inlinable
    deinit {
        for index in 0..<count where isFilled[index] { (values + index).deinitialize(count: 1) }
        values.deallocate()
        isFilled.deallocate()
    }
}
