import Glibc
import Tutti
import TuttiDiagnosis

/// Measures a run in a process of its own, and records that process from this one if asked to.
struct RunRecorder: Sendable {
    /// What one run showed.
    struct Run: Sendable {
        let measurement: Measurement
        /// From the first job's start to the last one's end, with the jobs as spans.
        var recording: Recording?
        /// Why the recording has jobs only.
        var gap: String?
    }

    let pool: ProcessPool
    let isRecorded: Bool

    /// A pool whose every run has a fresh process.
    ///
    /// One that is recorded first says who it is: a job more.
    static func pool(isRecorded: Bool) -> ProcessPool {
        ProcessPool(width: 1, options: WorkerOptions(jobsPerWorker: isRecorded ? 2 : 1))
    }

    /// Runs and measures; a recording that cannot be made costs only itself.
    func measure(_ run: MeasuredRun) async throws -> Run {
        guard isRecorded else { return Run(measurement: try await pool.run(run)) }
        let process = try await pool.run(ProcessNumber())
        let watch: ProcessWatch
        do {
            watch = try await ProcessWatch.begin(process)
        } catch {
            return Self.recorded(run, try await pool.run(run), nil, gap: "\(error)")
        }
        let measurement: Measurement
        do {
            measurement = try await pool.run(run)
        } catch {
            _ = await watch.end()
            throw error
        }
        return Self.recorded(run, measurement, await watch.end(), gap: nil)
    }

    /// Cuts out the time that was measured, and adds the jobs.
    static func recorded(
        _ run: MeasuredRun, _ measurement: Measurement, _ recording: Recording?, gap: String?
    ) -> Run {
        let time = measurement.time
        var result = Run(measurement: measurement)
        var part: Recording
        if let recording {
            part = recording.window(
                from: recording.time(of: time.lowerBound), to: recording.time(of: time.upperBound))
        } else {
            part = Recording(
                command: [], processors: Processors.usable.count, source: .switches,
                duration: time.upperBound - time.lowerBound)
            part.began = time.lowerBound
            result.gap = "What its threads did could not be recorded: \(gap ?? "it had ended.")"
        }
        part.command = ["\(run.workload.rawValue) on \(run.executor.rawValue)"]
        // Workers are started as /proc/self/exe, and called so by the kernel.
        for place in part.threads.indices where part.threads[place].name == "exe" {
            part.threads[place].name = "tutti"
        }
        part.add(
            measurement.stamps.enumerated().map { number, stamp in
                Recording.Span(
                    .job, run.workload.jobName(number), process: stamp.process,
                    thread: stamp.thread, from: part.time(of: stamp.start),
                    to: part.time(of: stamp.end))
            })
        result.recording = part
        return result
    }
}

/// Says in which process it runs.
private struct ProcessNumber: Job {
    func run() async throws -> Int32 { getpid() }
}
