import CompareReport
import TuttiDiagnosis

/// Comparisons as a machine with two cores makes them.
enum Samples {
    static let captions = [
        "urls": "work that waits: 200 URLs, 50 ms each",
        "frames": "work that computes: 96 frames of a path-traced Cornell box",
        "mixed": "work that does both: 100 jobs, 50 ms of waiting and 20 ms of computing each",
    ]

    static let executors = [
        "in-order", "event-loop", "threads", "cores", "processes", "loop+cores",
    ]

    static let comparison = Comparison(cores: 2, workloads: [urls, frames, mixed])

    static let urls = workload(
        "urls", jobs: 200, walls: [10.1, 0.0902, 0.21, 5.1, 5.12, 0.0921],
        cpu: [0.1, 0.021, 0.12, 0.11, 0.13, 0.03], inFlight: [1, 200, 200, 2, 2, 200])

    static let frames = workload(
        "frames", jobs: 96, walls: [3.01, 3.02, 1.55, 1.54, 1.66, 1.55],
        cpu: [3, 3, 3.05, 3.04, 3.08, 3.05], inFlight: [1, 1, 2, 2, 2, 2])

    static let mixed = workload(
        "mixed", jobs: 100, walls: [7.02, 2.1, 1.06, 3.5, 3.52, 1.07],
        cpu: [2.02, 2.04, 2.08, 2.03, 2.06, 2.05], inFlight: [1, 100, 100, 2, 2, 100])

    static func workload(
        _ name: String, jobs: Int, walls: [Double], cpu: [Double], inFlight: [Int]
    ) -> WorkloadResult {
        WorkloadResult(
            name: name, jobs: jobs,
            runs: executors.indices.map { index in
                run(
                    executors[index], wall: walls[index], cpu: cpu[index],
                    speedup: walls[0] / walls[index], inFlight: inFlight[index], jobs: jobs)
            })
    }

    static func run(
        _ executor: String, wall: Double, cpu: Double, speedup: Double? = nil, inFlight: Int = 1,
        jobs: Int = 100, digest: String = "5f3a"
    ) -> RunResult {
        RunResult(
            executor: executor, wall: wall, cpu: cpu, speedup: speedup, coresUsed: cpu / wall,
            inFlightMean: Double(inFlight) * 0.97, inFlightMax: inFlight,
            voluntarySwitches: 3 * jobs * inFlight, involuntarySwitches: jobs / 4,
            peakMemory: executor == "processes" ? 61.25 : 18.5, digest: digest)
    }

    /// Jobs one after another on each thread, an event loop's all on one; threads compute as much as
    /// the run did and else wait.
    static func runs(of comparison: Comparison) -> [RecordedRun] {
        comparison.workloads.flatMap { workload in
            workload.runs.map { run in
                RecordedRun(
                    workload: workload.name, executor: run.executor,
                    diagnosis: Diagnosis(recording(of: run, jobs: workload.jobs)))
            }
        }
    }

    static func recording(of run: RunResult, jobs: Int) -> Recording {
        func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }
        var recording = Recording(
            command: ["sample"], processors: 2, source: .switches,
            duration: nanoseconds(run.wall), reasons: [WaitReason(.network, .read)])
        let rounds = (jobs + run.inFlightMax - 1) / run.inFlightMax
        let length = run.wall / Double(rounds)
        let threads = run.executor == "event-loop" ? 1 : run.inFlightMax
        recording.threads = (0..<threads).map { number in
            ThreadRecord(
                process: 100, thread: Int32(100 + number), parent: 1, name: "tutti", born: 0,
                died: recording.duration,
                intervals: (0..<rounds).flatMap { round in
                    let start = length * Double(round)
                    let busy = min(1, run.cpu / run.wall / Double(threads)) * length
                    let times = [start, start + busy, start + length].map(nanoseconds)
                    return [
                        Interval(.running, from: times[0], to: times[1]),
                        Interval(.asleep, from: times[1], to: times[2], reason: 0),
                    ]
                })
        }
        recording.add(
            (0..<jobs).map { job in
                let slot = job % run.inFlightMax
                // Like a real start: each a little later than the one before.
                let late = 0.3 * length * Double(slot) / Double(run.inFlightMax)
                let start = length * Double(job / run.inFlightMax) + late
                return Recording.Span(
                    .job, "job \(job)", process: 100, thread: Int32(100 + slot % threads),
                    from: nanoseconds(start), to: nanoseconds(start + 0.69 * length))
            })
        return recording
    }

    static let page = ComparisonPage(
        comparison, runs: runs(of: comparison), captions: captions
    ).description
}
