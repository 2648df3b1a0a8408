/// A diagnosis as one file to look at, which loads nothing from elsewhere.
public struct Page: CustomStringConvertible {
    /// The whole page.
    public let description: String

    /// Draws a diagnosis.
    public init(_ diagnosis: Diagnosis) {
        let command = diagnosis.recording.command.joined(separator: " ")
        let drawing = Drawing(diagnosis)
        let footer = TextReport.footer(diagnosis).map(Quoted.html)
        let shares = Self.shares(diagnosis)
        let body = """
            <p class="command">$ \(Quoted.html(command))</p>
            <h1>\(Self.headline(diagnosis))</h1>
            <p class="lead">\(Quoted.html(shares))</p>
            <section><h2>What it was doing, and what would change it</h2>
            \(Self.table(diagnosis))</section>
            <section><h2>Timeline</h2>
            \(drawing.html(number: 0, label: "What each thread did when. \(shares)"))</section>
            <footer>\(footer.joined(separator: "<br>"))</footer>
            """
        description =
            SinglePage(
                title: "\(command) – tutti diagnose", style: Self.style, body: body,
                drawings: [drawing]
            ).description
    }

    private static func headline(_ diagnosis: Diagnosis) -> String {
        let now = Figure.seconds(diagnosis.now)
        guard diagnosis.gain >= 1.1 else { return Quoted.html(TextReport.headline(diagnosis)) }
        let manner = diagnosis.whole.prediction.isBound ? "at best" : "about"
        return "\(now) could be \(manner) <b>\(Figure.seconds(diagnosis.after))</b> — "
            + "\(Figure.plain(diagnosis.gain))× faster"
    }

    /// `38 % waiting for the network · 12 % all cores busy`.
    private static func shares(_ diagnosis: Diagnosis) -> String {
        diagnosis.rows.sorted { $0.slice.quiet > $1.slice.quiet }.map { row in
            "\(Figure.percent(row.slice.quiet / max(diagnosis.now, 1e-12))) "
                + row.verdict.inSentence
        }.joined(separator: " · ")
    }

    private static func table(_ diagnosis: Diagnosis) -> String {
        let longest = diagnosis.rows.map(\.prediction.now).max() ?? 1
        let rows = diagnosis.rows.map { row in
            let prediction = row.prediction
            func bar(_ name: String, _ seconds: Double) -> String {
                let width = Figure.plain(max(0.5, 100 * seconds / max(longest, 1e-12)))
                return "<i class=\"\(name)\" style=\"width:\(width)%\"></i>"
            }
            let gains = prediction.after < prediction.now * 0.97
            let manner = prediction.isBound ? "at best " : ""
            let figures =
                gains
                ? "\(Figure.seconds(prediction.now)) → \(manner)\(Figure.seconds(prediction.after))"
                : Figure.seconds(prediction.now)
            let hint =
                gains
                ? "\(Figure.seconds(prediction.after(serialShare: 0.1))) if 10 % must stay as it "
                    + "is, \(Figure.seconds(prediction.after(serialShare: 0.3))) if 30 %"
                : "nothing is promised here"
            return """
                <tr class="\(row.verdict.word)"><th scope="row"><u></u>\
                \(Quoted.html(row.verdict.title))</th>\
                <td class="seen">\(Quoted.html(row.seen))</td>\
                <td>\(remedy(row.remedy))</td>\
                <td class="bars" title="\(Quoted.html(hint))">\(bar("now", prediction.now))\
                \(gains ? bar("then", prediction.after) : "")<span>\(figures)</span></td></tr>
                """
        }
        return """
            <table><thead><tr><th scope="col">what</th><th scope="col">seen</th>\
            <th scope="col">do this</th><th scope="col">now → after</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
    }

    private static func remedy(_ remedy: Remedy) -> String {
        let means = remedy.means.map { "<code>\(Quoted.html($0))</code>" }.joined(separator: " ")
        let principle = remedy.principle.isEmpty ? "" : "<b>\(Quoted.html(remedy.principle))</b>: "
        return principle + Quoted.html(remedy.action) + (means.isEmpty ? "" : " " + means)
    }

    /// The table of what it does and what would change it.
    private static let style = """

        table { width: 100%; border-collapse: collapse; }
        th, td { text-align: left; vertical-align: top; padding: 8px 14px 8px 0;
          font-weight: 400; }
        thead th { color: var(--soft); font-size: 13px; padding-top: 0; }
        tbody th { width: 24%; padding-left: 20px; text-indent: -20px; }
        .seen { color: var(--soft); width: 22%; }
        .bars { width: 24%; }
        .bars i { display: block; height: 11px; border-radius: 3px; margin: 3px 0;
          background: var(--tone); }
        .bars .now { opacity: .4; }
        .bars span { font-size: 13px; font-variant-numeric: tabular-nums; }
        @media (max-width: 700px) {
          thead { display: none; }
          tr { display: block; padding: 8px 0; border-top: 1px solid var(--line); }
          tbody th, td, .seen, .bars { display: block; width: auto; padding: 2px 0; }
          tbody th { text-indent: 0; }
        }
        """
}
