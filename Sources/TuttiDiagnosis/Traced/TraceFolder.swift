internal import Glibc
internal import Tutti

/// A folder of its own in which programs that use Tutti leave their events while they are recorded.
///
/// Such a program looks for its path in the environment variable ``variable``; all others never see it.
/// Removed, with what is in it, when it goes.
public struct TraceFolder: ~Copyable {
    /// What the environment of the program is to say.
    public static var variable: String { "TUTTI_TRACE" }

    /// Where it is.
    public let path: String

    /// Makes the folder; nil when there is no place that can be written.
    public init?() {
        // In memory first: the events of a program that is measured should not use its disk.
        let places = [TemporaryPlace("/dev/shm"), .usual, TemporaryPlace("/tmp")]
        // The program may change its folder: only a whole path leads it there.
        for place in places where place.path.hasPrefix("/") {
            guard let path = try? place.makeFolder("tutti-trace") else { continue }
            self.path = path
            return
        }
        return nil
    }

    deinit {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink("\(path)/\(name)")
            }
            closedir(folder)
        }
        rmdir(path)
    }

    /// Adds to a recording what the program has said meanwhile.
    public borrowing func add(to recording: inout Recording) {
        guard let trace = try? Trace(folder: path) else { return }
        recording.add(TracedSpans.spans(of: trace, in: recording))
    }
}
