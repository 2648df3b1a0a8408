internal import Glibc
internal import Tutti

/// The folder of a run, and the folders inside that it has open.
///
/// Every file is reached from a descriptor of its folder, and no folder through a symbolic link: so
/// no name leads outside, whatever somebody puts there meanwhile.
// Safety: made by one thread, then used on the loop's thread alone.
final class OutputFolder: @unchecked Sendable {
    /// Where a file lies: a folder's descriptor and the last part of the name.
    struct Place {
        let folder: Int32
        let leaf: String
        /// Below the run's folder, for messages.
        let name: String
    }

    private let path: String
    private let root: Int32
    private var open: [String: Int32] = [:]
    /// The parts with a note that lay here at the start, by folder.
    private var resumable: [String: Set<String>] = [:]
    private var isAnyResumable = false

    /// Opens the folder and makes it if it is missing, with those that lead there.
    init(path: String) throws(FetchError) {
        self.path = path
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            // What keeps it from being made keeps it from being opened as well, and says so below.
            _ = mkdir(made, 0o777)
        }
        root = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw .file(SystemError("open", subject: path)) }
        look(into: root, "")
    }

    deinit {
        for descriptor in open.values { close(descriptor) }
        close(root)
    }

    /// Finds the place of a file with a checked name; makes the folders in between.
    func place(of name: String) throws(FetchError) -> Place {
        guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return Place(folder: root, leaf: name, name: name)
        }
        return Place(
            folder: try folder(name[..<slash]), leaf: String(name[name.index(after: slash)...]),
            name: name)
    }

    /// Whether a part of the file with a note was left here by an earlier run.
    func hasPart(of name: String) -> Bool {
        guard isAnyResumable else { return false }
        let slash = name.lastIndex(of: "/")
        let folder = slash.map { String(name[..<$0]) } ?? ""
        guard let notes = resumable[folder] else { return false }
        return notes.contains(slash.map { String(name[name.index(after: $0)...]) } ?? name)
    }

    private func folder(_ name: Substring) throws(FetchError) -> Int32 {
        if let descriptor = open[String(name)] { return descriptor }
        let slash = name.lastIndex(of: "/")
        let parent =
            try slash.map { place throws(FetchError) in try folder(name[..<place]) } ?? root
        let leaf = slash.map { String(name[name.index(after: $0)...]) } ?? String(name)
        _ = mkdirat(parent, leaf, 0o777)
        let descriptor = openat(parent, leaf, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            // Opening a link with O_DIRECTORY says that it is no folder.
            throw .file(SystemError("open folder", subject: "\(path)/\(name)"))
        }
        open[String(name)] = descriptor
        look(into: descriptor, String(name))
        return descriptor
    }

    /// Looks once for all files, so that those without a part need no call each.
    private func look(into folder: Int32, _ name: String) {
        let notes = Self.notes(in: folder)
        guard !notes.isEmpty else { return }
        resumable[name] = notes
        isAnyResumable = true
    }

    private static func notes(in folder: Int32) -> Set<String> {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return [] }
        defer { closedir(stream) }
        let suffix = FileName.partSuffix + FileName.noteSuffix
        var names: Set<String> = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(suffix) { names.insert(String(name.dropLast(suffix.count))) }
        }
        return names
    }
}

extension OutputFolder.Place {
    /// What is known of the file that is there, if there is one; links are not followed.
    var existing: (size: Int, modified: Int)? {
        var status = stat()
        guard fstatat(folder, leaf, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return (Int(status.st_size), status.st_mtim.tv_sec)
    }

    var part: String { leaf + FileName.partSuffix }
    var note: String { part + FileName.noteSuffix }
}
