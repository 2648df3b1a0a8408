import CTutti
import Glibc
import Tutti

/// A job and a note of when and where it ran.
///
/// It adds nothing to the executor: a user could too.
struct Stamped<Work: Job>: Job {
    let work: Work
    /// Whether the peak of the process is read after the job: a file of /proc more.
    let readsMemory: Bool

    struct Output: Codable, Sendable {
        let value: Work.Output
        /// Nanoseconds of the monotonic clock, which all processes share.
        let start: UInt64
        let end: UInt64
        let process: Int32
        /// The kernel's number of the thread on which it began.
        let thread: Int32
        /// The peak of the process that ran the job, so far; 0 when it was not to be read.
        let peakMemoryBytes: Int
    }

    func run() async throws -> Output {
        try await stamp { try await work.run() }
    }

    func runBlocking() async throws -> Output {
        try await stamp { try await work.runBlocking() }
    }

    private func stamp(_ body: () async throws -> Work.Output) async throws -> Output {
        let start = MonotonicClock.nanoseconds
        let thread = tutti_thread_id()
        let value = try await body()
        return Output(
            value: value, start: start, end: MonotonicClock.nanoseconds, process: getpid(),
            thread: thread,
            peakMemoryBytes: readsMemory ? ResourceUsage(of: .thisProcess).peakMemoryBytes : 0)
    }
}
