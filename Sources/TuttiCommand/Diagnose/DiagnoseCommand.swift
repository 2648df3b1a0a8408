import ArgumentParser
import Glibc
import Tutti
import TuttiDiagnosis

/// The subcommand `tutti diagnose`.
struct Diagnose: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say whether a program waits or computes, and what would make it faster.",
        usage: """
            tutti diagnose [OPTIONS] -- PROGRAM [ARGUMENTS]
            tutti diagnose [OPTIONS] --pid PID [--for SECONDS]
            tutti diagnose [OPTIONS] --open FILE
            """,
        discussion: """
            Runs the program unchanged and watches it from outside, with all processes that it \
            starts: its input, output, signals and exit code pass through, the report goes to \
            standard error. Needs no root. Phases are told apart; each gets a verdict, a remedy \
            and the time that it would take then.

            Ends as the program ends; with 1 if a check fails, 64 if it was called wrongly, 125 if \
            nothing could be recorded, 126 or 127 if the program could not be run.
            """)

    @OptionGroup(title: "What is recorded") var sources: DiagnoseSources
    @OptionGroup(title: "Where the findings go") var outputs: DiagnoseOutputs

    @Flag(
        help: ArgumentHelp(
            "Run a program with {jobs} in its arguments with 1, 2 and more, and compare."))
    var verify = false

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp(visibility: .hidden))
    var program: [String] = []

    mutating func validate() throws {
        try sources.validate(&program)
        try outputs.validate()
        guard verify == JobsPlace.isIn(program) else {
            throw ValidationError(
                verify
                    ? "--verify needs {jobs} in the program's arguments, such as -- make -j{jobs}."
                    : "{jobs} in the program's arguments needs --verify.")
        }
    }

    func run() throws {
        do {
            try outputs.prepare()
            guard !verify else { return try verifyPredictions() }
            let recording = try sources.recording(of: program)
            let diagnosis = Diagnosis(recording)
            try outputs.write(diagnosis)
            try end(recording, didPass: outputs.didPass(diagnosis))
        } catch let failure as Failure {
            printError("tutti diagnose: \(failure.sentence)")
            throw ExitCode(125)
        } catch let error as RecorderError {
            printError("tutti diagnose: \(error)")
            guard case .cannotRun(_, let reason) = error else { throw ExitCode(125) }
            throw ExitCode(reason.code == ENOENT ? 127 : 126)
        }
    }

    /// Diagnoses a run with each number of workers; the report is about the first.
    private func verifyPredictions() throws {
        var runs: [(jobs: Int, diagnosis: Diagnosis)] = []
        for jobs in JobsPlace.numbers {
            let recording = try sources.recording(of: JobsPlace.filled(program, with: jobs))
            guard recording.ending == .exited(0) else {
                return try end(recording, didPass: true)
            }
            runs.append((jobs, Diagnosis(recording)))
        }
        guard let first = runs.first?.diagnosis else { return }
        try outputs.write(first)
        for line in Verification(runs).lines { printError(line) }
        guard outputs.didPass(first) else { throw ExitCode.failure }
    }

    /// Ends as the program ended, so that who called this one sees no difference.
    private func end(_ recording: Recording, didPass: Bool) throws {
        guard didPass else { throw ExitCode.failure }
        guard sources.startsProgram else { return }
        switch recording.ending {
        case .running, .exited(0): return
        case .exited(let code): throw ExitCode(code)
        case .killed(let signal):
            Recorder.endThisProcess(by: signal)
            throw ExitCode(128 + signal)  // the signal was ignored: as a shell says it
        }
    }
}
