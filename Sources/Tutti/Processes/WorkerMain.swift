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

/// Takes one job after the other off the wire.
private func serve() {
    var reader = FrameReader(wire: TUTTI_WIRE)
    let parker = Parker()
    var types: [TypeReference: any Job.Type] = [:]
    guard let hello = try? JobMessage.hello(.init(version: Frame.version, build: Build.id)),
        hello.send(on: TUTTI_WIRE) == 0
    else { tutti_leave(72) }
    while true {
        guard let request = try? reader.next() else { tutti_leave(0) }
        let answer = answer(to: request, &types, parker)
        // What the job wrote belongs before its end, and would be lost by the end of the worker.
        fflush(nil)
        guard answer.send(on: TUTTI_WIRE) == 0 else { tutti_leave(0) }
    }
}

private func answer(
    to request: Frame, _ types: inout [TypeReference: any Job.Type], _ parker: Parker
) -> Frame {
    do {
        var offset = Frame.headerSize
        let reference = try JobMessage.decode(TypeReference.self, from: request, at: &offset)
        guard let type = types[reference] ?? reference.type as? any Job.Type else {
            throw ProcessError.typeNotFound(type: reference.name)
        }
        types[reference] = type
        return run(try JobMessage.decode(type, from: request, at: &offset), parker)
    } catch {
        return JobMessage.error(error)
    }
}

private func run(_ job: some Job, _ parker: Parker) -> Frame {
    let answer = Answer()
    // On this thread until it waits: a job that does not wait costs no switch of threads.
    Task.immediate {
        let frame: Frame
        do {
            frame = try JobMessage.value(try await job.runBlocking())
        } catch {
            frame = JobMessage.error(error)
        }
        answer.frame.withLock { $0 = frame }
        parker.unpark()
    }
    while true {
        // A token may be older than this job: what counts is the answer.
        parker.park()
        if let frame = answer.frame.withLock({ $0 }) { return frame }
    }
}

/// Where a task leaves its answer for the serving thread.
private final class Answer: Sendable {
    let frame = Locked<Frame?>(nil)
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
