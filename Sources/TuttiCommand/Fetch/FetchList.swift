import Glibc
import Tutti
import TuttiFetch

/// A list of URLs, one a line, with names and checksums where they are wanted.
struct FetchList {
    /// What the lines ask for, in order.
    let requests: [FetchRequest]

    /// Reads a file, or standard input for `-`; blocks until its end.
    init(path: String) throws {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(
                sentence: "--input \(path): \(String(cString: strerror(errno))). Choose another.")
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        try self.init(text: try Self.read(descriptor, path), path: path)
    }

    /// Takes the lines apart; in UTF-8, since characters would have to be told apart first.
    init(text: String, path: String) throws {
        var requests: [FetchRequest] = []
        var number = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        {
            number += 1
            let hasTabs = line.contains(UInt8(ascii: "\t"))
            let words = line.split { $0 == 9 || $0 == 13 || ($0 == 32 && !hasTabs) }
            if let first = words.first, first.first != UInt8(ascii: "#") {
                requests.append(
                    try Self.request(words.map(Substring.init), "\(path), line \(number)"))
            }
        }
        self.requests = requests
    }

    private static func request(
        _ words: [Substring], _ place: @autoclosure () -> String
    ) throws -> FetchRequest {
        var request = FetchRequest(String(words[0]))
        for word in words.dropFirst() {
            if word.hasPrefix("sha256=") {
                request.sha256 = String(word.dropFirst("sha256=".count))
            } else if request.name == nil {
                request.name = String(word)
            } else {
                throw Failure(
                    sentence: """
                        \(place()): '\(word)' is one word too many. A line has a URL, a name and \
                        sha256=DIGITS; separate them with tabs where the name holds blanks.
                        """)
            }
        }
        return request
    }

    private static func read(_ descriptor: Int32, _ path: String) throws -> String {
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(sentence: "--input \(path): \(String(cString: strerror(errno))).")
            }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
