import ArgumentParser
import Tutti

/// The subcommand `tutti compare`.
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the same work on every executor, side by side.",
        discussion: """
            Work either waits or computes. This runs both kinds, and their mixture, one at a time, \
            on an event loop, on threads, on cores, in processes, and on an event loop that feeds \
            cores, and says which was fastest and why.
            """)

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Which work: urls, frames, mixed. All unless given.", valueName: "name"))
    var workload: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Where: in-order, event-loop, threads, cores, processes, loop+cores. All unless given.",
            valueName: "executor"))
    var on: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many jobs a workload has.", valueName: "n"))
    var count: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long the server waits before it answers.", valueName: "ms"))
    var delay = 50

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How often each run is repeated; medians are shown.", valueName: "n"))
    var rounds = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The port of the server; a free one unless given.", valueName: "n"))
    var port = 0

    @Option(help: ArgumentHelp("Write the figures to this file.", valueName: "file"))
    var json: String?

    @Option(
        help: ArgumentHelp(
            """
            Write a page with every thread and job of every run. The first round is recorded for \
            it; with more rounds, the figures are those of the others.
            """, valueName: "file"))
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write the rendered frames to this folder, and a film where ffmpeg is installed.",
            valueName: "dir"))
    var frames: String?

    @Flag(help: "Show no progress.")
    var quiet = false

    mutating func validate() throws {
        let workloads = try names(workload, what: "workload", of: WorkloadName.self)
        _ = try names(on, what: "executor", of: ExecutorName.self)
        func require(_ condition: Bool, _ sentence: String) throws {
            guard condition else { throw ValidationError(sentence) }
        }
        try require(
            (1...100_000).contains(count ?? 1),
            "--count is \(count ?? 0): give a number of jobs from 1 to 100000.")
        try require(
            (0...60_000).contains(delay),
            "--delay is \(delay): give milliseconds from 0 to 60000.")
        try require(
            (1...1000).contains(rounds), "--rounds is \(rounds): give a number from 1 to 1000.")
        try require(
            (0...65_535).contains(port),
            "--port is \(port): give a port from 1 to 65535, or 0 for a free one.")
        try require(
            frames == nil || workloads.contains(.frames),
            "--frames writes the frames of the workload frames: add it to --workload.")
    }

    func run() async throws {
        let plan = Plan(
            workloads: try names(workload, what: "workload", of: WorkloadName.self),
            executors: try names(on, what: "executor", of: ExecutorName.self),
            count: count, delay: delay, rounds: rounds, port: port, framesFolder: frames,
            isRecorded: html != nil)
        do {
            // What cannot be written is said before the minute of measuring, not after it.
            let outputs = try Outputs(json: json, html: html, frames: frames)
            let work = Task { try await Comparer(plan: plan, quiet: quiet).run() }
            Interrupt.listen { _ in work.cancel() }
            let findings = try await work.value
            try await outputs.write(findings)
            if findings.wasInterrupted { throw ExitCode(130) }
            if !findings.problems.isEmpty { throw ExitCode.failure }
        } catch let failure as Failure {
            printError("tutti compare: \(failure.sentence)")
            throw ExitCode.failure
        } catch let error as SystemError {
            printError("tutti compare: \(error).")
            throw ExitCode.failure
        }
    }
}

/// Something that keeps the command from doing its work, as a sentence that says what to do.
struct Failure: Error {
    let sentence: String
}
