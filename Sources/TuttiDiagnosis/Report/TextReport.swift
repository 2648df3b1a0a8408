/// A diagnosis in at most 15 lines.
public struct TextReport: CustomStringConvertible {
    /// Without line ends.
    public let lines: [String]

    /// The lines with their ends.
    public var description: String { lines.map { $0 + "\n" }.joined() }

    /// More rows than these are summed up in one line.
    private static var mostRows: Int { 5 }

    /// Says what a program did, what to change, and what that would gain.
    public init(_ diagnosis: Diagnosis) {
        var lines = [Self.headline(diagnosis)]
        if diagnosis.rows.count > 1 {
            lines.append("In all: \(diagnosis.whole.verdict.inSentence), \(diagnosis.whole.seen).")
        }
        let rows = diagnosis.rows.sorted { $0.slice.quiet > $1.slice.quiet }
        for row in rows.prefix(Self.mostRows) {
            let share = Figure.percent(row.slice.quiet / max(diagnosis.now, 1e-12))
            lines.append("\(Self.padded(share, 5)) \(row.verdict.title): \(row.seen).")
            let change = Self.change(row.prediction)
            lines.append("      → \(row.remedy.sentence)\(change.isEmpty ? "." : ": \(change).")")
        }
        if rows.count > Self.mostRows {
            lines.append("      … and \(rows.count - Self.mostRows) shorter ones.")
        }
        lines.append(contentsOf: Self.footer(diagnosis))
        self.lines = lines
    }

    /// Says what the run took and could take, such as 1.97 s and 0.84 s.
    static func headline(_ diagnosis: Diagnosis) -> String {
        let now = Figure.seconds(diagnosis.now)
        guard diagnosis.gain >= 1.1 else {
            switch diagnosis.whole.verdict {
            case .unsure: return "\(now): no verdict, \(diagnosis.whole.seen)."
            default: return "\(now): there is little to gain from running it otherwise."
            }
        }
        let manner = diagnosis.whole.prediction.isBound ? "at best" : "about"
        return "\(now) could be \(manner) \(Figure.seconds(diagnosis.after)), "
            + "\(Figure.plain(diagnosis.gain)) times faster."
    }

    /// Says what a stretch takes and could take, also if a tenth of it cannot be changed.
    static func change(_ prediction: Prediction) -> String {
        guard prediction.after < prediction.now * 0.97 else { return "" }
        let manner = prediction.isBound ? "at best" : "about"
        return "\(Figure.seconds(prediction.now)) → \(manner) \(Figure.seconds(prediction.after)) "
            + "(\(Figure.seconds(prediction.after(serialShare: 0.1))) if 10 % must stay as it is)"
    }

    /// How it was seen, and what to keep in mind.
    static func footer(_ diagnosis: Diagnosis) -> [String] {
        let recording = diagnosis.recording
        var lines: [String] = []
        let load = diagnosis.whole.slice.outsideLoad
        if load >= 0.05 {
            lines.append(
                "Other programs took \(Figure.percent(load)) of the core time that it wanted; times "
                    + "are those of a quiet machine (it took "
                    + "\(Figure.seconds(seconds(recording.duration)))).")
        }
        let threads = recording.threads.count
        let processes = Set(recording.threads.map(\.process)).count
        let source =
            switch recording.source {
            case .switches: "switch records (exact)"
            case .sampling:
                "sampling /proc (coarse"
                    + (recording.sourceReason.isEmpty ? ")" : ": \(recording.sourceReason))")
            }
        var line =
            "Recorded by \(source): \(processes) process\(processes == 1 ? "" : "es"), "
            + "\(threads) thread\(threads == 1 ? "" : "s"), "
            + "\(recording.processors) core\(recording.processors == 1 ? "" : "s"); the recorder "
            + "used \(Figure.percent(recording.recorderShare)) of one."
        if recording.lost > 0 { line += " \(recording.lost) records are missing." }
        lines.append(line)
        return lines
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
