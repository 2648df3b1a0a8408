internal import CTutti
internal import Glibc

/// The pipe that comes from one stream of a worker.
///
/// The reader's thread empties it while jobs run; the worker's keeper does it before it hands over
/// answers, so that what a job wrote is passed on before its outcome is known.
final class OutputPipe: Sendable {
    private struct State {
        var relay: OutputRelay
        /// The end to write to, until the worker has it.
        var worker: Int32?
        /// Whether `number` is this pipe's.
        var isOpen = true
    }

    /// How much is read at a time.
    private static let portion = 64 << 10

    /// The end to read from; valid until ``close()``.
    let number: Int32
    private let target: ProgramStream
    /// Held, against the custom, while the target is written to: first read, first written.
    ///
    /// Only the reader's thread and the keeper wait for it.
    private let state: Locked<State>

    /// A pipe for a stream of this form; nil for one that needs none.
    static func make(
        _ form: WorkerStream, to target: ProgramStream, keepsLastLines: Bool
    ) throws(SystemError) -> OutputPipe? {
        guard form != .inherited, form != .discarded || keepsLastLines else { return nil }
        return try OutputPipe(OutputRelay(form, keepsLastLines: keepsLastLines), to: target)
    }

    private init(_ relay: OutputRelay, to target: ProgramStream) throws(SystemError) {
        var pair: [Int32] = [-1, -1]
        let code = tutti_pipe(&pair)
        guard code == 0 else { throw SystemError("pipe2", code: code) }
        number = pair[0]
        self.target = target
        state = Locked(State(relay: relay, worker: pair[1]))
    }

    deinit {
        // Of a worker whose start failed.
        begin(pid: 0)
        _ = close()
    }

    /// The worker's end, until the worker has it.
    var worker: Int32? { state.withLock { $0.worker } }

    /// The worker has its end.
    func begin(pid: Int32) {
        state.withLock { state in
            state.relay.begin(pid: pid)
            if let worker = state.worker.take() { Glibc.close(worker) }
        }
    }

    /// Passes on a portion of what is there; takes the pipe from the poller when it has ended.
    func passOn(poller: Int32) {
        state.withLock { state in
            guard state.isOpen else { return }
            guard let bytes = read(Self.portion) else {
                // It would be ready for ever. Here, since afterwards the number may be another's.
                tutti_poller_remove(poller, number)
                return
            }
            target.write(state.relay.take(bytes))
        }
    }

    /// Passes on all that is there, after jobs have ended; no other runs if it is the whole load.
    func passOnAll(isLoadFinished: Bool) {
        state.withLock { state in
            guard state.isOpen else { return }
            passOnAll(&state)
            if isLoadFinished { target.write(state.relay.finishLoad()) }
        }
    }

    /// The worker has ended: passes on what is left, and closes.
    ///
    /// Does not wait for the end of the pipe, which a command of a job may hold open for ever.
    func close() -> LastLines.Summary {
        state.withLock { state in
            guard state.isOpen else { return LastLines.Summary() }
            passOnAll(&state)
            let (rest, last) = state.relay.finish()
            target.write(rest)
            state.isOpen = false
            Glibc.close(number)
            return last
        }
    }

    /// Passes on what is there now, and not what comes meanwhile: somebody may write for ever.
    private func passOnAll(_ state: inout State) {
        var left = tutti_unread(number)
        while left > 0, let bytes = read(min(left, Self.portion)), !bytes.isEmpty {
            target.write(state.relay.take(bytes))
            left -= min(left, bytes.count)
        }
    }

    /// What is there, at most `count` bytes; nil at the end.
    private func read(_ count: Int) -> [UInt8]? {
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            result = tutti_read(number, buffer.baseAddress, count)
            filled = max(0, result)
        }
        return result == 0 || result < 0 && result != -Int(EAGAIN) ? nil : bytes
    }
}

extension WorkerStream {
    /// What `tutti_worker` has for a stream that does not come to the pool.
    var withoutPipe: Int32 { self == .discarded ? TUTTI_NOWHERE : TUTTI_INHERITED }
}
