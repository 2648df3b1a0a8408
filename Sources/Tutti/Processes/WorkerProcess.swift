internal import CTutti
internal import Glibc

/// A worker process, as its keeper holds it.
///
/// Only the keeper's thread uses it; what other threads may touch is in ``Handle``, under the lock
/// of the crew, and is taken away there before the worker is buried.
final class WorkerProcess {
    /// What is needed to stop a worker from another thread.
    struct Handle: Sendable {
        let pid: Int32
        let pidfd: Int32
        let wire: Int32

        /// Kills the worker and the commands that its jobs started.
        func kill() { tutti_kill_worker(pid, pidfd) }

        /// Ends the wire on both sides; the worker leaves, whatever it does.
        func hangUp() { shutdown(wire, Int32(SHUT_RDWR)) }
    }

    /// What was found when the worker was buried.
    struct Burial: Sendable {
        let end: WorkerEnd
        let usage: ResourceUsage
    }

    /// How long a worker whose wire has ended may take to end itself.
    static let grace: Int32 = 2000
    /// How long a worker may take until it says hello.
    static let patience: Int32 = 30_000

    private let pid: Int32
    private let pidfd: Descriptor
    private let wire: Descriptor
    private var reader: FrameReader
    /// How many jobs it was sent.
    private(set) var jobs = 0

    /// Starts a worker of depth `depth`.
    ///
    /// The calling thread must live as long as the worker: the kernel kills it with that thread.
    init(depth: Int) throws(SystemError) {
        var pair: [Int32] = [-1, -1]
        let code = tutti_socket_pair(&pair)
        guard code == 0 else { throw SystemError("socketpair", code: code) }
        let ours = Descriptor(owning: pair[0])
        let theirs = Descriptor(owning: pair[1])
        var pid: pid_t = 0
        var pidfd: Int32 = -1
        var failed: UnsafePointer<CChar>?
        let error = tutti_spawn_worker(
            "/proc/self/exe", "\(TUTTI_MARK)=\(depth):\(Build.id)", theirs.number, &pid, &pidfd,
            &failed)
        guard error == 0 else {
            throw SystemError(
                failed.map { String(cString: $0) } ?? "clone", code: error,
                subject: "/proc/self/exe")
        }
        self.pid = pid
        self.pidfd = Descriptor(owning: pidfd)
        reader = FrameReader(wire: ours.number)
        wire = ours
    }

    var handle: Handle { Handle(pid: pid, pidfd: pidfd.number, wire: wire.number) }

    /// Waits for the worker's hello; nil when it is one of this build.
    func greet() -> ProcessError? {
        guard tutti_wait_ready(wire.number, -1, Self.patience) != 0 else {
            handle.kill()
            return .workersDoNotStart(
                attempts: 1, reason: "it said nothing for \(Self.patience / 1000) seconds.")
        }
        let expected = JobMessage.Hello(version: Frame.version, build: Build.id)
        var offset = Frame.headerSize
        guard let frame = try? reader.next(), frame.kind == .hello,
            let hello = try? JobMessage.decode(
                JobMessage.Hello.self, from: frame, at: &offset)
        else { return .workersDoNotStart(attempts: 1, reason: "it ended before it said hello.") }
        guard hello == expected else {
            return .wrongBuild(worker: hello.build, program: expected.build)
        }
        return nil
    }

    /// Sends a job and waits for the answer.
    ///
    /// - Throws: ``FrameReader/Failure/unread`` when the job cannot have begun.
    func answer(to request: Frame) throws(FrameReader.Failure) -> Frame {
        jobs += 1
        let code = request.send(on: wire.number)
        // The worker is gone before it could read all of the job.
        guard code == 0 else { throw .unread }
        return try reader.next()
    }

    /// Waits until the bell rings or the idle worker dies; true when it died.
    func diesBefore(_ bell: borrowing Descriptor) -> Bool {
        tutti_wait_ready(wire.number, bell.number, -1) & 1 != 0
    }

    /// Ends the wire and gives the worker some time to leave.
    func dismiss() {
        handle.hangUp()
        _ = tutti_wait_ready(pidfd.number, -1, Self.grace)
    }

    /// Waits for the end of the worker, which was killed or dismissed.
    func bury() -> Burial {
        var code: Int32 = 0
        var status: Int32 = 0
        var usage = rusage()
        guard tutti_bury_worker(pidfd.number, &code, &status, &usage) == 0 else {
            return Burial(end: .unknown, usage: .zero)
        }
        let end: WorkerEnd =
            code == CLD_EXITED ? .exited(code: status) : .killed(signal: status)
        return Burial(end: end, usage: ResourceUsage(usage))
    }
}
