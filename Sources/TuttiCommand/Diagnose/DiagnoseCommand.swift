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

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp(visibility: .hidden))
    var program: [String] = []

    mutating func validate() throws {
        try sources.validate(&program)
        try outputs.validate()
    }

    func run() throws {
        do {
            try outputs.prepare()
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
