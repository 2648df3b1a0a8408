import TuttiFetch

/// What a run came to, in lines for people.
struct FetchReport {
    let lines: [String]

    /// Says also how many failures were not printed one by one.
    init(_ summary: FetchSummary, hiddenFailures: Int) {
        var lines: [String] = []
        if hiddenFailures > 0 {
            lines.append("… and \(hiddenFailures) more failures; --json lists all of them.")
        }
        let wall = summary.wall / .seconds(1)
        var counts = "\(summary.fetched) of \(summary.urls) URLs fetched"
        if summary.skipped > 0 { counts += ", \(summary.skipped) there already" }
        if summary.notModified > 0 { counts += ", \(summary.notModified) not modified" }
        if summary.failed > 0 { counts += ", \(summary.failed) failed" }
        let pace = Int((Double(summary.fetched) / max(wall, 1e-6)).rounded())
        counts +=
            ": \(byteText(summary.bytes)) in \(wall.rounded(toPlaces: 2)) s, \(pace) a second."
        lines.append(counts)
        if let middle = summary.percentile(0.5), let high = summary.percentile(0.95),
            let highest = summary.percentile(0.99)
        {
            func milliseconds(_ duration: Duration) -> String {
                "\((duration / .milliseconds(1)).rounded(toPlaces: 1)) ms"
            }
            lines.append(
                "A URL took \(milliseconds(middle)) (median), \(milliseconds(high)) (p95), "
                    + "\(milliseconds(highest)) (p99); at most \(summary.mostInFlight) in flight, "
                    + "CPU \((summary.cpu / .seconds(1)).rounded(toPlaces: 2)) s.")
            lines.append(summary.bottleneckReason)
        }
        if let reason = summary.limitReason { lines.append(reason) }
        if summary.wasCancelled {
            lines.append(
                "Interrupted: run the same command with --skip-existing to fetch the rest.")
        }
        self.lines = lines
    }
}
