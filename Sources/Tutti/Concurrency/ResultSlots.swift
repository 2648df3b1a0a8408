/// Places for results that come in any order; each is filled once.
// Safety: each place is written by one worker, the one that took its index; they are read after
// all workers have ended.
@usableFromInline
final class ResultSlots<Value>: @unchecked Sendable {
    private let values: UnsafeMutablePointer<Value>
    private let isFilled: UnsafeMutablePointer<Bool>
    private let count: Int

    @usableFromInline
    init(count: Int) {
        values = .allocate(capacity: count)
        isFilled = .allocate(capacity: count)
        isFilled.initialize(repeating: false, count: count)
        self.count = count
    }

    /// Fills place `index`, which is empty.
    @usableFromInline
    func put(_ value: consuming Value, at index: Int) {
        (values + index).initialize(to: value)
        isFilled[index] = true
    }

    /// Takes all values out; every place is filled.
    @usableFromInline
    func takeAll() -> [Value] {
        let all = [Value](unsafeUninitializedCapacity: count) { buffer, initialised in
            buffer.baseAddress?.moveInitialize(from: values, count: count)
            initialised = count
        }
        isFilled.update(repeating: false, count: count)
        return all
    }

    deinit {
        for index in 0..<count where isFilled[index] { (values + index).deinitialize(count: 1) }
        values.deallocate()
        isFilled.deallocate()
    }
}
