internal import Glibc

/// What lies beside a part: of which URL it is, and how a server tells that it is still the same.
struct PartNote: Hashable, Sendable {
    /// The URL that was asked for, before redirects.
    let url: String
    /// What `If-Range` is sent with: a strong `ETag`, or else the `Last-Modified`.
    let validator: String

    init(url: String, validator: String) {
        self.url = url
        self.validator = validator
    }

    /// The note as the lines of a file.
    var text: String { "tutti-part 1\n\(url)\n\(validator)\nend\n" }

    /// Reads a note; nil for one that was cut while it was written, or of another version.
    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 5, lines[0] == "tutti-part 1", lines[3] == "end" else { return nil }
        url = String(lines[1])
        validator = String(lines[2])
    }

    /// Reads the note of a file; nil when there is none that can be used.
    init?(of place: OutputFolder.Place) {
        let descriptor = openat(place.folder, place.note, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let text = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : ""
        }
        self.init(text: text)
    }

    /// Writes it beside the part; without it the part is fetched again, so failing is no error.
    func write(beside place: OutputFolder.Place) {
        let descriptor = openat(
            place.folder, place.note, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var text = text
        text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
