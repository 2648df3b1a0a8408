import Glibc
import Tutti
import TuttiFetch

/// Prints what became of each URL: as JSON on standard output, or failures alone for people.
// Safety: used on the loop's thread alone, and after the run.
final class RecordPrinter: @unchecked Sendable {
    /// As many failures as people read.
    private static let mostFailures = 20

    private let isJSON: Bool
    private var failures = 0
    private var buffer: [UInt8] = []

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    /// How many failures were not printed.
    var hiddenFailures: Int { isJSON ? 0 : max(0, failures - Self.mostFailures) }

    /// Takes a record; returns the line for standard error, if people should see one.
    func line(for record: FetchRecord) -> String? {
        if isJSON {
            buffer += record.json.utf8
            buffer.append(UInt8(ascii: "\n"))
            // Records are for programs that may wait for them: never long, and whole lines only.
            if buffer.count >= 4096 || isatty(STDOUT_FILENO) == 1 { flush() }
            return nil
        }
        guard let error = record.error, error != .cancelled else { return nil }
        failures += 1
        return failures <= Self.mostFailures ? "\(record.url): \(error)" : nil
    }

    /// Writes what is left.
    func flush() {
        var rest = buffer[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                break
            }
            rest = rest.dropFirst(written)
        }
        buffer = []
    }
}

extension FetchRecord {
    /// One line of JSON; times in seconds, null where something did not happen.
    var json: String {
        let outcomeName =
            switch outcome {
            case .fetched: "fetched"
            case .skipped: "skipped"
            case .notModified: "not-modified"
            case .failed: "failed"
            }
        var line = JSONLine()
        line.add("url", url)
        line.add("name", name)
        line.add("outcome", outcomeName)
        line.add("status", status)
        line.add("bytes", bytes)
        line.add("size", size)
        line.add("attempts", attempts)
        line.add("redirects", redirects)
        line.add("final_url", finalURL)
        line.add("dns", times.lookup)
        line.add("connect", times.connect)
        line.add("tls", times.handshake)
        line.add("first_byte", times.firstByte)
        line.add("total", times.total)
        line.add("error", error?.kind)
        line.add("message", error.map { "\($0)" })
        return line.description
    }
}
