internal import TuttiDiagnosis

/// One run's jobs as SVG: time to the right, one band a worker.
struct TimelineDrawing {
    /// Units across; the page stretches them to its width, so that there is no text inside.
    static let width = 10_000

    let lanes: Lanes

    init(_ timeline: Timeline) {
        lanes = Lanes(timeline.spans)
    }

    /// `1 worker, 200 at once`.
    var summary: String {
        let workers = lanes.lanes.count == 1 ? "1 worker" : "\(lanes.lanes.count) workers"
        let most = lanes.lanes.map(\.rows.count).max() ?? 0
        return most > 1 ? "\(workers), \(most) at once" : workers
    }

    /// Draws the jobs.
    ///
    /// - Parameters:
    ///   - label: what the picture shows, for who cannot see it.
    ///   - duration: the seconds that fill the width.
    /// - Returns: an `svg` element.
    func svg(label: String, duration: Double) -> String {
        // Few rows are easy to point at, many together stay a picture.
        let pitch = min(14, max(0.4, 80 / Double(max(lanes.rowCount, 1))))
        let gap = lanes.lanes.count <= 24 ? 2.0 : 0
        let height =
            pitch * Double(lanes.rowCount) + gap * Double(max(lanes.lanes.count - 1, 0))
        var svg = "<svg class=timeline tabindex=0 role=img aria-label=\"\(Quoted.html(label))\""
        svg += " data-scale=\"\(duration / Double(Self.width))\" preserveAspectRatio=none"
        svg += " viewBox=\"0 0 \(Self.width) \(number(max(height, pitch)))\""
        svg += " style=\"height:\(number(max(height, pitch)))px\">\n"
        var y = 0.0
        for lane in lanes.lanes {
            svg += "<g data-lane=\(lane.number)>"
            for row in lane.rows {
                for span in row { svg += rectangle(span, y, pitch, duration) }
                y += pitch
            }
            svg += "</g>\n"
            y += gap
        }
        return svg + "</svg>"
    }

    private func rectangle(
        _ span: JobSpan, _ y: Double, _ height: Double, _ duration: Double
    ) -> String {
        func position(_ seconds: Double) -> Int {
            let part = duration > 0 ? seconds / duration : 0
            return Int((min(max(part, 0), 1) * Double(Self.width)).rounded())
        }
        let start = position(span.start)
        let width = max(1, position(span.end) - start)
        return "<rect x=\(start) y=\(number(y)) width=\(width) height=\(number(height)) "
            + "data-j=\(span.job) />"
    }

    /// Two decimals where needed.
    private func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}

/// The times marked along an axis: round numbers, four to nine of them.
struct TimeAxis {
    let marks: [Double]
    let decimals: Int

    init(duration: Double) {
        guard duration.isFinite, duration > 0 else {
            (marks, decimals) = ([0], 0)
            return
        }
        var unit = 1.0
        var decimals = 0
        while unit > duration { (unit, decimals) = (unit / 10, decimals + 1) }
        while unit * 10 <= duration { unit *= 10 }
        // duration is 1 to 10 units.
        let inUnits = duration / unit
        var step = unit
        if inUnits < 2 {
            (step, decimals) = (unit * 0.25, decimals + 2)
        } else if inUnits < 5 {
            (step, decimals) = (unit * 0.5, decimals + 1)
        }
        if unit >= 10 { decimals = max(0, decimals - 1) }
        marks = (0...Int(duration / step)).map { Double($0) * step }
        self.decimals = decimals
    }
}
