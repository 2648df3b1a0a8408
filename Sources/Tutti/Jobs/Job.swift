/// A piece of work as a value: its stored properties are its input, ``run()`` does it.
///
/// Being `Codable`, the same job can run on this thread, on another core, or in another process.
///
/// ```swift
/// struct Thumbnail: Job {
///     let image: String, width: Int
///     func run() async throws -> [UInt8] { … }
/// }
/// let thumbnails = try await images.map { Thumbnail(image: $0, width: 256) }.run(on: .cores)
/// ```
public protocol Job: Codable, Sendable {
    /// What the job gives back.
    associatedtype Output: Codable & Sendable

    /// Does the work. While it waits, it gives its thread to others (`await`).
    ///
    /// - Throws: whatever went wrong; it becomes the error of this job's ``Outcome`` alone.
    func run() async throws -> Output

    /// Does the same work with calls that block the thread.
    ///
    /// Threads, cores and processes have a thread to spare for each job in flight and call this
    /// form; an event loop, and running in order, call ``run()``. Write it when a blocking call is
    /// at hand (a file, a database driver, C); it need not be `async`. Without it, ``run()`` serves
    /// everywhere.
    func runBlocking() async throws -> Output
}

extension Job {
    /// Calls ``run()``: right for every job that computes, or that waits with `await`.
    public func runBlocking() async throws -> Output {
        try await run()
    }
}
