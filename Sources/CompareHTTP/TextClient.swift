internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOHTTP1
internal import Tutti
package import TuttiNIO

/// A client for one server on this machine, for tasks that wait and for threads that block.
///
/// Connections stay open and are used again, the last one first; as many are opened as requests
/// are in flight. A request that meets a connection which the server closed in the meantime is sent
/// once more on a fresh one.
package final class TextClient: Sendable {
    /// The address that it asks: the loopback.
    package static var host: String { "127.0.0.1" }

    /// The port that it asks.
    package let port: Int

    private let loop: TuttiNIO.EventLoop
    private let connections: ConnectionPool
    private let sockets: NIOLockedValueBox<[BlockingConnection]?> = NIOLockedValueBox([])

    /// Makes a client whose ``get(_:)`` uses `loop`; call ``close()`` when it is no longer needed.
    package init(port: Int, loop: TuttiNIO.EventLoop = .shared) {
        self.port = port
        self.loop = loop
        connections = ConnectionPool(port: port, loop: loop)
    }

    /// Asks for `path` and waits without holding a thread.
    ///
    /// From a task on the client's loop no thread is switched. When the task is cancelled, the
    /// connection is closed.
    ///
    /// - Throws: ``RequestFailure``, or `CancellationError`.
    package func get(_ path: String) async throws -> Response {
        let exchange = Exchange(path: path)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.onLoop(else: {
                    continuation.resume(
                        throwing: RequestFailure(port: port, path: path, .clientClosed))
                }) {
                    self.connections.start(exchange, continuation)
                }
            }
        } onCancel: {
            loop.onLoop(else: {}) { exchange.cancel() }
        }
    }

    /// Asks for `path` and blocks the calling thread meanwhile.
    ///
    /// Any number of threads may call this; they share the idle connections.
    ///
    /// - Throws: ``RequestFailure``.
    package func getBlocking(_ path: String) throws(RequestFailure) -> Response {
        let kept: BlockingConnection?? = sockets.withLockedValue { sockets in
            guard sockets != nil else { return nil }
            return .some(sockets?.popLast())
        }
        guard let kept else { throw RequestFailure(port: port, path: path, .clientClosed) }
        if let kept {
            do throws(BlockingConnection.Failure) {
                return try get(path, on: kept)
            } catch {
                guard error.isBeforeAnswer else {
                    throw RequestFailure(port: port, path: path, error.reason)
                }
                // The server closed it while nobody looked; the request was not answered.
            }
        }
        do throws(BlockingConnection.Failure) {
            return try get(path, on: BlockingConnection(port: port))
        } catch {
            throw RequestFailure(port: port, path: path, error.reason)
        }
    }

    private func get(
        _ path: String, on connection: BlockingConnection
    ) throws(BlockingConnection.Failure) -> Response {
        let (response, isKeepAlive) = try connection.get(path)
        if isKeepAlive {
            sockets.withLockedValue { $0?.append(connection) }
        }
        return response
    }

    /// Closes all connections; what still waits for an answer fails.
    ///
    /// A thread that blocks in ``getBlocking(_:)`` comes to its end first.
    package func close() async {
        sockets.withLockedValue { $0 = nil }
        await withCheckedContinuation { continuation in
            loop.onLoop(else: { continuation.resume() }) {
                self.connections.close()
                continuation.resume()
            }
        }
    }
}

// MARK: One client for a process

extension TextClient {
    private struct Key: Hashable {
        let port: Int
        let loop: ObjectIdentifier
    }

    private static let clients = NIOLockedValueBox<[Key: TextClient]>([:])

    /// The client that this process shares for a port and a loop, made at the first use.
    ///
    /// A job is a value that may come from another process, so it cannot carry its client along.
    /// The one who runs the jobs calls ``closeAll()`` afterwards.
    package static func shared(port: Int, loop: TuttiNIO.EventLoop = .shared) -> TextClient {
        clients.withLockedValue { clients in
            let key = Key(port: port, loop: ObjectIdentifier(loop))
            if let client = clients[key] { return client }
            let client = TextClient(port: port, loop: loop)
            clients[key] = client
            return client
        }
    }

    /// Closes and forgets all shared clients: the next request opens a fresh connection.
    package static func closeAll() async {
        let all = clients.withLockedValue { clients in
            let all = clients.values
            clients = [:]
            return all
        }
        for client in all {
            await client.close()
        }
    }
}

extension RequestFailure {
    init(port: Int, path: String, _ reason: Reason) {
        self.init(host: TextClient.host, port: port, path: path, reason: reason)
    }

    /// Sorts what NIO reports while an answer is awaited.
    static func reason(for error: any Error, receivedBytes: Int) -> Reason {
        switch error {
        case HTTPParserError.invalidEOFState: .cutShort(receivedBytes: receivedBytes)
        case let error as IOError: .broken(SystemError(error, call: "read", subject: ""))
        default: .malformed("\(error)")
        }
    }
}
