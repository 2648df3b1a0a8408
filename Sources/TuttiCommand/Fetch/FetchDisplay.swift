import Glibc
import Tutti
import TuttiFetch

/// Says on a terminal's standard error how far the fetching is, in one line.
// Safety: used on the loop's thread alone, and after the run.
final class FetchDisplay: @unchecked Sendable {
    /// Whether anything is drawn.
    let isShown: Bool
    private var isDrawn = false
    private var samples: [FetchProgress] = []

    init(isQuiet: Bool) {
        isShown = !isQuiet && isatty(STDERR_FILENO) == 1
    }

    /// Draws the line anew.
    func draw(_ progress: FetchProgress) {
        samples.append(progress)
        // The pace of the last five seconds.
        if samples.count > 50 { samples.removeFirst() }
        isDrawn = true
        write("\r\u{1B}[K" + line(progress))
    }

    /// Takes the line away.
    func clear() {
        guard isDrawn else { return }
        isDrawn = false
        write("\r\u{1B}[K")
    }

    /// There is nobody to tell when it fails.
    private func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// `[█████···············] 1200/5000 · 96 in flight · 812/s, 8.1 MB/s · 0:05 left · 3 failed`.
    private func line(_ progress: FetchProgress) -> String {
        let first = samples.first ?? progress
        let seconds = max(0.001, (progress.elapsed - first.elapsed) / .seconds(1))
        let pace = Double(progress.done - first.done) / seconds
        let bytes = Double(progress.bytes - first.bytes) / seconds
        let filled = 20 * progress.done / max(1, progress.total)
        var line = "[" + String(repeating: "█", count: filled)
        line += String(repeating: "·", count: 20 - filled) + "] "
        line += "\(progress.done)/\(progress.total) · \(progress.inFlight) in flight"
        line += " · \(Int(pace))/s, \(byteText(Int(bytes)))/s"
        if pace > 0 {
            let left = Int((Double(progress.total - progress.done) / pace).rounded(.up))
            let padding = left % 60 < 10 ? "0" : ""
            line += " · \(left / 60):\(padding)\(left % 60) left"
        }
        if progress.failed > 0 { line += " · \(progress.failed) failed" }
        return line
    }
}

/// `12.3 MB`, in powers of 1000.
func byteText(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["B", "KB", "MB", "GB"] {
        if value < 999.95 {
            return unit == "B" ? "\(bytes) B" : "\(value.rounded(toPlaces: 1)) \(unit)"
        }
        value /= 1000
    }
    return "\(value.rounded(toPlaces: 1)) TB"
}
