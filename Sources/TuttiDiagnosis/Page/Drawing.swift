/// One recording as it is drawn: phases, cores in use, lanes with intervals and spans.
///
/// The script of a ``SinglePage`` paints it on a canvas, since a minute of a hundred threads has more
/// intervals than a page has room for elements. What it is given has a bounded size: the finest
/// cells, and spans joined as little, as fit.
package struct Drawing {
    /// A literal for the script.
    package let data: String
    /// What is not drawn, in sentences.
    let notes: [String]
    private let hasSpans: Bool

    /// More threads share lanes where that saves at least half of them.
    private static var mostThreads: Int { 24 }
    private static var mostLanes: Int { 240 }
    /// Rows of spans, of all lanes; a screen has not many more lines.
    private static var mostRows: Int { 600 }
    private static var mostColumns: Int { 640 }

    /// Draws a diagnosis.
    ///
    /// - Parameters:
    ///   - diagnosis: what is drawn.
    ///   - room: how many bytes lanes and spans may take, about.
    package init(_ diagnosis: Diagnosis, room: Int = 240_000) {
        let recording = diagnosis.recording
        let lanes = Lanes(recording, mostThreads: Self.mostThreads, most: Self.mostLanes)
        let (cells, count) = Self.cells(of: lanes, recording, room: room * 6 / 10)
        let speech = Self.speech(of: lanes, recording)
        let spans = SpanText(speech, duration: recording.duration, room: room * 4 / 10)
        let texts = lanes.lanes.indices.map { place in
            Self.text(lanes.lanes[place], cells: cells[place], rows: spans.rows[place])
        }
        data =
            "{\"cores\":\(max(1, recording.processors)),"
            + "\"end\":\(Self.number(seconds(recording.duration))),\"cells\":\(count),"
            + "\"tick\":\(Double(spans.tick) / 1e9),"
            + "\"phases\":\(Self.phases(of: diagnosis)),\"use\":\(Self.use(of: diagnosis)),"
            + "\"said\":\(spans.said),\"lanes\":[\(texts.joined(separator: ","))]}"
        hasSpans = !recording.spans.isEmpty
        var notes: [String] = []
        if lanes.idleThreads > 0 {
            let manner = lanes.idleThreads == 1 ? "thread that waits" : "threads that wait"
            notes.append("\(lanes.idleThreads) more \(manner) for work.")
        }
        if lanes.leftOut > 0 {
            notes.append("The \(lanes.leftOut) idlest lanes are not drawn.")
        }
        let drawn = lanes.lanes.reduce(0) { $0 + $1.spans.count }
        let hidden =
            recording.spans.count - drawn + recording.leftOutSpans
            + speech.reduce(0) { $0 + $1.leftOut }
        if hidden > 0 {
            let all = recording.spans.count + recording.leftOutSpans
            notes.append("Of \(all) jobs and the like, \(hidden) are not drawn.")
        }
        if let kept = diagnosis.recording.folded.last?.end {
            notes.append(
                "The lanes begin at \(Figure.seconds(kept)): of what was before, sums are kept.")
        }
        self.notes = notes
    }

    /// Its place in a page, with what the keyboard does there.
    ///
    /// - Parameters:
    ///   - number: which of the page's drawings it is.
    ///   - label: what it shows, for who cannot see it.
    /// - Returns: HTML, with the legend above and what is not drawn below.
    package func html(number: Int, label: String) -> String {
        """
        <p class="legend"></p><div class="plot" data-run="\(number)">\
        <canvas tabindex="0" role="img" aria-label="\(Quoted.html(label))"></canvas>\
        <i class="cursor" hidden></i><i class="lit" hidden></i>\
        <div class="tip" role="status" hidden></div></div>\
        <p class="notes"><span class="hint"><kbd>Ctrl</kbd> wheel, <kbd>+</kbd> <kbd>−</kbd> zoom \
        · drag, <kbd>←</kbd> <kbd>→</kbd> move\
        \(hasSpans ? " · <kbd>↑</kbd> <kbd>↓</kbd> next job" : "") · <kbd>0</kbd> resets</span>\
        \(Quoted.html(notes.joined(separator: " ")))</p>
        """
    }

    private static func text(_ lane: Lanes.Lane, cells: String?, rows: String) -> String {
        var text = "{\"name\":\(Quoted.json(lane.name))"
        if lane.isFirst { text += ",\"first\":true" }
        if let cells {
            let detail = lane.detail.isEmpty ? "" : lane.detail + ", "
            let note = "\(detail)ran \(Figure.seconds(seconds(lane.ran)))"
            text += ",\"note\":\(Quoted.json(note))"
            text += ",\"cells\":\"\(cells)\""
        }
        if !lane.spans.isEmpty { text += ",\"rows\":\(rows)" }
        return text + "}"
    }

    /// The cells of each lane, as fine as there is room; a lane without threads has none.
    private static func cells(
        of lanes: Lanes, _ recording: Recording, room: Int
    ) -> (texts: [String?], count: Int) {
        var count = 4096
        while true {
            let texts = lanes.lanes.map { lane in
                lane.threads.isEmpty ? nil : LaneCells(lane, of: recording, count: count).text
            }
            if count <= 64 || texts.reduce(0, { $0 + ($1?.utf8.count ?? 0) }) <= room {
                return (texts, count)
            }
            count /= 2
        }
    }

    private static func speech(of lanes: Lanes, _ recording: Recording) -> [SpanRows] {
        let speakers = lanes.lanes.count { !$0.spans.isEmpty }
        let most = max(4, min(240, mostRows / max(1, speakers)))
        return lanes.lanes.map { lane in
            SpanRows(lane.spans.lazy.map { recording.spans[$0] }, most: most)
        }
    }

    private static func phases(of diagnosis: Diagnosis) -> String {
        let phases = diagnosis.phases.map { phase in
            "[\(number(phase.slice.start)),\(number(phase.slice.end)),"
                + "\"\(phase.verdict.word)\",\(Quoted.json(phase.verdict.title)),"
                + "\(Quoted.json(phase.seen))]"
        }
        return "[\(phases.joined(separator: ","))]"
    }

    /// Cores in use, and wanted beyond that, from each moment on.
    private static func use(of diagnosis: Diagnosis) -> String {
        let stride = max(1, (diagnosis.slices.count + mostColumns - 1) / mostColumns)
        var columns: [String] = []
        for start in Swift.stride(from: 0, to: diagnosis.slices.count, by: stride) {
            let part = diagnosis.slices[start...].prefix(stride)
            let wall = max(part.reduce(0) { $0 + $1.wall }, 1e-12)
            let had = part.reduce(0) { $0 + $1.received } / wall
            let wanted = part.reduce(0) { $0 + $1.wanted } / wall
            columns.append(
                "[\(number(part.first?.start ?? 0)),\(number(had, places: 100)),"
                    + "\(number(max(0, wanted - had), places: 100))]")
        }
        return "[\(columns.joined(separator: ","))]"
    }

    /// A number with few digits.
    private static func number(_ value: Double, places: Double = 1e6) -> String {
        guard value.isFinite else { return "0" }
        let rounded = (value * places).rounded() / places
        return rounded == rounded.rounded() && abs(rounded) < 1e15
            ? "\(Int(rounded))" : "\(rounded)"
    }
}
