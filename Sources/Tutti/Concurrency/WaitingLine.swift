/// Those that wait for something, first come, first served; each can leave the line.
///
/// All operations cost O(1), amortised. Whoever owns the line guards it.
struct WaitingLine: Sendable {
    /// A task in the line.
    // Safety: read and written under the lock that guards the line.
    final class Place: @unchecked Sendable {
        /// Gone when the task goes on.
        var continuation: UnsafeContinuation<Void, any Error>?
        fileprivate var number: Int?
    }

    /// Nil where somebody has left.
    private var places: [Place?] = []
    /// Before it everybody has left.
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ place: Place) {
        if places.count > 2 * count + 16 { closeGaps() }
        place.number = places.count
        places.append(place)
        count += 1
    }

    /// Takes the one who came first out of the line.
    mutating func popFirst() -> Place? {
        // Not taken out of the array: that would move all those behind.
        while head < places.count {
            defer { head += 1 }
            guard let place = places[head] else { continue }
            _ = remove(place)
            return place
        }
        return nil
    }

    /// Takes somebody out of the line; false when it is not there, or no longer.
    mutating func remove(_ place: Place) -> Bool {
        guard let number = place.number else { return false }
        places[number] = nil
        place.number = nil
        count -= 1
        return true
    }

    private mutating func closeGaps() {
        places.removeAll { $0 == nil }
        head = 0
        for (index, place) in places.enumerated() { place?.number = index }
    }
}

extension WaitingLine {
    /// What becomes of a task that came to stand in line.
    enum Answer: Sendable {
        case admitted
        case inLine
        case cancelled
    }

    /// Suspends the task until its place is let go.
    ///
    /// - Parameters:
    ///   - arrive: puts the place in line, unless it is cancelled or admitted at once; under the
    ///     lock that guards the line, so that a cancellation finds the place in line or is seen here.
    ///   - onCancel: takes the place out of the line; false when it is not there, or no longer.
    /// - Throws: `CancellationError` when the task is cancelled in line.
    static func wait(
        arrive: @escaping @Sendable (Place, UnsafeContinuation<Void, any Error>) -> Answer,
        onCancel: @escaping @Sendable (Place) -> Bool
    ) async throws {
        let span = OpenSpan.begin(.wait, "gate")
        defer { span.end() }
        let place = Place()
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                switch arrive(place, continuation) {
                case .admitted: continuation.resume()
                case .inLine: break
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            if onCancel(place) { place.letGo(throwing: CancellationError()) }
        }
    }
}

extension WaitingLine.Place {
    /// Lets the task go on, with an error if there is one.
    ///
    /// Whoever took the place out of the line calls this, so it happens once.
    func letGo(throwing error: (any Error)? = nil) {
        let continuation = continuation
        self.continuation = nil
        if let error {
            continuation?.resume(throwing: error)
        } else {
            continuation?.resume()
        }
    }
}
