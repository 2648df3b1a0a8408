internal import CTutti
internal import Glibc

/// The memory in which a worker process leaves its events, as the program has it.
///
/// Outlives the worker: what it wrote before it was killed is there.
package final class WorkerTrace: Sendable {
    let process: Int32
    // Safety: constant; every word of the memory is atomic.
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer
    /// What the worker maps; a duplicate is sent.
    private let descriptor: Descriptor

    var memory: TraceMemory { TraceMemory(start, .worker) }

    /// Makes the memory, as a file if there is a folder for it.
    init(process: Int32, folder: String?) throws(SystemError) {
        self.process = process
        if let folder {
            descriptor = try TraceFile.open(folder: folder, process: process, .worker)
        } else {
            var failed: UnsafePointer<CChar>?
            let number = tutti_shared_create("tutti-trace", TraceLayout.worker.bytes, &failed)
            guard number >= 0 else {
                throw SystemError(failed.map { String(cString: $0) } ?? "", code: -number)
            }
            descriptor = Descriptor(owning: number)
        }
        guard let start = tutti_shared_map(descriptor.number, TraceLayout.worker.bytes, 1) else {
            throw SystemError("mmap")
        }
        self.start = start
        _ = TraceMemory(start, for: process, .worker, isWorker: true)
    }

    deinit { tutti_shared_unmap(start, TraceLayout.worker.bytes) }

    /// Begins to trace a worker that was just started or has lived for long; nil when nobody traces.
    package static func begin(worker: Int32) -> WorkerTrace? {
        guard tutti_is_tracing() != 0 else { return nil }
        return Tracer.shared.add(worker: worker)
    }

    /// A descriptor of the memory to be sent to the worker, for whoever calls this to close; -1.
    package func duplicate() -> Int32 { fcntl(descriptor.number, F_DUPFD_CLOEXEC, 3) }

    /// The worker has ended.
    package func end() { Tracer.shared.remove(self) }

    /// Traces this process, a worker, into memory that the program has sent.
    package static func follow(_ descriptor: Int32) { Tracer.shared.follow(descriptor) }

    /// Begins or ends to trace this process, a worker, as the program wants.
    package static func followProgram() { Tracer.shared.followProgram() }
}
