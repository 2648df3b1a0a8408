internal import CTutti
internal import Glibc

/// Empties the pipes of all workers of a pool, on one thread.
///
/// The thread lives from the first pipe to the end of the last keeper: a pool without pipes, or
/// without workers, has none.
final class OutputReader: Sendable {
    /// The thread and what it waits with.
    private final class Reading: Sendable {
        let poller: Descriptor
        let bell: Descriptor
        let hasEnded = Parker()

        init(poller: consuming Descriptor, bell: consuming Descriptor) {
            self.poller = poller
            self.bell = bell
        }
    }

    private struct State {
        var keepers = 0
        var reading: Reading?
        var pipes: [UInt64: OutputPipe] = [:]
        var lastName: UInt64 = 0
    }

    /// The name of the bell; pipes have others.
    private static let bell: UInt64 = 0
    private let state = Locked(State())

    /// A keeper begins: the thread may be needed.
    func enter() {
        state.withLock { $0.keepers += 1 }
    }

    /// A keeper goes; with the last one the thread ends, before this returns.
    func leave() {
        let reading = state.withLock { state -> Reading? in
            state.keepers -= 1
            guard state.keepers == 0 else { return nil }
            defer { state.reading = nil }
            return state.reading
        }
        guard let reading else { return }
        tutti_ring(reading.bell.number)
        reading.hasEnded.park()
    }

    /// Empties a pipe from now on.
    func watch(_ pipe: OutputPipe) throws(SystemError) {
        try state.withLock { state throws(SystemError) in
            let reading: Reading
            if let known = state.reading { reading = known } else { reading = try start() }
            state.reading = reading
            state.lastName += 1
            let code = tutti_poller_add(reading.poller.number, pipe.number, state.lastName)
            guard code == 0 else { throw SystemError("epoll_ctl", code: code) }
            state.pipes[state.lastName] = pipe
        }
    }

    /// Leaves a pipe alone, which is still open.
    func forget(_ pipe: OutputPipe) {
        state.withLock { state in
            guard let reading = state.reading,
                let name = state.pipes.first(where: { $0.value === pipe })?.key
            else { return }
            state.pipes[name] = nil
            // Closing it would not do when a fork of the program has it open as well.
            tutti_poller_remove(reading.poller.number, pipe.number)
        }
    }

    private func start() throws(SystemError) -> Reading {
        let poller = Descriptor(owning: tutti_poller())
        guard poller.number >= 0 else { throw SystemError("epoll_create1") }
        let bell = Descriptor(owning: tutti_bell())
        guard bell.number >= 0 else { throw SystemError("eventfd") }
        let code = tutti_poller_add(poller.number, bell.number, Self.bell)
        guard code == 0 else { throw SystemError("epoll_ctl", code: code) }
        let reading = Reading(poller: poller, bell: bell)
        // The number and not the descriptor: that is closed by whoever waits for the end.
        let (number, hasEnded) = (reading.poller.number, reading.hasEnded)
        try Thread(name: "tutti-output", stackSize: 512 << 10) {
            self.read(number)
            hasEnded.unpark()
        }.detach()
        return reading
    }

    private func read(_ poller: Int32) {
        var names = [UInt64](repeating: 0, count: 16)
        while true {
            let count = tutti_poller_wait(poller, &names, Int32(names.count))
            for name in names.prefix(Int(max(0, count))) {
                if name == Self.bell { return }
                state.withLock { $0.pipes[name] }?.passOn(poller: poller)
            }
        }
    }
}
