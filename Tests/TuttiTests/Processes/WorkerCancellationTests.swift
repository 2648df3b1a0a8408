import Glibc
import Synchronization
import Testing

@testable import Tutti

/// Says that it runs, and goes on until it is stopped.
private struct Defiant: Job {
    enum Manner: Codable { case handles, ignores, ends }
    let witness: String
    /// Its first element counts what became of the job.
    let counter: SharedArray<Int>
    let manner: Manner

    func run() -> Int {
        switch manner {
        case .handles:
            handled = counter
            signal(SIGTERM) { _ in
                handled?[0] += 1
                exit(0)
            }
        case .ignores: signal(SIGTERM, SIG_IGN)
        case .ends: break
        }
        Witness.report(getpid(), to: witness)
        guard manner == .ends else { while true { pause() } }
        while counter.withAtomic(at: 1, { $0.load(ordering: .acquiring) }) == 0 { usleep(1000) }
        return counter.withAtomic(at: 0) { $0.add(1, ordering: .releasing).newValue }
    }
}

/// For the handler, which cannot capture; set before it is installed.
// Safety: one job of one worker writes it, before the signal that reads it can come.
nonisolated(unsafe) private var handled: SharedArray<Int>?

@Suite(.timeLimit(.minutes(5))) struct WorkerCancellationTests {
    /// Runs a job, cancels it, and gives the count and how long the cancelling took.
    private func cancel(
        _ manner: Defiant.Manner, _ cancellation: WorkerCancellation
    ) async throws -> (count: Int, took: Duration, isSameWorker: Bool) {
        let pool = ProcessPool(width: 1, options: WorkerOptions(cancellation: cancellation))
        let witness = try Witness()
        let counter = try SharedArray(repeating: 0, count: 2)
        let job = Defiant(witness: witness.path, counter: counter, manner: manner)
        let running = Task { try await pool.run(job) }
        let pid = try await witness.number()
        let clock = ContinuousClock()
        let took = await clock.measure {
            running.cancel()
            counter.withAtomic(at: 1) { $0.store(1, ordering: .releasing) }
            await #expect(throws: CancellationError.self) { try await running.value }
        }
        let next = try await pool.run(WhoAmI()).pid
        await pool.shutdown()
        return (counter[0], took, next == pid)
    }

    @Test func `a job that handles SIGTERM leaves things in order`() async throws {
        let end = try await cancel(.handles, .terminate(grace: .seconds(60)))
        #expect(end.count == 1)
        #expect(!end.isSameWorker)
    }

    @Test func `a job that ignores SIGTERM is killed after the grace`() async throws {
        let grace = Duration.milliseconds(300)
        let end = try await cancel(.ignores, .terminate(grace: grace))
        #expect(end.took >= grace)
        #expect(!end.isSameWorker)
    }

    @Test func `a job that would handle SIGTERM is killed where that is asked for`() async throws {
        let end = try await cancel(.handles, .kill)
        #expect(end.count == 0)
        #expect(!end.isSameWorker)
    }

    @Test func `a job runs to its end where that is asked for, and its worker goes on`()
        async throws
    {
        let end = try await cancel(.ends, .wait)
        #expect(end.count == 1)
        #expect(end.isSameWorker)
    }

    @Test func `a grace below zero is a mistake`() {
        let options = WorkerOptions(cancellation: .terminate(grace: .seconds(-1)))
        #expect(options.mistake?.contains("grace") == true)
    }
}
