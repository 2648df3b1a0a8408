internal import CDiagnosis
internal import Glibc
internal import Tutti

/// A program that was started and waits to be let go.
struct Child: ~Copyable {
    let process: Int32
    /// Becomes readable when the program has ended; -1 where the kernel has none.
    let descriptor: Int32
    private let gate: Int32
    private let program: String

    /// Starts it; it does nothing before ``run()``.
    init(_ arguments: [String]) throws(RecorderError) {
        program = arguments.first ?? ""
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        var gate: Int32 = -1
        var failed: UnsafePointer<CChar>?
        let code = diagnosis_start(&words, &process, &gate, &failed)
        guard code == 0 else {
            throw .system(SystemError(failed.map { String(cString: $0) } ?? "", code: code))
        }
        self.process = process
        self.gate = gate
        descriptor = diagnosis_open_process(process)
        diagnosis_pass_signals_to(process)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Lets it run.
    func run() throws(RecorderError) {
        let code = diagnosis_release(gate)
        guard code != 0 else { return }
        diagnosis_pass_signals_to(0)
        _ = diagnosis_bury(process)
        throw .cannotRun(program: program, SystemError("execvp", code: code))
    }

    /// Whether it has ended; its number stays its own until it is buried.
    var hasEnded: Bool { diagnosis_has_ended(process) != 0 }

    /// Waits for its end and says how it was.
    consuming func bury() -> Recording.Ending {
        // Signals are passed on until the end: after it, the number may be another's.
        while diagnosis_has_ended(process) == 0 { _ = diagnosis_wait(descriptor, 100_000_000) }
        diagnosis_pass_signals_to(0)
        let status = diagnosis_bury(process)
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
    }
}
