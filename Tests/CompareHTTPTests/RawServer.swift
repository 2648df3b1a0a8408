import Glibc

/// A server that sends what a test wants, word for word, with plain sockets on a thread of its own.
///
/// For each connection it waits for the end of a request, sends the next script, and closes the
/// connection unless the script says that it stays open for another.
final class RawServer: Sendable {
    struct Script: Sendable {
        var answer: String
        var staysOpen = false
    }

    let port: Int
    private let listener: Int32

    /// Starts to listen; ends after the last script, or with the process.
    init(_ scripts: [Script]) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, length) == 0 && listen(listener, 16) == 0)
                getsockname(listener, $0, &length)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        startThread { Self.serve(scripts, on: listener) }
    }

    private static func serve(_ scripts: [Script], on listener: Int32) {
        var connection: Int32 = -1
        for script in scripts {
            if connection < 0 { connection = accept(listener, nil, nil) }
            if !readRequest(connection) {
                close(connection)
                connection = accept(listener, nil, nil)
                _ = readRequest(connection)
            }
            _ = script.answer.withCString {
                send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL))
            }
            if !script.staysOpen {
                close(connection)
                connection = -1
            }
        }
        if connection >= 0 { close(connection) }
        close(listener)
    }

    /// Reads until an empty line; false when the client closed before.
    private static func readRequest(_ connection: Int32) -> Bool {
        var end = 0
        var byte: UInt8 = 0
        while end < 4 {
            guard read(connection, &byte, 1) == 1 else { return false }
            end = byte == (end % 2 == 0 ? 13 : 10) ? end + 1 : 0
        }
        return true
    }
}

/// Runs `body` on a thread of its own, where it may block.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { argument in
            guard let argument else { return nil }
            Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    precondition(result == 0)
    pthread_detach(thread)
}

/// Runs `body` on a thread of its own and waits for it without holding a thread of Swift's pool.
func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        startThread { continuation.resume(with: Result(catching: body)) }
    }
}
