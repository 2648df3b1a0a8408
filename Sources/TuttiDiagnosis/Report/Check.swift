/// A condition such as `cores>=1.8`, for tests that watch how a program uses its machine.
public struct Check: Hashable, Sendable {
    private enum Relation: String, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case more = ">"
        case less = "<"
    }

    private let measure: Measure
    private let relation: Relation
    private let limit: Double

    /// Reads a condition; nil when it is none.
    public init?(_ text: String) {
        let text = text.filter { $0 != " " }
        let name = text.prefix { $0 != "<" && $0 != ">" }
        let rest = text.dropFirst(name.count)
        guard let measure = Measure(rawValue: String(name)),
            let relation = Relation.allCases.first(where: { rest.hasPrefix($0.rawValue) }),
            let limit = Double(rest.dropFirst(relation.rawValue.count)), limit.isFinite
        else { return nil }
        (self.measure, self.relation, self.limit) = (measure, relation, limit)
    }

    /// Whether it holds for a stretch of time.
    public func holds(for slice: Slice) -> Bool {
        let value = measure.value(of: slice)
        return switch relation {
        case .atLeast: value >= limit
        case .atMost: value <= limit
        case .more: value > limit
        case .less: value < limit
        }
    }

    /// Says what was wanted, and what is.
    public func sentence(about slice: Slice) -> String {
        let value = Figure.fixed(measure.value(of: slice), places: 3)
        let end = holds(for: slice) ? "holds" : "does not hold"
        return "Check \(measure.rawValue) \(relation.rawValue) \(limit): \(end), it is \(value)."
    }
}
