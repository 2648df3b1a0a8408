internal import CDiagnosis
internal import Glibc
internal import Tutti

/// Records what a program does, without root and without changing it.
public struct Recorder {
    /// What is recorded.
    public enum Target: Hashable, Sendable {
        /// A program that is started; its input, output and environment are this program's.
        case program([String])
        /// A process that runs.
        case process(Int32)
    }

    /// What is recorded.
    public var target: Target
    /// How long; nil until the program ends.
    public var time: Duration?
    /// Whether /proc is sampled although switch records may be had.
    public var onlySamples = false

    /// A recorder of `target`.
    public init(_ target: Target, for time: Duration? = nil) {
        self.target = target
        self.time = time
    }

    /// Records until the program ends, the time is over or an interrupt comes.
    ///
    /// Blocks the calling thread, and handles signals of this process: those that a started program
    /// would get from a terminal or from whoever thinks that this program is it.
    ///
    /// - Returns: the recording; a started program has ended, and its ending is in it.
    /// - Throws: ``RecorderError`` when nothing could be recorded.
    public func record() throws(RecorderError) -> Recording {
        switch target {
        case .program(let arguments): try record(program: arguments)
        case .process(let number): try record(process: number)
        }
    }

    private func record(program arguments: [String]) throws(RecorderError) -> Recording {
        let child = try Child(arguments)
        var session = Session(root: child.process, processors: Processors.usable.count)
        session.open([child.process], onlySamples: onlySamples)
        session.begin(
            with: .starts(
                process: child.process, thread: child.process, parent: getpid(),
                name: String((arguments.first ?? "").split(separator: "/").last ?? "")))
        try child.run()
        while !session.isOver(after: time), !child.hasEnded {
            _ = diagnosis_wait(child.descriptor, Int64(session.pause))
            session.look()
        }
        var recording = session.finish(command: arguments)
        // The recording may be over before the program is.
        recording.ending = child.bury()
        return recording
    }

    private func record(process number: Int32) throws(RecorderError) -> Recording {
        var session = Session(root: number, processors: Processors.usable.count)
        guard number > 0, session.attach(onlySamples: onlySamples) else {
            throw .noProcess(number)
        }
        let descriptor = diagnosis_open_process(number)
        defer { if descriptor >= 0 { close(descriptor) } }
        diagnosis_note_interrupt()
        var hasEnded = false
        while !session.isOver(after: time), !hasEnded, diagnosis_interrupt() == 0 {
            hasEnded = diagnosis_wait(descriptor, Int64(session.pause)) == 1
            if descriptor < 0 { hasEnded = kill(number, 0) != 0 && errno == ESRCH }
            session.look()
        }
        let words =
            ProcFiles.text("/proc/\(number)/cmdline")?.split(separator: "\0").map(String.init) ?? []
        return session.finish(command: words.isEmpty ? ["process \(number)"] : words)
    }
}

extension Recorder {
    /// Ends this process by a signal, as the program that it recorded ended.
    public static func endThisProcess(by signal: Int32) {
        diagnosis_end_by(signal)
    }
}
