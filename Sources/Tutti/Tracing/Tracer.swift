internal import CTutti
internal import Glibc
internal import Synchronization

/// Who traces in this process, and where its events are.
final class Tracer: Sendable {
    static let shared = Tracer()

    private struct State: Sendable {
        /// How many stretches are being traced.
        var stretches = 0
        /// The numbers of names by the address of the type or literal, and by what they say.
        var numbers: [UInt: UInt16] = [:]
        var places: [String: UInt16] = [:]
        /// Worker processes that live, by their number.
        var workers: [Int32: WorkerTrace] = [:]
        /// What those wrote that have ended since somebody traces.
        var ended = Trace()
        /// Where files are left, when the whole program is traced.
        var folder: String?
    }

    /// So many events are kept of worker processes that have ended: as many as a program keeps.
    private static let mostEndedEvents = 1024 * TraceLayout.eventsInSheet

    private let state = Locked(State())
    /// Set once, under the lock; never taken away, since a thread may be about to write.
    private static let start = Atomic<UInt>(0)
    private static let isWorker = Atomic<Bool>(false)

    /// The memory of this process; nil before anybody traced.
    static var memory: TraceMemory? {
        // Acquires what `use` released.
        guard let start = UnsafeMutableRawPointer(bitPattern: start.load(ordering: .acquiring))
        else { return nil }
        return TraceMemory(start, isWorker.load(ordering: .relaxed) ? .worker : .program)
    }

    /// Has events written to memory that lives as long as the process.
    private static func use(_ memory: UnsafeMutableRawPointer, asWorker: Bool = false) {
        isWorker.store(asWorker, ordering: .relaxed)
        // From here on the child of a fork must know that it is one.
        tutti_keep_pen()
        start.store(UInt(bitPattern: memory), ordering: .releasing)
    }

    // MARK: Names

    /// The number of a name that the calling thread does not remember; from now on it does.
    func number(of key: UInt, _ name: () -> String) -> UInt16 {
        let known = state.withLock { $0.numbers[key] }
        let number = known ?? add(name(), key)
        tutti_know_name(key, number)
        return number
    }

    private func add(_ name: String, _ key: UInt) -> UInt16 {
        state.withLock { state in
            guard let memory = Self.memory else { return 1 }
            let number = state.places[name] ?? memory.addName(name)
            state.places[name] = number
            state.numbers[key] = number
            return number
        }
    }

    // MARK: Stretches

    /// Begins to trace; returns since when.
    func begin() throws(SystemError) -> MonotonicClock.Instant {
        // The child of a fork shares memory with its parent.
        guard tutti_is_forked() == 0 else { throw SystemError("fork", code: ENOTSUP) }
        let result = state.withLock { state -> Result<Void, SystemError> in
            if Self.memory == nil {
                _ = tutti_choose_ticks()
                guard let start = tutti_trace_memory(TraceLayout.program.bytes) else {
                    return .failure(SystemError("mmap"))
                }
                _ = TraceMemory(start, for: getpid(), .program)
                Self.use(start)
            }
            if state.stretches == 0 {
                let now = tutti_ticks()
                Self.memory?.begin(at: now)
                for worker in state.workers.values { worker.memory.begin(at: now) }
                tutti_set_tracing(1)
            }
            state.stretches += 1
            return .success(())
        }
        try result.get()
        return MonotonicClock().now
    }

    /// Ends to trace; returns what happened since a moment.
    func end(since moment: MonotonicClock.Instant) -> Trace {
        let (images, ended) = state.withLock { state in
            let memories = [Self.memory].compactMap(\.self) + state.workers.values.map(\.memory)
            let images = memories.map { $0.copy() }
            let ended = state.ended
            state.stretches -= 1
            if state.stretches == 0 {
                tutti_set_tracing(0)
                Self.memory?.discardEvents()
                for worker in state.workers.values { worker.memory.isWanted = false }
                state.ended = Trace()
            }
            return (images, ended)
        }
        var trace = ended
        let now = ClockReading.now
        for image in images {
            if let one = try? TraceReader.read(image, until: now) { trace.add(one) }
        }
        trace.keep(since: moment)
        trace.sort()
        return trace
    }

    // MARK: Worker processes, as the program has them

    /// Makes the memory of a worker; nil when that cannot be had, and the worker goes untraced.
    func add(worker: Int32) -> WorkerTrace? {
        let (folder, isWanted) = state.withLock { ($0.folder, $0.stretches > 0) }
        // Not for a worker of a worker: nobody would read it.
        guard isWanted, let trace = try? WorkerTrace(process: worker, folder: folder) else {
            return nil
        }
        state.withLock { state in
            state.workers[worker] = trace
            if state.stretches > 0 { trace.memory.begin(at: tutti_ticks()) }
        }
        return trace
    }

    /// A worker has ended: keeps what it wrote.
    func remove(_ worker: WorkerTrace) {
        let trace = try? TraceReader.read(worker.memory.copy(), until: .now)
        state.withLock { state in
            guard state.workers[worker.process] === worker else { return }
            state.workers[worker.process] = nil
            guard state.stretches > 0, let trace else { return }
            state.ended.add(trace)
            // Seldom, since there may be thousands of workers: sorting takes longer than their lives.
            guard state.ended.events.count > 2 * Self.mostEndedEvents else { return }
            state.ended.sort()
            state.ended.keep(since: .init(nanoseconds: 0), atMost: Self.mostEndedEvents)
        }
    }

    // MARK: In a worker process

    /// Traces into memory that the program has made, as long as it wants that.
    func follow(_ descriptor: Int32) {
        guard Self.memory == nil,
            let start = tutti_shared_map(descriptor, TraceLayout.worker.bytes, 1)
        else { return }
        _ = tutti_choose_ticks()
        Self.use(start, asWorker: true)
        followProgram()
    }

    /// Begins or ends to trace, as the program wants.
    func followProgram() {
        guard Self.isWorker.load(ordering: .relaxed), let memory = Self.memory else { return }
        tutti_set_tracing(memory.isWanted ? 1 : 0)
    }

    // MARK: Whole programs

    /// Traces into a file until the process ends.
    func traceAll(into folder: String) throws(SystemError) {
        _ = tutti_choose_ticks()
        let process = getpid()
        let start = try TraceFile.make(folder: folder, process: process, .program)
        _ = TraceMemory(start, for: process, .program)
        Self.use(start)
        state.withLock { state in
            state.folder = folder
            state.stretches = 1
        }
        tutti_set_tracing(1)
    }
}
