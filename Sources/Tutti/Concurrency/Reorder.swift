/// Hands elements out by their index, whatever order they come in.
struct Reorder<Element: Sendable>: Sendable {
    private var early: [Int: Element] = [:]
    private var next = 0

    /// Keeps an element until its turn.
    mutating func put(_ element: Element, at index: Int) {
        early[index] = element
    }

    /// The element whose turn it is, if it is there.
    mutating func take() -> Element? {
        guard let element = early.removeValue(forKey: next) else { return nil }
        next += 1
        return element
    }
}
