/// What `tutti compare` measured: the same workloads on one executor after another.
public struct Comparison: Codable, Hashable, Sendable {
    /// How many cores the executors could use.
    public var cores: Int
    /// The workloads, in the order they ran.
    public var workloads: [WorkloadResult]

    /// Makes a comparison of results.
    public init(cores: Int, workloads: [WorkloadResult]) {
        self.cores = cores
        self.workloads = workloads
    }
}

/// What became of one workload on each executor.
public struct WorkloadResult: Codable, Hashable, Sendable {
    /// The name that the command line knows: `urls`.
    public var name: String
    /// How many jobs the workload has.
    public var jobs: Int
    /// One run an executor, in the order they ran.
    public var runs: [RunResult]

    /// Makes the result of a workload.
    public init(name: String, jobs: Int, runs: [RunResult]) {
        self.name = name
        self.jobs = jobs
        self.runs = runs
    }

    /// The run that the others are measured against, if it was made.
    public var inOrder: RunResult? { runs.first { $0.executor == "in-order" } }
}

/// What one run of a workload took.
public struct RunResult: Codable, Hashable, Sendable {
    /// `in-order`, `event-loop`, `threads`, `cores`, `processes` or `loop+cores`.
    public var executor: String
    /// Seconds from the first start to the last end.
    public var wall: Double
    /// Seconds of processor time, of all threads and processes.
    public var cpu: Double
    /// How many times faster than in order; nil (`null`) when nothing was run in order.
    public var speedup: Double?
    /// Cores kept busy on average: processor time by wall time.
    public var coresUsed: Double
    /// Jobs in flight on average.
    public var inFlightMean: Double
    /// The most jobs in flight at once.
    public var inFlightMax: Int
    /// How often a thread gave up its processor to wait.
    public var voluntarySwitches: Int
    /// How often a thread was taken off its processor.
    public var involuntarySwitches: Int
    /// The most memory resident at once, in units of 2²⁰ bytes.
    public var peakMemory: Double
    /// A fingerprint of the results: equal digests, equal results.
    public var digest: String

    /// Makes the result of a run.
    public init(
        executor: String, wall: Double, cpu: Double, speedup: Double?, coresUsed: Double,
        inFlightMean: Double, inFlightMax: Int, voluntarySwitches: Int, involuntarySwitches: Int,
        peakMemory: Double, digest: String
    ) {
        self.executor = executor
        self.wall = wall
        self.cpu = cpu
        self.speedup = speedup
        self.coresUsed = coresUsed
        self.inFlightMean = inFlightMean
        self.inFlightMax = inFlightMax
        self.voluntarySwitches = voluntarySwitches
        self.involuntarySwitches = involuntarySwitches
        self.peakMemory = peakMemory
        self.digest = digest
    }

    enum CodingKeys: String, CodingKey {
        case executor, speedup, digest
        case wall = "wall_s"
        case cpu = "cpu_s"
        case coresUsed = "cores_used"
        case inFlightMean = "in_flight_mean"
        case inFlightMax = "in_flight_max"
        case voluntarySwitches = "switches_voluntary"
        case involuntarySwitches = "switches_involuntary"
        case peakMemory = "peak_memory_mb"
    }
}
