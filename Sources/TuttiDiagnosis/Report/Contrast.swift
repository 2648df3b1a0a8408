/// Two diagnoses side by side, such as of a program before and after a change.
public struct Contrast: CustomStringConvertible {
    /// Without line ends.
    public let lines: [String]

    /// The lines with their ends.
    public var description: String { lines.map { $0 + "\n" }.joined() }

    /// Says what changed, and whether the change brought what was predicted.
    public init(before: Diagnosis, after: Diagnosis) {
        var lines = ["Against the recording before: \(Self.times(before, after))"]
        if before.gain >= 1.1 {
            let error = after.now / max(before.after, 1e-12) - 1
            let manner = before.whole.prediction.isBound ? "at best" : "about"
            lines.append(
                "  Predicted \(manner) \(Figure.seconds(before.after)), measured "
                    + "\(Figure.seconds(after.now)) (\(Self.signed(error))).")
        }
        let verdicts = (before.whole.verdict.inSentence, after.whole.verdict.inSentence)
        lines.append(
            verdicts.0 == verdicts.1
                ? "  In all still \(verdicts.1)."
                : "  In all it was \(verdicts.0), and is \(verdicts.1).")
        let changes = [Measure.cores, .cpu, .depth, .locked, .idle].compactMap { measure in
            Self.change(measure, before.whole.slice, after.whole.slice)
        }
        if !changes.isEmpty { lines.append("  " + changes.joined(separator: ", ") + ".") }
        self.lines = lines
    }

    private static func times(_ before: Diagnosis, _ after: Diagnosis) -> String {
        let times = "\(Figure.seconds(before.now)) then, \(Figure.seconds(after.now)) now"
        let ratio = before.now / max(after.now, 1e-12)
        switch ratio {
        case 0.97...1.03: return "\(times), the same."
        case ..<1: return "\(times), \(Figure.plain(1 / max(ratio, 1e-12))) times slower."
        default: return "\(times), \(Figure.plain(ratio)) times faster."
        }
    }

    private static func signed(_ share: Double) -> String {
        (share < 0 ? "-" : "+") + Figure.percent(abs(share))
    }

    /// A measure that changed by more than a tenth, in words.
    private static func change(_ measure: Measure, _ before: Slice, _ after: Slice) -> String? {
        let values = (measure.value(of: before), measure.value(of: after))
        guard abs(values.0 - values.1) > 0.1 * max(abs(values.0), abs(values.1), 0.1) else {
            return nil
        }
        switch measure {
        case .cores:
            return "cores in use \(Figure.plain(values.0)) → \(Figure.plain(values.1))"
        case .cpu:
            return "computing \(Figure.seconds(values.0)) → \(Figure.seconds(values.1))"
        case .depth:
            return "waits at once \(Figure.plain(values.0)) → \(Figure.plain(values.1))"
        case .locked:
            return "held by locks \(Figure.percent(values.0)) → \(Figure.percent(values.1))"
        default:
            return "\(measure.rawValue) \(Figure.percent(values.0)) → \(Figure.percent(values.1))"
        }
    }
}
