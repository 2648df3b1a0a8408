/// A recording as a file: lines of text, the times in nanoseconds.
///
/// ```
/// tutti recording 1
/// facts 2 switches 1970000000 0 985 14000000 exited 0
/// command python3 page.py
/// reason network read 3 1
/// thread 4711 4711 4710 0 1970000000 12000 python3
/// r5200000 s76000000:0 r2000000 w1000000 +500 r2000000
/// began 81263000000000
/// said-by 4711 4711
/// said load%20page
/// span job 0 0 5200000 76000000
/// ```
///
/// A thread's second line is what it did, each from the end of the one before: `r` it ran, `w` it
/// wanted to, `s` it slept, `:` for which reason, `+` a gap. A span has its kind, the places of its
/// thread and of its name in the lists `said-by` and `said`, how much later than the one before it
/// starts, and its length. Files from before there were spans have none of the last four words.
public enum SavedRecording {
    /// Why a file is no recording.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// The line, from 1.
        public let line: Int
        /// One sentence.
        public let description: String

        init(line: Int, _ sentence: String) {
            self.line = line
            description = "line \(line): \(sentence)"
        }
    }

    static let head = "tutti recording 1"

    /// Writes a recording.
    public static func bytes(of recording: Recording) -> [UInt8] {
        var writer = RecordingWriter()
        writer.write(recording)
        return writer.bytes
    }

    /// Reads what ``bytes(of:)`` wrote.
    public static func read(_ bytes: [UInt8]) throws(Problem) -> Recording {
        var reader = RecordingReader(bytes)
        return try reader.read()
    }
}
