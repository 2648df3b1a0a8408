internal import Tutti

/// How many may be in flight: a number, or one that is found by measuring.
struct FlightLimit {
    /// What a started request gives back at its end.
    typealias Ticket = Int

    private let fixed: Int

    /// Begins with few where it is automatic.
    init(_ limit: FetchConfiguration.Limit, maximum: Int, at now: UInt64) {
        switch limit {
        case .automatic: fixed = min(64, maximum)
        case .fixed(let count): fixed = min(count, maximum)
        }
    }

    /// How many may be in flight now.
    var count: Int { fixed }

    /// Why it is this number; nil when it was given.
    var reason: String? { nil }

    /// Whether it still measures.
    var isAutomatic: Bool { false }

    mutating func started(at now: UInt64) -> Ticket { 0 }

    mutating func ended(_ ticket: Ticket, _ ending: FetchQueue.Ending, at now: UInt64) {}

    mutating func tick(cpu: UInt64, at now: UInt64) {}
}
