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

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    /// How many failures were not printed.
    var hiddenFailures: Int { isJSON ? 0 : max(0, failures - Self.mostFailures) }

    /// Takes a record; returns the line for standard error, if people should see one.
    func line(for record: FetchRecord) -> String? {
        if isJSON {
            // At once, so that who reads them sees each when it comes, and whole.
            write(record.json + "\n")
            return nil
        }
        guard let error = record.error, error != .cancelled else { return nil }
        failures += 1
        return failures <= Self.mostFailures ? "\(record.url): \(error)" : nil
    }

    private func write(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(
                    STDOUT_FILENO, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                // Nobody reads them any more, or the disk is full: the files come all the same.
                guard written > 0 else { return }
                rest = rest.dropFirst(written)
            }
        }
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
