/// A first-in first-out queue from whose middle elements can be taken.
///
/// A list in both directions whose nodes lie in one array; every step costs O(1), and the memory
/// is that of the longest queue there was.
struct CallQueue<Element: Sendable>: Sendable {
    /// Where an element waits.
    struct Ticket: Hashable, Sendable {
        fileprivate let node: Int
        /// Tells the element from later ones in the same node: 2⁶⁴ calls do not happen.
        fileprivate let number: UInt64
    }

    private struct Node: Sendable {
        var element: Element?
        var number: UInt64 = 0
        var next: Int?
        var previous: Int?
    }

    private var nodes: [Node] = []
    private var free: [Int] = []
    private var first: Int?
    private var last: Int?
    private var appended: UInt64 = 0

    /// The number of elements.
    var count: Int { nodes.count - free.count }

    @discardableResult
    mutating func append(_ element: Element) -> Ticket {
        appended += 1
        let node = Node(element: element, number: appended, previous: last)
        let place: Int
        if let reused = free.popLast() {
            place = reused
            nodes[place] = node
        } else {
            place = nodes.count
            nodes.append(node)
        }
        if let last { nodes[last].next = place } else { first = place }
        last = place
        return Ticket(node: place, number: appended)
    }

    mutating func popFirst() -> Element? {
        guard let first else { return nil }
        return unlink(first)
    }

    /// Takes out the element with this ticket; nil when it is gone already.
    mutating func remove(_ ticket: Ticket) -> Element? {
        guard nodes[ticket.node].number == ticket.number else { return nil }
        return unlink(ticket.node)
    }

    private mutating func unlink(_ place: Int) -> Element? {
        let node = nodes[place]
        if let previous = node.previous {
            nodes[previous].next = node.next
        } else {
            first = node.next
        }
        if let next = node.next {
            nodes[next].previous = node.previous
        } else {
            last = node.previous
        }
        nodes[place] = Node()
        free.append(place)
        return node.element
    }
}
