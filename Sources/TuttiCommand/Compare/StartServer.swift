import CompareHTTP
import Synchronization
import Tutti

/// Starts the server of texts in the worker process that runs this job; it serves on after it.
///
/// So its processor time is not counted as the client's, and it ends with the worker.
struct StartServer: Job {
    /// The port to listen on; 0 takes a free one.
    let port: Int
    let delayMilliseconds: Int

    /// Gives the port that the server listens on.
    func run() async throws -> Int {
        let server = try await TextServer.start(
            port: port, delay: .milliseconds(delayMilliseconds))
        Self.running.withLock { $0.append(server) }
        return server.port
    }

    /// What keeps the servers of this process alive.
    private static let running = Mutex<[TextServer]>([])
}
