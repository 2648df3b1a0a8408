/// A diagnosis as one file to look at, which loads nothing from elsewhere.
///
/// The words are HTML, so that they can be read, copied and printed without the script; the drawing
/// is a canvas, since a minute of a hundred threads has more intervals than a page has room for
/// elements.
public struct Page: CustomStringConvertible {
    /// The whole page.
    public let description: String

    /// Draws a diagnosis.
    public init(_ diagnosis: Diagnosis) {
        let command = diagnosis.recording.command.joined(separator: " ")
        var remarks = TextReport.footer(diagnosis)
        if let kept = diagnosis.recording.folded.last?.end {
            remarks.append(
                "The lanes begin at \(Figure.seconds(kept)): of what was before, sums are kept.")
        }
        let footer = remarks.map(Quoted.html).joined(separator: "<br>")
        description = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(Quoted.html(command)) – tutti diagnose</title>
            <style>\(Self.style)</style></head><body>
            <p class="command">$ \(Quoted.html(command))</p>
            <h1>\(Self.headline(diagnosis))</h1>
            <p class="lead">\(Quoted.html(Self.shares(diagnosis)))</p>
            <section><h2>What it was doing, and what would change it</h2>
            \(Self.table(diagnosis))</section>
            <section class="time"><h2>Timeline <small>wheel or + − zooms, drag or ← → moves, \
            0 resets</small></h2>
            <div id="legend"></div>
            <div id="plot"><canvas id="view" tabindex="0" role="img" \
            aria-label="What each thread did when. \(Quoted.html(Self.shares(diagnosis)))">\
            </canvas><div id="tip" hidden></div></div></section>
            <footer>\(footer)</footer>
            <script>const data=\(PageData(diagnosis).text);
            \(Self.script)</script>
            </body></html>

            """
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
}
