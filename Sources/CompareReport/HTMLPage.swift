internal import TuttiDiagnosis

/// A comparison as one web page that needs nothing else: no server, no other file.
///
/// It reads from the top: the essence, then for each workload the answer, bars of wall time, the
/// reasons, the jobs over time, and the figures.
public struct HTMLPage: Sendable, CustomStringConvertible {
    /// The text of the file, in UTF-8.
    public let description: String

    /// Writes the page.
    ///
    /// - Parameters:
    ///   - comparison: what was measured.
    ///   - timelines: the jobs of each run; runs without one are shown without.
    ///   - captions: what each workload is, by its name: `200 URLs, 50 ms each`.
    ///   - machine: where it was measured, for the last line: `2 cores, Linux 6.8`.
    public init(
        _ comparison: Comparison, timelines: [Timeline], captions: [String: String] = [:],
        machine: String? = nil
    ) {
        let sections = comparison.workloads.map { workload in
            WorkloadSection(
                workload: workload,
                explanation: Explanation(of: workload, cores: comparison.cores),
                caption: captions[workload.name] ?? "\(workload.jobs) jobs",
                timelines: timelines.filter { $0.workload == workload.name })
        }
        let essence = sections.compactMap(\.essence)
        let cores = "\(comparison.cores) \(comparison.cores == 1 ? "core" : "cores")"
        let foot = machine ?? cores
        description = """
            <!doctype html>
            <html lang=en>
            <head>
            <meta charset=utf-8>
            <meta name=viewport content="width=device-width, initial-scale=1">
            <meta name=color-scheme content="light dark">
            <meta http-equiv=Content-Security-Policy \
            content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>tutti compare</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <header>
            <p class=command>$ tutti compare</p>
            <h1>\(essence.isEmpty ? "Nothing to compare" : essence.joined(separator: "\n"))</h1>
            <p class=lead>The same jobs, run in different ways on \(cores): how many times faster \
            than one after another.</p>
            </header>
            <main>
            \(sections.map(\.html).joined(separator: "\n"))
            </main>
            <footer><p>Wall time is what a clock on the wall shows, CPU the time of all processors \
            together. Times within 5 % of each other count as equal. \
            Measured on \(Quoted.html(foot)).</p></footer>
            <div id=tip role=status hidden></div>
            <script>
            \(Self.script)
            </script>
            </body>
            </html>

            """
    }
}

/// One workload's part of the page.
private struct WorkloadSection {
    var workload: WorkloadResult
    var explanation: Explanation
    var caption: String
    var timelines: [Timeline]

    /// The headline's word on this workload; nil when there was no race.
    var essence: String? {
        guard let winner = explanation.winners.first else { return nil }
        let work =
            switch explanation.nature {
            case .waiting: "Waiting work"
            case .computing: "Computing work"
            case .mixed: "Mixed work"
            case nil: "Work"
            }
        let name =
            explanation.isTie
            ? "no difference" : Quoted.html(ExecutorName(winner.executor).title.lowercased())
        let gain = explanation.isTie || winner.executor == "in-order" ? nil : winner.speedup
        return "<span class=part><small>\(work)</small> \(name)"
            + (gain.map { " <b>\(Figure.times($0))</b>" } ?? "") + "</span>"
    }

    var html: String {
        """
        <section>
        <h2>\(Quoted.html(workload.name)) <span>\(Quoted.html(caption))</span></h2>
        <p class=answer>\(HTML.prose(explanation.answer))</p>
        \(bars)
        <p class=why>\(HTML.prose(explanation.text))</p>
        \(timeline)
        \(table)
        </section>
        """
    }

    // MARK: - Bars

