internal import CTutti
internal import Dispatch
internal import Glibc

/// Serves as a worker; called by the hook before `main`, and never returns.
///
/// The main thread serves the main actor; one thread takes jobs, another watches for the parent's
/// end. Not for use in programs: it is public only so that the linker keeps it for the hook.
@_cdecl("tutti_worker_main")
public func serveAsWorker() {
    // Commands that a job starts must not hold the wire: nobody would see the worker's end.
    tutti_close_on_exec(TUTTI_WIRE)
    do {
        try Thread(name: "tutti-watch") {
            tutti_wait_hangup(TUTTI_WIRE)
            // The parent is gone or wants nothing more, also of the job that runs.
            tutti_leave(0)
        }.detach()
        try Thread(name: "tutti-serve") { serve() }.detach()
    } catch {
        var sentence = "Tutti: a worker has no thread: \(error)\n"
        sentence.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
        tutti_leave(71)
    }
    dispatchMain()
}

/// Takes one load of jobs after the other off the wire.
private func serve() {
    var reader = FrameReader(wire: TUTTI_WIRE)
    guard let hello = try? JobMessage.hello(.init(version: Frame.version, build: Build.id)),
        let done = try? JobMessage.done(), hello.send(on: TUTTI_WIRE) == 0,
        let first = try? reader.next(), first.kind == .ledger,
        let descriptor = first.attachments.descriptors.first, let ledger = try? Ledger(descriptor)
    else { tutti_leave(72) }
    reader.linger(atMost: ledger.lingering)
    let bench = Workbench(ledger)
    let parker = Parker()
    var count = 0
    while true {
        // Mapped memory waits a moment for the next job: to map it costs a fault a page.
        if !reader.wait(within: SharedSegment.keepsAny ? 500 : -1, lingers: count == 1) {
            SharedSegment.keepNothing()
        }
        // All of the load is there or on its way: also of jobs that are recalled meanwhile.
        var frames: [Frame] = []
        count = 0
        repeat {
            guard let frame = try? reader.next() else { tutti_leave(0) }
            if frame.kind == .trace {
                frame.attachments.descriptors.first.map { WorkerTrace.follow($0.number) }
                continue
            }
            frames.append(frame)
            count += Slice.Head(frame)?.jobs.count ?? 0
        } while count < ledger.total
        WorkerTrace.followProgram()
        let load = frames
        let hasEnded = Flag()
        // On this thread until a job waits: one that does not wait costs no switch of threads.
        Task.immediate {
            await bench.run(load)
            hasEnded.value.withLock { $0 = true }
            parker.unpark()
        }
        while !hasEnded.value.withLock({ $0 }) {
            // A token may be older than this load.
            parker.park()
        }
        guard done.send(on: TUTTI_WIRE) == 0 else { tutti_leave(0) }
    }
}

/// What a task tells the serving thread.
private final class Flag: Sendable {
    let value = Locked(false)
}

/// What tells this build from another.
enum Build {
    /// Device, inode, size and time of the executable, and of the image that holds this code.
    static let id: String = {
        var text = [CChar](repeating: 0, count: 256)
        tutti_build_id(&text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }()
}
