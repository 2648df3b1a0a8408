internal import Glibc

/// A folder for what nobody keeps: files without a name, and folders with one that is theirs alone.
package struct TemporaryPlace: Sendable {
    /// Where it is.
    package let path: String

    /// The folder at `path`.
    package init(_ path: String) { self.path = path }

    /// The one that the environment names, or `/tmp`.
    package static var usual: TemporaryPlace {
        TemporaryPlace(named: getenv("TMPDIR").map { String(cString: $0) })
    }

    /// The one that is named, or `/tmp` where none is.
    init(named name: String?) {
        path = name.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    }

    /// Makes a folder that only this user can enter.
    ///
    /// - Returns: its path; whoever made it removes it.
    /// - Throws: `SystemError`, which names this place.
    package func makeFolder(_ prefix: String) throws(SystemError) -> String {
        var template = Array("\(path)/\(prefix)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", subject: path) }
        return String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Opens an empty file that has no name any more: it is gone when the last descriptor is.
    ///
    /// - Returns: its descriptor, closed in programs that this one becomes; the caller closes it here.
    /// - Throws: `SystemError`, which names this place.
    package func openFile(_ prefix: String) throws(SystemError) -> Int32 {
        // Neither mkstemp, whose file other threads' children would get, nor O_TMPFILE, which some
        // file systems refuse.
        let folder = try makeFolder(prefix)
        defer { rmdir(folder) }
        let file = folder + "/file"
        let descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open", subject: path) }
        unlink(file)
        return descriptor
    }
}
