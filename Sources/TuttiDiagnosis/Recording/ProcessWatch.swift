internal import CDiagnosis
internal import Glibc
internal import Synchronization
internal import Tutti

/// Records a process beside other work, until it ends or is not to be watched any more.
///
/// For a program that started the process itself and goes on meanwhile: unlike ``Recorder`` it
/// handles no signals.
package final class ProcessWatch: Sendable {
    private final class Stop: Sendable {
        let isAskedFor = Atomic(false)
    }

    private let stop: Stop
    private let recording: Task<Recording?, Never>

    private init(stop: Stop, recording: Task<Recording?, Never>) {
        self.stop = stop
        self.recording = recording
    }

    deinit { stop.isAskedFor.store(true, ordering: .relaxed) }

    /// Begins to record a process and its children; they are recorded when this returns.
    ///
    /// - Throws: ``RecorderError`` when there is no such process.
    package static func begin(_ process: Int32) async throws(RecorderError) -> ProcessWatch {
        let stop = Stop()
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
        let recording = Task {
            await ThreadPool.shared.run {
                Self.record(process, until: stop) { answer.yield($0) }
            }
        }
        let watch = ProcessWatch(stop: stop, recording: recording)
        var iterator = answers.makeAsyncIterator()
        // Nil when the calling task is cancelled, which is as good a reason to watch no longer.
        guard await iterator.next() == true else { throw .noProcess(process) }
        return watch
    }

    /// Ends the recording; takes up to 50 ms while the process lives.
    package func end() async -> Recording? {
        stop.isAskedFor.store(true, ordering: .relaxed)
        return await recording.value
    }

    private static func record(
        _ process: Int32, until stop: Stop, _ didBegin: (Bool) -> Void
    ) -> Recording? {
        var session = Session(root: process, processors: Processors.usable.count)
        let isAttached = process > 0 && session.attach(onlySamples: false)
        didBegin(isAttached)
        guard isAttached else { return nil }
        let descriptor = diagnosis_open_process(process)
        defer { if descriptor >= 0 { close(descriptor) } }
        var hasEnded = false
        while !hasEnded, !stop.isAskedFor.load(ordering: .relaxed) {
            hasEnded = diagnosis_wait(descriptor, Int64(session.pause)) == 1
            session.look()
        }
        return session.finish(command: ["process \(process)"])
    }
}
