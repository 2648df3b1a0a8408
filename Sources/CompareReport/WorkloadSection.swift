internal import TuttiDiagnosis

/// One workload's part of the page.
struct WorkloadSection {
    /// A run that the page has a drawing of.
    struct Drawn {
        var run: RecordedRun
        var drawing: Drawing
        /// Which drawing of the page.
        var number: Int
    }

    let workload: WorkloadResult
    let caption: String
    let cores: Int
    let explanation: Explanation
    /// By executor.
    var drawn: [String: Drawn] = [:]

    init(workload: WorkloadResult, cores: Int, caption: String) {
        self.workload = workload
        self.cores = cores
        self.caption = caption
        explanation = Explanation(of: workload, cores: cores)
    }

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
        return "<span class=\"part\"><small>\(work)</small> \(name)"
            + (gain.map { " <b>\(Figure.times($0))</b>" } ?? "") + "</span>"
    }

    var html: String {
        """
        <section>
        <h2>\(Quoted.html(workload.name)) <span>\(Quoted.html(caption))</span></h2>
        <p class="answer">\(Prose.html(explanation.answer))</p>
        \(key)<div class="places">
        \(workload.runs.map(place).joined(separator: "\n"))
        </div>
        <p class="why">\(Prose.html(explanation.text))</p>
        \(table)
        </section>
        """
    }

    /// How to read the bars.
    private var key: String {
        guard !drawn.isEmpty else { return "" }
        let used = cores == 1 ? "core in use" : "cores in use"
        return """
            <p class="key"><span><u class="had"></u>\(used)</span><span><u class="wanted"></u>\
            wanted, not had</span>\
            <span>A bar is as long as the run took; open it for every thread and job.</span></p>

            """
    }

    // MARK: - Places

    private func place(_ run: RunResult) -> String {
        let slowest = workload.runs.map(\.wall).filter(\.isFinite).max() ?? 0
        // Linear: twice as long looks twice as long, to anyone.
        let share = slowest > 0 && run.wall.isFinite ? max(0, run.wall) / slowest : 0
        let drawn = drawn[run.executor]
        let strip = UseStrip(drawn?.run.diagnosis, share: share).svg
        let title = Quoted.html(ExecutorName(run.executor).title)
        let seen = drawn.flatMap { $0.run.gap == nil ? $0.run.diagnosis.whole : nil }
        let line = """
            <span class="name">\(title)\
            \(seen.map(self.seen) ?? "")</span>\
            <span class="track">\(strip)</span>\
            <span class="value">\(Figure.rounded(run.wall)) s</span>\
            <span class="gain">\(gain(run))</span>
            """
        let tone = tone(run.executor)
        guard let drawn else { return "<div class=\"place \(tone)\">\(line)</div>" }
        let isOpen = run.executor == explanation.winners.first?.executor && !explanation.isTie
        return """
            <details class="\(tone)"\(isOpen ? " open" : "")><summary class="place">\(line)</summary>
            \(opened(drawn, title: title))</details>
            """
    }

    private func seen(_ whole: Diagnosis.Finding) -> String {
        "<small><u class=\"phase \(whole.verdict.word)\"></u>\(Quoted.html(whole.verdict.title))</small>"
    }

    private func opened(_ drawn: Drawn, title: String) -> String {
        let diagnosis = drawn.run.diagnosis
        let verdict =
            drawn.run.gap
            ?? "\(diagnosis.whole.verdict.title): \(diagnosis.whole.seen)."
        return "<div class=\"run\"><p class=\"verdict\">\(Prose.html(verdict))</p>"
            + drawn.drawing.html(number: drawn.number, label: "\(title). \(verdict)") + "</div>"
    }

    private func gain(_ run: RunResult) -> String {
        run.executor == "in-order" || run.speedup == nil ? "" : Figure.times(run.speedup)
    }

    private func tone(_ executor: String) -> String {
        explanation.winners.contains { $0.executor == executor }
            ? "best" : executor == "in-order" ? "base" : "other"
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
            return "<tr class=\"\(tone(run.executor))\"><th scope=\"row\">"
                + Quoted.html(ExecutorName(run.executor).title) + "</th>"
                + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return """
            <div class="scroll" tabindex="0" role="region" \
            aria-label="Figures of \(Quoted.html(workload.name))">
            <table>
            <thead><tr><td></td>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }
}
