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
        let ledger: Ledger

        /// Kills the worker and the commands that its jobs started.
        func kill() { tutti_kill_worker(pid, pidfd) }

        /// Asks the worker and the commands that its jobs started to end.
        func terminate() { tutti_terminate_worker(pid, pidfd) }

        /// Ends the wire on both sides; the worker leaves, whatever it does.
        func hangUp() { shutdown(wire, Int32(SHUT_RDWR)) }
    }

    /// What was found when the worker was buried.
    struct Burial: Sendable {
        let end: WorkerEnd
        let usage: ResourceUsage
        /// What it wrote last, since its last answer.
        let last: LastLines.Summary

        /// The facts for whoever waits for a job that died with the worker.
        func death(
            of job: any Job.Type, pid: Int32, attempt: Int, ranFor: Duration,
            _ options: WorkerOptions
        ) -> WorkerDeath {
            WorkerDeath(
                job: typeName(job), pid: pid, end: end, attempt: attempt, ranFor: ranFor,
                trap: end.mayHaveMessage ? last.trap : nil, lastLines: last.lines,
                memoryLimit: options.memoryLimit, processorTimeLimit: options.processorTimeLimit)
        }
    }

    /// How long a worker whose wire has ended may take to end itself.
    static let grace: Int32 = 2000
    /// How long a worker may take until it says hello.
    static let patience: Int32 = 30_000

    private let pid: Int32
    private let pidfd: Descriptor
    private let wire: Descriptor
    private var reader: FrameReader
    private let ledger: Ledger
    private let outputs: OutputReader
    /// Through them comes what it writes; nil where it does not come to the pool.
    private let output: OutputPipe?
    private let error: OutputPipe?
    /// How many jobs it was sent.
    private(set) var jobs = 0
    /// Its life, as traces have it.
    private let life: OpenSpan
    /// The memory for its events; nil until somebody traces.
    private var trace: WorkerTrace?
    /// How many jobs it was sent last.
    private var lastLoad = 0

    /// What came from a worker.
    enum Word {
        case frame(Frame)
        /// Nothing yet.
        case late
        /// Its end, or what no worker says.
        case end
    }

    /// Starts a worker of depth `depth`.
    ///
    /// The calling thread must live as long as the worker: the kernel kills it with that thread.
    init(
        depth: Int, options: WorkerOptions, outputs: OutputReader, lingering: UInt64
    ) throws(SystemError) {
        ledger = try Ledger()
        ledger.lingering = lingering
        var pair: [Int32] = [-1, -1]
        let code = tutti_socket_pair(&pair)
        guard code == 0 else { throw SystemError("socketpair", code: code) }
        let ours = Descriptor(owning: pair[0])
        let theirs = Descriptor(owning: pair[1])
        self.outputs = outputs
        output = try OutputPipe.make(
            options.standardOutput, to: .output, keepsLastLines: false)
        error = try OutputPipe.make(options.standardError, to: .error, keepsLastLines: true)
        var start = tutti_worker()
        start.wire = theirs.number
        start.output = output?.worker ?? options.standardOutput.withoutPipe
        start.error = error?.worker ?? options.standardError.withoutPipe
        let process = try Self.spawn(&start, depth, options)
        pid = process.pid
        life = OpenSpan.begin(.worker, number: Int(pid))
        pidfd = Descriptor(owning: process.pidfd)
        reader = FrameReader(wire: ours.number, lingering: lingering)
        wire = ours
        do throws(SystemError) {
            for pipe in pipes {
                pipe.begin(pid: pid)
                try outputs.watch(pipe)
            }
        } catch {
            handle.kill()
            _ = bury()
            throw error
        }
    }

    private static func spawn(
        _ start: inout tutti_worker, _ depth: Int, _ options: WorkerOptions
    ) throws(SystemError) -> (pid: pid_t, pidfd: Int32) {
        let program = "/proc/self/exe"
        start.niceness = Int32(options.niceness)
        start.memory = UInt64(options.memoryLimit ?? 0)
        start.seconds = options.processorSeconds
        var pid: pid_t = 0
        var pidfd: Int32 = -1
        var failed: UnsafePointer<CChar>?
        let code = tutti_spawn_worker(
            program, "\(TUTTI_MARK)=\(depth):\(Build.id)", options.environmentChanges,
            options.workingDirectory, &start, &pid, &pidfd, &failed)
        guard code == 0 else {
            let call = failed.map { String(cString: $0) } ?? "clone"
            let subject =
                switch call {
                case "chdir": options.workingDirectory ?? ""
                case "execve": program
                default: ""
                }
            throw SystemError(call, code: code, subject: subject)
        }
        return (pid, pidfd)
    }

    private var pipes: [OutputPipe] { [output, error].compactMap(\.self) }

    var handle: Handle {
        Handle(pid: pid, pidfd: pidfd.number, wire: wire.number, ledger: ledger)
    }

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
                JobMessage.Hello.self, from: WireReader(frame.bytes), at: &offset)
        else { return .workersDoNotStart(attempts: 1, reason: "it ended before it said hello.") }
        guard hello == expected else {
            return .wrongBuild(worker: hello.build, program: expected.build)
        }
        guard (try? JobMessage.ledger(ledger.descriptor))?.send(on: wire.number) == 0 else {
            return .workersDoNotStart(attempts: 1, reason: "it ended after it said hello.")
        }
        return nil
    }

    /// Sends jobs, for which the ledger is open; false when the worker is gone.
    func send(_ load: Load) -> Bool {
        beginTrace()
        jobs += load.count
        lastLoad = load.count
        return load.send(on: wire.number) == 0
    }

    /// Sends what its events go to, once somebody traces.
    private func beginTrace() {
        guard trace == nil, let new = WorkerTrace.begin(worker: pid) else { return }
        trace = new
        let descriptor = SharedDescriptor(owning: new.duplicate())
        _ = (try? JobMessage.trace(descriptor))?.send(on: wire.number)
    }

    /// Sends the set-up, which does not count among the jobs; false when the worker is gone.
    func sendSetUp(_ frame: Frame) -> Bool { frame.send(on: wire.number) == 0 }

    /// Whether somebody has stopped it.
    var isStopped: Bool { tutti_is_stopped(pid) != 0 }

    /// How much of the worker is in memory now; 0 when that cannot be known.
    var residentBytes: Int { tutti_resident_bytes(pid) }

    /// Waits for the worker's next frame, `milliseconds` or, below 0, for ever.
    func next(within milliseconds: Int32) -> Word {
        guard reader.wait(within: milliseconds, lingers: lastLoad == 1) else { return .late }
        return (try? reader.next()).map { .frame($0) } ?? .end
    }

    /// Passes on what the jobs wrote whose answers are there.
    func passOnOutput(isLoadFinished: Bool) {
        for pipe in [output, error] { pipe?.passOnAll(isLoadFinished: isLoadFinished) }
    }

    /// Waits until the bell rings, the idle worker dies or time is up; true when it died.
    func diesBefore(_ bell: borrowing Descriptor, within milliseconds: Int32) -> Bool {
        tutti_wait_ready(wire.number, bell.number, milliseconds) & 1 != 0
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
        let isOurs = tutti_bury_worker(pidfd.number, &code, &status, &usage) == 0
        trace?.end()
        if isOurs, code != CLD_EXITED { Emission.note(.death, number: Int(status)) }
        life.end()
        // Afterwards: now all that it wrote is in the pipes.
        for pipe in pipes { outputs.forget(pipe) }
        _ = output?.close()
        let last = error?.close() ?? LastLines.Summary()
        guard isOurs else { return Burial(end: .unknown, usage: .zero, last: last) }
        let end: WorkerEnd =
            code == CLD_EXITED ? .exited(code: status) : .killed(signal: status)
        return Burial(end: end, usage: ResourceUsage(usage), last: last)
    }
}
