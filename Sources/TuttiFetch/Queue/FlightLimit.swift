internal import Tutti

/// How many may be in flight: a number, or one that is found by measuring.
enum FlightLimit {
    /// What a started request gives back at its end; nil where nothing is measured.
    typealias Ticket = LimitFinder.Ticket?

    case fixed(Int)
    case automatic(LimitFinder)

    /// The most that is tried out: more would be taken for an attack.
    private static let mostFound = 1000

    /// Begins with few where it is automatic.
    init(_ limit: FetchConfiguration.Limit, maximum: Int, at now: UInt64) {
        switch limit {
        case .automatic:
            self = .automatic(
                LimitFinder(maximum: min(maximum, Self.mostFound), at: Duration(nanoseconds: now)))
        case .fixed(let count): self = .fixed(min(count, maximum))
        }
    }

    /// How many may be in flight now.
    var count: Int {
        switch self {
        case .fixed(let count): count
        case .automatic(let finder): finder.limit
        }
    }

    /// Why it is this number; nil when it was given.
    var reason: String? {
        if case .automatic(let finder) = self { finder.reason.description } else { nil }
    }

    /// Whether it measures.
    var isAutomatic: Bool {
        if case .automatic = self { true } else { false }
    }

    /// Whether it has measured nothing yet and wants to be told the time often.
    var isRampingUp: Bool {
        if case .automatic(let finder) = self { finder.isRampingUp } else { false }
    }

    mutating func started(at now: UInt64) -> Ticket {
        guard case .automatic(var finder) = self else { return nil }
        // Taken out meanwhile, so that the finder is changed in place and not copied.
        self = .fixed(0)
        defer { self = .automatic(finder) }
        return finder.started(at: Duration(nanoseconds: now))
    }

    mutating func ended(_ ticket: Ticket, _ ending: LimitFinder.Ending, at now: UInt64) {
        guard case .automatic(var finder) = self, let ticket else { return }
        self = .fixed(0)
        finder.ended(ticket, ending, at: Duration(nanoseconds: now))
        self = .automatic(finder)
    }

    mutating func tick(cpu: UInt64, at now: UInt64) {
        guard case .automatic(var finder) = self else { return }
        self = .fixed(0)
        finder.tick(cpu: Duration(nanoseconds: cpu), at: Duration(nanoseconds: now))
        self = .automatic(finder)
    }
}

extension Duration {
    /// So many nanoseconds.
    init(nanoseconds: UInt64) {
        self = .nanoseconds(Int64(clamping: nanoseconds))
    }
}
