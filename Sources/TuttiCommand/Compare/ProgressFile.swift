import Glibc
import Tutti

/// A number that one process writes and another reads: a file of eight bytes without a name.
///
/// It is reached as `/proc/PID/fd/N`: whatever way the processes end, nothing stays behind.
final class ProgressFile: Sendable {
    private let descriptor: Int32

    /// Makes the file; ``path`` lets processes of the same user open it.
    init() throws {
        descriptor = try TemporaryPlace.usual.openFile("tutti")
    }

    /// Opens another process's file.
    init(openAt path: String) throws {
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", subject: path) }
    }

    deinit { close(descriptor) }

    /// Where other processes find the file while this one lives.
    var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

    /// Writes the number; a failure only costs the progress display.
    func write(_ number: Int) {
        withUnsafeBytes(of: Int64(number)) { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Reads the number; 0 before the first was written.
    func read() -> Int {
        var number: Int64 = 0
        let count = withUnsafeMutableBytes(of: &number) {
            pread(descriptor, $0.baseAddress, $0.count, 0)
        }
        return count == MemoryLayout<Int64>.size ? Int(number) : 0
    }
}
