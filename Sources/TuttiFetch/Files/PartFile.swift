internal import Glibc
internal import Tutti

/// A file on its way: written under another name, renamed when it is whole.
///
/// Everything here is one or a few system calls on the calling thread. A write goes to the page cache
/// and costs less than to hand it over to another thread, unless the disk cannot keep up.
final class PartFile {
    private let place: OutputFolder.Place
    private var descriptor: Int32
    /// How many bytes it has.
    private(set) var size: Int
    /// Whether it can be continued after this process is gone.
    private(set) var hasNote: Bool

    private init(place: OutputFolder.Place, descriptor: Int32, size: Int, hasNote: Bool) {
        self.place = place
        self.descriptor = descriptor
        self.size = size
        self.hasNote = hasNote
    }

    deinit {
        closeNow()
    }

    /// Begins a file anew; what is left of an earlier part goes.
    static func begin(at place: OutputFolder.Place) throws(FetchError) -> PartFile {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(place.folder, place.part, flags, 0o666)
        if descriptor >= 0 {
            // Whoever opens it before it is locked here is the one who has it.
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
                close(descriptor)
                throw .writtenElsewhere(name: place.name)
            }
            return PartFile(place: place, descriptor: descriptor, size: 0, hasNote: false)
        }
        guard errno == EEXIST else { throw Self.failure("open", place) }
        let part = try open(at: place)
        try part.empty()
        return part
    }

    /// Opens the part that an earlier attempt or run has left; throws when there is none.
    static func open(at place: OutputFolder.Place) throws(FetchError) -> PartFile {
        let descriptor = openat(place.folder, place.part, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", place) }
        let part = PartFile(
            place: place, descriptor: descriptor, size: 0,
            hasNote: faccessat(place.folder, place.note, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw .writtenElsewhere(name: place.name)
        }
        var opened = stat()
        var named = stat()
        guard fstat(descriptor, &opened) == 0 else { throw failure("fstat", place) }
        // Between opening and locking its writer may have renamed it: then it is whole, not ours.
        guard fstatat(place.folder, place.part, &named, AT_SYMLINK_NOFOLLOW) == 0,
            named.st_ino == opened.st_ino, opened.st_mode & S_IFMT == S_IFREG
        else { throw .writtenElsewhere(name: place.name) }
        part.size = Int(opened.st_size)
        guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw failure("lseek", place) }
        return part
    }

    /// Drops the content, and before it the note: no note ever lies beside bytes of other content.
    func empty() throws(FetchError) {
        if hasNote { unlinkat(place.folder, place.note, 0) }
        hasNote = false
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Self.failure("ftruncate", place)
        }
        size = 0
    }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FetchError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(
                descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw Self.failure("write", place)
            }
            size += written
            rest = rest.dropFirst(written)
        }
    }

    /// Makes it possible to go on after this process is gone.
    func keep(_ note: PartNote) {
        guard !hasNote else { return }
        note.write(beside: place)
        hasNote = true
    }

    /// Gives the file its name; from here on it is whole.
    ///
    /// If `syncs`, the content is forced to the disk before; `modified` is the time that the file
    /// gets, in seconds since 1970.
    func finish(syncs: Bool, modified: Int?) throws(FetchError) {
        if let modified {
            // Only a convenience: a file system without times keeps the file.
            let times = [
                timespec(tv_sec: modified, tv_nsec: 0), timespec(tv_sec: modified, tv_nsec: 0),
            ]
            _ = futimens(descriptor, times)
        }
        if syncs, fsync(descriptor) != 0 { throw Self.failure("fsync", place) }
        // The note goes first: one that stayed behind would lie beside the next part of this name.
        if hasNote { unlinkat(place.folder, place.note, 0) }
        hasNote = false
        guard renameat(place.folder, place.part, place.folder, place.leaf) == 0 else {
            throw Self.failure("rename", place)
        }
        closeNow()
    }

    /// Removes it and its note.
    func discard() {
        if hasNote { unlinkat(place.folder, place.note, 0) }
        unlinkat(place.folder, place.part, 0)
        closeNow()
    }

    /// The path by which another thread can read it while it is open here.
    var readablePath: String { "/proc/self/fd/\(descriptor)" }

    private func closeNow() {
        guard descriptor >= 0 else { return }
        // Not left to close: a process that is just being started, by whatever thread, holds a copy
        // of the descriptor until it executes its program, and the lock would last as long.
        flock(descriptor, LOCK_UN)
        close(descriptor)
        descriptor = -1
    }

    private static func failure(_ call: String, _ place: OutputFolder.Place) -> FetchError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull(name: place.name)
        default: .file(SystemError(call, subject: place.name))
        }
    }
}
