internal import Tutti
public import TuttiNIO

/// Fetches many URLs at once, each into a file that is whole or not there.
///
/// All requests of all runs share the thread of one event loop; a run keeps as many small tasks and
/// connections as it has in flight. A waiting URL costs its request and a few words, no task.
public struct Fetcher: Sendable {
    /// How it works.
    public let configuration: FetchConfiguration
    private let loop: EventLoop

    /// Makes a fetcher that runs on `loop`; nothing is checked or started yet.
    public init(
        configuration: FetchConfiguration = FetchConfiguration(), loop: EventLoop = .shared
    ) {
        self.configuration = configuration
        self.loop = loop
    }

    /// Fetches a list and hands over each record as it comes.
    ///
    /// When the calling task is cancelled, the requests in flight are ended, parts that can be
    /// continued are kept, and every URL that is not done gets a record with
    /// ``FetchError/cancelled``.
    ///
    /// - Parameters:
    ///   - requests: the list; each gets exactly one record.
    ///   - progress: called ten times a second, on the loop's thread; must be quick.
    ///   - record: called once for each URL, in the order in which they end, on the loop's thread;
    ///     must be quick.
    /// - Throws: ``FetchError/file(_:)`` when the folder cannot be made, or
    ///   ``FetchError/invalidConfiguration(reason:)``; then nothing was asked.
    /// - Returns: what it came to.
    public func fetch(
        _ requests: [FetchRequest],
        progress: (@Sendable (FetchProgress) -> Void)? = nil,
        record: @escaping @Sendable (FetchRecord) -> Void
    ) async throws(FetchError) -> FetchSummary {
        let run = try FetchRun(
            requests, configuration, loop: loop, progress: progress, record: record)
        // Concurrent: otherwise the run would take place on the actor of the caller.
        return await withTaskExecutorPreference(loop) { @concurrent in await run.run() }
    }

    /// Fetches a list and returns its records, in the order of the list.
    ///
    /// - Throws: as ``fetch(_:progress:record:)`` does.
    public func fetchAll(_ requests: [FetchRequest]) async throws(FetchError) -> [FetchRecord] {
        let collected = Collected()
        _ = try await fetch(requests) { collected.append($0) }
        return collected.sorted
    }

    /// Fetches a list and gives the records one by one, as they come.
    ///
    /// Giving the sequence up cancels the requests that are left. When nothing can be asked at all,
    /// every URL has a record that says why.
    public func records(of requests: [FetchRequest]) -> AsyncStream<FetchRecord> {
        AsyncStream { continuation in
            // The task belongs to the stream: it ends when the stream is finished or given up.
            let task = Task {
                do throws(FetchError) {
                    _ = try await fetch(requests) { continuation.yield($0) }
                } catch {
                    for (index, request) in requests.enumerated() {
                        continuation.yield(FetchRecord(index, request, failed: error))
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// The records of a run, put in order at the end.
// Safety: appended to on the loop's thread alone, and read when the run is over.
private final class Collected: @unchecked Sendable {
    private var records: [FetchRecord] = []

    func append(_ record: FetchRecord) {
        records.append(record)
    }

    var sorted: [FetchRecord] { records.sorted { $0.index < $1.index } }
}

extension FetchRecord {
    /// A record of a URL that was never asked for.
    init(_ index: Int, _ request: FetchRequest, failed error: FetchError) {
        self.init(index, request, name: request.name, .failed(error))
    }

    /// A record of a URL whose file was there.
    init(_ index: Int, _ request: FetchRequest, skipped name: String) {
        self.init(index, request, name: name, .skipped)
    }

    private init(_ index: Int, _ request: FetchRequest, name: String?, _ outcome: Outcome) {
        self.init(
            index: index, url: request.url, finalURL: nil, name: name, outcome: outcome,
            status: nil, bytes: 0, size: nil, attempts: 0, redirects: 0, times: FetchTimes())
    }
}