    private var bars: String {
        let slowest = workload.runs.map(\.wall).filter(\.isFinite).max() ?? 0
        let rows = workload.runs.map { run in
            // Linear: twice as long looks twice as long, to anyone.
            let share = slowest > 0 && run.wall.isFinite ? max(0, run.wall) / slowest : 0
            return """
                <li class=\(tone(run.executor))>\
                <span class=name>\(Quoted.html(ExecutorName(run.executor).title))</span>\
                <span class=track><span class=bar style="width:\(percent(share))"></span>\
                <span class=value>\(Figure.rounded(run.wall)) s\(gain(run))</span></span></li>
                """
        }
        return """
            <ul class=bars aria-label="Wall time, shorter is faster">
            \(rows.joined(separator: "\n"))
            </ul>
            """
    }

    private func percent(_ share: Double) -> String {
        Figure.fixed(share * 100, decimals: 2) + "%"
    }

    private func gain(_ run: RunResult) -> String {
        guard run.executor != "in-order", run.speedup != nil else { return "" }
        return " <b>\(Figure.times(run.speedup))</b>"
    }

    private func tone(_ executor: String) -> String {
        explanation.winners.contains { $0.executor == executor }
            ? "best" : executor == "in-order" ? "base" : "other"
    }

    // MARK: - Timeline

    private var timeline: String {
        let drawings = workload.runs.compactMap { run in
            timelines.first { $0.executor == run.executor }
                .map { (run: run, drawing: TimelineDrawing($0)) }
        }.filter { !$0.drawing.lanes.lanes.isEmpty }
        guard !drawings.isEmpty else { return "" }
        let walls = drawings.map(\.run.wall).filter(\.isFinite)
        let ends = drawings.map(\.drawing.lanes.end)
        let duration = max(walls.max() ?? 0, ends.max() ?? 0)
        let rows = drawings.map { run, drawing in
            let title = ExecutorName(run.executor).title
            let label = "\(title): \(drawing.summary), \(Figure.seconds(run.wall))"
            return """
                <div class="run \(tone(run.executor))">\
                <div class=name>\(Quoted.html(title))<small>\(drawing.summary)</small></div>\
                <div class=plot>\(drawing.svg(label: label, duration: duration))</div></div>
                """
        }
        return """
            <h3>Every job over time <span>one band a worker · point at a job, or press ← →</span></h3>
            <div class=timelines style="--grid:\(grid(duration))">
            <div class="run axis"><div class=name></div><div class=plot>\(axis(duration))</div></div>
            \(rows.joined(separator: "\n"))
            </div>
            """
    }

    private func axis(_ duration: Double) -> String {
        let axis = TimeAxis(duration: duration)
        return axis.marks.map { mark in
            "<span style=\"left:\(percent(duration > 0 ? mark / duration : 0))\">"
                + (mark == 0 ? "0" : Figure.fixed(mark, decimals: axis.decimals) + " s") + "</span>"
        }.joined()
    }

    /// The distance of the grid's lines.
    private func grid(_ duration: Double) -> String {
        let marks = TimeAxis(duration: duration).marks
        return percent(marks.count > 1 && duration > 0 ? marks[1] / duration : 1)
    }

    // MARK: - Table

    private var table: String {
        let heads = [
            "wall s", "speed-up", "CPU s", "cores used", "in flight, mean", "in flight, most",
            "switches to wait", "switches by force", "memory MB",
        ]
        let rows = workload.runs.map { run in
            let cells = [
                Figure.rounded(run.wall), Figure.times(run.speedup), Figure.rounded(run.cpu),
                Figure.fixed(run.coresUsed, decimals: 2), Figure.rounded(run.inFlightMean),
                Figure.count(run.inFlightMax), Figure.count(run.voluntarySwitches),
                Figure.count(run.involuntarySwitches), Figure.rounded(run.peakMemory),
            ]
            return "<tr class=\(tone(run.executor))><th scope=row>"
                + Quoted.html(ExecutorName(run.executor).title) + "</th>"
                + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return """
            <div class=scroll tabindex=0 role=region \
            aria-label="Figures of \(Quoted.html(workload.name))">
            <table>
            <thead><tr><td></td>\(heads.map { "<th scope=col>\($0)</th>" }.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }
}
