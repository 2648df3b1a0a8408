/// The terminal's table of one workload: a title, a row an executor, no more than 100 columns.
///
/// Bars are wall time: the shorter, the faster.
public struct TextTable: Sendable, CustomStringConvertible {
    /// The table, with a newline at the end of each line and no colours.
    public let description: String

    /// Writes the table of a workload.
    ///
    /// - Parameters:
    ///   - workload: the runs to show.
    ///   - caption: what the workload is: `work that waits: 200 URLs, 50 ms each`.
    public init(_ workload: WorkloadResult, caption: String) {
        let title = Self.shortened("\(workload.name) – \(caption)", width: Self.width)
        let slowest = workload.runs.map(\.wall).filter(\.isFinite).max() ?? 0
        let rows = workload.runs.map { Self.row($0, slowest: slowest) }
        description = ([title] + Self.heads + rows).map { $0 + "\n" }.joined()
    }

    private static let width = 100
    private static let barWidth = 16
    private static let heads = [
        line(
            "", "wall s", "speed-up", "", "CPU s", "cores", "in flight", "switches", "memory"),
        line(
            "executor", "", "", "", "", "used", "mean/max", "vol./invol.", "MB"),
    ]

    private static func row(_ run: RunResult, slowest: Double) -> String {
        line(
            run.executor,
            Figure.rounded(run.wall),
            Figure.times(run.speedup),
            bar(run.wall / slowest),
            Figure.rounded(run.cpu),
            Figure.fixed(run.coresUsed, decimals: 2),
            Figure.short(run.inFlightMean) + "/" + Figure.count(run.inFlightMax),
            Figure.count(run.voluntarySwitches) + "/" + Figure.count(run.involuntarySwitches),
            Figure.rounded(run.peakMemory))
    }

    private static func line(
        _ executor: String, _ wall: String, _ speedup: String, _ bar: String, _ cpu: String,
        _ cores: String, _ inFlight: String, _ switches: String, _ memory: String
    ) -> String {
        var line = fitted(executor, width: 10)
        line += right(wall, 8) + right(speedup, 10) + "  " + fitted(bar, width: barWidth)
        line += right(cpu, 7) + right(cores, 7) + right(inFlight, 12) + right(switches, 13)
        line += right(memory, 8)
        while line.last == " " { line.removeLast() }
        return line
    }

    /// A bar in steps of an eighth of a column; something that took any time is never invisible.
    private static func bar(_ share: Double) -> String {
        guard share > 0 else { return "" }
        let eighths = max(1, Int((min(share, 1) * Double(8 * barWidth)).rounded()))
        let rest: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let full = String(repeating: "█", count: eighths / 8)
        return eighths % 8 == 0 ? full : full + String(rest[eighths % 8 - 1])
    }

    private static func fitted(_ text: String, width: Int) -> String {
        let text = shortened(text, width: width)
        return text + String(repeating: " ", count: width - text.count)
    }

    private static func shortened(_ text: String, width: Int) -> String {
        text.count <= width ? text : text.prefix(width - 1) + "…"
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
