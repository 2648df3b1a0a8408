/// An asynchronous sequence that several workers take from, one at a time.
// Safety: the stored properties are touched only by the task inside the gate.
final class SharedIterator<Base: AsyncSequence>: @unchecked Sendable
where Base: Sendable, Base.Element: Sendable {
    private var iterator: Base.AsyncIterator
    private var taken = 0
    private var hasEnded = false
    private let gate = Gate(limit: 1)

    init(_ base: Base) {
        iterator = base.makeAsyncIterator()
    }

    /// Waits for the next element and its index; nil for everybody after the end.
    func next() async throws -> (index: Int, element: Base.Element)? {
        try await gate.withPermit {
            guard !hasEnded else { return nil }
            do {
                guard let element = try await iterator.next(isolation: nil) else {
                    hasEnded = true
                    return nil
                }
                defer { taken += 1 }
                return (taken, element)
            } catch {
                hasEnded = true
                throw error
            }
        }
    }
}
