internal import CTutti
internal import Glibc

/// Traces a whole program that has `TUTTI_TRACE` in its environment; called by the hook before `main`.
///
/// Not for use in programs: it is public only so that the linker keeps it for the hook.
@_cdecl("tutti_trace_main")
public func traceProgram() {
    guard let place = tutti_trace_place().map({ String(cString: $0) }) else { return }
    do {
        try TracedProgram.begin(at: place)
    } catch {
        // The program was not asked whether it wants a trace: it goes on without.
        guard !TracedProgram.isFolder(place) else { return }
        var sentence = "Tutti: this program is not traced: \(error)\n"
        sentence.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
}

/// A program that is traced from before `main` until its end.
enum TracedProgram {
    /// Where the trace goes in the end; nil when the files of each process are all.
    private static let target = Locked<Target?>(nil)

    private struct Target: Sendable {
        let path: String
        let folder: String
        let process: Int32
        /// What is older was left by a program that was killed.
        let began = MonotonicClock.nanoseconds
    }

    static func isFolder(_ place: String) -> Bool {
        var facts = stat()
        return stat(place, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    static func begin(at place: String) throws(SystemError) {
        let leavesFiles = isFolder(place)
        let folder = leavesFiles ? place : "\(place).rings"
        if !leavesFiles {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw SystemError("mkdir", subject: folder)
            }
            // A trace of before is not this one's; of what is no file, such as a pipe, hands off.
            var facts = stat()
            if lstat(place, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG { unlink(place) }
            let target = Target(path: place, folder: folder, process: getpid())
            Self.target.withLock { $0 = target }
            // Programs that this one starts leave their files beside its own.
            setenv(TUTTI_TRACE, folder, 1)
        }
        try Tracer.shared.traceAll(into: folder)
        atexit { TracedProgram.end() }
    }

    /// The process ends by itself.
    private static func end() {
        Tracer.memory?.close()
        guard let target = target.withLock({ $0 }), target.process == getpid() else { return }
        do throws(SystemError) {
            try Trace(folder: target.folder, since: target.began).write(to: target.path)
            for file in try TraceFile.paths(in: target.folder) { unlink(file) }
            rmdir(target.folder)
        } catch {
            var sentence = "Tutti: the trace is left in \(target.folder): \(error)\n"
            sentence.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
        }
    }
}

extension Trace {
    /// Reads what processes have left in a folder that `TUTTI_TRACE` named, also those that were killed.
    ///
    /// Files that are cut or no traces are left out, as far as they are.
    ///
    /// - Throws: ``SystemError`` when there is no such folder.
    public init(folder: String) throws(SystemError) {
        try self.init(folder: folder, since: 0)
    }

    /// Reads what processes have left that began to be traced after a nanosecond.
    init(folder: String, since began: UInt64) throws(SystemError) {
        self.init()
        let now = ClockReading.now
        for path in try TraceFile.paths(in: folder) {
            // What was read has a head.
            guard let image = TraceFile.image(of: path),
                let one = try? TraceReader.read(image, until: now),
                image.words[TraceLayout.Head.first + 1] >= began
            else { continue }
            add(one)
        }
        sort()
    }
}
