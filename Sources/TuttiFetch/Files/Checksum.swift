internal import Crypto
internal import Glibc
internal import Tutti

/// The SHA-256 of a file, taken while its bytes pass by.
struct Checksum {
    private var hash = SHA256()

    /// Adds bytes.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    /// 64 digits in lower case.
    var text: String {
        hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads a whole file; blocks, so it belongs on a thread.
    static func ofFile(at path: String) throws(FetchError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(SystemError("open", subject: path)) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var checksum = Self()
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(SystemError("read", subject: path)) }
            guard count > 0 else { return checksum.text }
            checksum.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Whether a text can be a SHA-256.
    static func isValid(_ text: String) -> Bool {
        text.utf8.count == 64 && text.allSatisfy(\.isHexDigit)
    }
}
