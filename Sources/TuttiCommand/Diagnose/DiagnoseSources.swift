import ArgumentParser
import Glibc
import Tutti
import TuttiDiagnosis

/// What `tutti diagnose` looks at.
struct DiagnoseSources: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("A process that runs, with its children.", valueName: "pid"))
    var pid: Int32?

    @Option(
        name: .customLong("for"), parsing: .unconditional,
        help: ArgumentHelp("Record for so long. Unless given: until the end.", valueName: "seconds")
    )
    var time: Double?

    @Option(help: ArgumentHelp("A recording that --save has written.", valueName: "file"))
    var open: String?

    @Flag(help: "Sample /proc even where the kernel would record each switch.")
    var sample = false

    /// Whether a program is started.
    var startsProgram: Bool { pid == nil && open == nil }

    /// Checks what was given; `program` loses the `--` before it.
    func validate(_ program: inout [String]) throws {
        if program.first == "--" {
            program.removeFirst()
        } else if let first = program.first, first.hasPrefix("-") {
            throw ValidationError("Unknown option '\(first)'. Options of the program go after --.")
        }
        let given = [!program.isEmpty, pid != nil, open != nil].count { $0 }
        guard given > 0 else {
            throw ValidationError("Nothing to diagnose: give -- PROGRAM, --pid or --open.")
        }
        guard given == 1 else {
            throw ValidationError(
                "A program, --pid and --open exclude each other: choose one.")
        }
        if let pid, pid <= 0 {
            throw ValidationError("--pid is \(pid): give the number of a process.")
        }
        if let time, !(time > 0 && time <= 1e6) {
            throw ValidationError("--for is \(time): give seconds, more than 0.")
        }
        if open != nil, time != nil || sample {
            throw ValidationError("--for and --sample are for recording, not for --open.")
        }
    }

    /// Records, or reads what was recorded.
    func recording(of program: [String]) throws -> Recording {
        if let open { return try OpenedRecording.read(open, option: "--open") }
        var recorder = Recorder(
            pid.map { .process($0) } ?? .program(program), for: time.map { .seconds($0) })
        recorder.onlySamples = sample
        return startsProgram ? try Self.recordTraced(recorder) : try recorder.record()
    }

    /// Records a program, and what it says itself if it uses Tutti.
    private static func recordTraced(_ recorder: Recorder) throws -> Recording {
        // Whoever traces the program already wants the events for himself.
        guard getenv(TraceFolder.variable) == nil, let folder = TraceFolder() else {
            return try recorder.record()
        }
        // This program has one thread yet, so that nobody reads its environment meanwhile.
        setenv(TraceFolder.variable, folder.path, 1)
        defer { unsetenv(TraceFolder.variable) }
        var recording = try recorder.record()
        folder.add(to: &recording)
        return recording
    }
}
