import Tutti
import TuttiNIO

/// What one run of a workload on an executor showed, as its process saw it.
struct Measurement: Codable, Sendable {
    /// When and where one job was in flight.
    struct Stamp: Codable, Hashable, Sendable {
        /// Nanoseconds of the monotonic clock.
        var start: UInt64
        /// Nanoseconds of the monotonic clock.
        var end: UInt64
        var process: Int32
        var thread: Int32
    }

    /// Nanoseconds of the monotonic clock, from the first job's start to the last one's end.
    var time: Range<UInt64>
    var usage: ResourceUsage
    /// One a job, in their order.
    var stamps: [Stamp]
    var digest: String

    var wallSeconds: Double { Double(time.upperBound - time.lowerBound) / 1e9 }

    /// Jobs in flight over time, mean and greatest.
    var inFlight: (mean: Double, most: Int) {
        let busy = stamps.reduce(0) { $0 + Double($1.end - $1.start) / 1e9 }
        let steps =
            stamps.flatMap { [($0.start, 1), ($0.end, -1)] }
            // At the same instant, an end comes before a start.
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        var now = 0
        var most = 0
        for (_, step) in steps {
            now += step
            most = max(most, now)
        }
        return (wallSeconds > 0 ? busy / wallSeconds : 0, most)
    }
}

/// One run of a workload, measured in a process of its own: a job like any other.
///
/// A fresh process for each run keeps one run's memory, threads and warm caches out of the next
/// one's figures.
struct MeasuredRun: Job {
    let workload: WorkloadName
    let executor: ExecutorName
    let count: Int
    let port: Int
    /// A file in which the number of finished jobs is kept up to date.
    let progressFile: String
    /// Where rendered frames are written after the measurement; nil for nowhere.
    let framesFolder: String?

    func run() async throws -> Measurement {
        switch workload {
        case .urls:
            try await measure((0..<count).map { FetchText(port: port, number: $0) })
        case .mixed:
            try await measure((0..<count).map { FetchAndStudy(port: port, number: $0) })
        case .frames:
            try await measure((0..<count).map { RenderFrame(number: $0, count: count) }) { frames in
                guard let framesFolder else { return }
                try FrameFiles(folder: framesFolder).write(frames)
            }
        }
    }

    /// Makes the executor, runs the jobs on it, and takes it down again.
    private func measure<Work: Job>(
        _ jobs: [Work], keep: @Sendable ([Work.Output]) throws -> Void = { _ in }
    ) async throws -> Measurement where Work.Output: Digestible {
        switch executor {
        case .inOrder:
            return try await measure(jobs, on: .inOrder, keep: keep)
        case .eventLoop:
            return try await measure(jobs, on: .eventLoop, keep: keep)
        case .threads:
            return try await measure(jobs, on: .threads, keep: keep)
        case .cores:
            return try await measure(jobs, on: .cores, keep: keep)
        case .processes:
            let pool = ProcessPool()
            return try await measure(jobs, on: pool, keep: keep) { await pool.shutdown() }
        case .loopAndCores:
            let both = Feeding(EventLoop.shared, cores: .cores, name: executor.rawValue)
            return try await measure(jobs, on: both, keep: keep)
        }
    }

    private func measure<Work: Job>(
        _ jobs: [Work], on executor: some JobExecutor,
        keep: @Sendable ([Work.Output]) throws -> Void,
        shutDown: @Sendable () async -> Void = {}
    ) async throws -> Measurement where Work.Output: Digestible {
        let isolated = self.executor == .processes
        let stamped = jobs.map { Stamped(work: $0, readsMemory: isolated) }
        let progress = try ProgressFile(openAt: progressFile)
        let before = ResourceUsage(of: .thisProcess)
        let start = MonotonicClock.nanoseconds
        let result: Result<[Stamped<Work>.Output], any Error>
        do {
            let batch = Batch(stamped, on: executor) { progress.write($0.done) }
            result = .success(try await batch.values())
        } catch {
            result = .failure(error)
        }
        let end = MonotonicClock.nanoseconds
        await shutDown()
        var usage = ResourceUsage(of: .thisProcess).since(before)
        let stamps = try result.get()
        if isolated {
            // Workers' time and switches are known once they have ended, their peaks from within.
            var workers = ResourceUsage(of: .endedChildren)
            workers.peakMemoryBytes = Dictionary(
                stamps.map { ($0.process, $0.peakMemoryBytes) }, uniquingKeysWith: max
            ).values.reduce(0, +)
            usage = usage + workers
        }
        try keep(stamps.map(\.value))
        return Measurement(
            time: start..<end, usage: usage,
            stamps: stamps.map {
                Measurement.Stamp(
                    start: $0.start, end: max($0.start, $0.end), process: $0.process,
                    thread: $0.thread)
            },
            digest: digest(of: stamps.map(\.value)))
    }

    private func digest(of values: [some Digestible]) -> String {
        var digest = Digest()
        for value in values { value.add(to: &digest) }
        return digest.text
    }
}
