internal import TuttiDiagnosis

/// One run as a bar: as long as it took, as full as the cores were, in the tones of its phases.
///
/// Work that is the same fills the same area, however long the bar is.
struct UseStrip {
    /// An `svg` element.
    let svg: String

    /// Units across, and down.
    private static let width = 1000.0
    private static let height = 100.0

    /// Draws a run.
    ///
    /// - Parameters:
    ///   - diagnosis: what the threads did; nil, or without threads, for a plain bar.
    ///   - share: its length as a part of the longest.
    init(_ diagnosis: Diagnosis?, share: Double) {
        let length = Figure.fixed(max(0, min(1, share)) * 100, decimals: 2)
        var content = "<rect class=\"plain\" width=\"1000\" height=\"100\"/>"
        if let diagnosis, let end = diagnosis.slices.last?.end, end > 0,
            diagnosis.recording.threads.contains(where: { !$0.intervals.isEmpty })
        {
            content = diagnosis.phases.map { phase in
                let start = phase.slice.start / end * Self.width
                let width = phase.slice.wall / end * Self.width
                return "<rect class=\"phase \(phase.verdict.word)\" x=\"\(Int(start.rounded()))\" "
                    + "width=\"\(Int(width.rounded()))\" height=\"100\"/>"
            }.joined()
            // About a column a pixel of the bar's length.
            let columns = max(6, min(200, Int(share * 600)))
            content += Self.paths(of: diagnosis, end: end, columns: columns)
        }
        svg =
            "<svg class=\"strip\" style=\"width:\(length)%\" viewBox=\"0 0 1000 100\" "
            + "preserveAspectRatio=\"none\" aria-hidden=\"true\">\(content)</svg>"
    }

    private static func paths(of diagnosis: Diagnosis, end: Double, columns: Int) -> String {
        let cores = Double(max(1, diagnosis.recording.processors))
        var had = "M0 100", wanted = "M0 100"
        let stride = max(1, (diagnosis.slices.count + columns - 1) / columns)
        for start in Swift.stride(from: 0, to: diagnosis.slices.count, by: stride) {
            let part = diagnosis.slices[start...].prefix(stride)
            let wall = max(part.reduce(0) { $0 + $1.wall }, 1e-12) * cores
            let right = Int(((part.last?.end ?? end) / end * width).rounded())
            func step(_ seconds: Double) -> String {
                "V\(Int((height * (1 - min(1, seconds / wall))).rounded()))H\(right)"
            }
            had += step(part.reduce(0) { $0 + $1.received })
            wanted += step(part.reduce(0) { $0 + $1.wanted })
        }
        return "<path class=\"wanted\" d=\"\(wanted)V100Z\"/>"
            + "<path class=\"had\" d=\"\(had)V100Z\"/>"
    }
}
