import Glibc
import Tutti

/// The file of a single URL on its way to standard output: in a folder of its own until it is whole.
///
/// So a program that reads it gets the whole content or nothing.
final class OutputToStandardOutput: Sendable {
    let folder: String

    init() throws {
        folder = try TemporaryPlace.usual.makeFolder("tutti-fetch")
    }

    deinit {
        for name in ["output", "output.tutti-part", "output.tutti-part.note"] {
            unlink("\(folder)/\(name)")
        }
        rmdir(folder)
    }

    /// Copies the file.
    func copy() throws {
        let descriptor = open("\(folder)/output", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", subject: folder) }
        defer { close(descriptor) }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = read(descriptor, chunk.baseAddress, chunk.count)
            guard count > 0 else { return }
            var rest = chunk[..<count]
            while !rest.isEmpty {
                let written = write(
                    STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw SystemError("write", subject: "standard output") }
                rest = rest.dropFirst(written)
            }
        }
    }
}
