extension LimitFinder {
    /// What has been found so far.
    public struct Finding: Hashable, Sendable {
        /// How many jobs may be in flight.
        public let limit: Int
        /// Why.
        public let reason: Reason
    }

    /// The limit, and why it is what it is.
    public var finding: Finding { Finding(limit: limit, reason: reason) }

    /// Why a limit is what it is; its description is a sentence.
    public enum Reason: Hashable, Sendable, CustomStringConvertible {
        /// Nothing has been measured yet.
        case begun
        /// There were fewer jobs than the limit lets in.
        case tooFewJobs
        /// More in flight bring no more throughput, in jobs a second.
        case throughput(perSecond: Double, inFlight: Int)
        /// The processors are busy.
        case processors(perSecond: Double)
        /// More may be useful, but the maximum is reached.
        case maximum(perSecond: Double)
        /// The other side said that it is overloaded.
        case overload

        /// A sentence.
        public var description: String {
            switch self {
            case .begun: "Nothing has been measured yet."
            case .tooFewJobs: "There were fewer jobs than could have been in flight."
            case .throughput(let rate, let inFlight):
                "More than \(inFlight) in flight gave no more than \(Self.rate(rate))."
            case .processors(let rate):
                "The processors are busy, at \(Self.rate(rate))."
            case .maximum(let rate): "The maximum is reached, at \(Self.rate(rate))."
            case .overload: "The other side said that it is overloaded."
            }
        }

        private static func rate(_ perSecond: Double) -> String {
            let rounded =
                perSecond < 10 ? (perSecond * 10).rounded() / 10 : perSecond.rounded()
            return rounded < 10 ? "\(rounded) a second" : "\(Int(rounded)) a second"
        }
    }
}
