import Glibc
import TuttiTesting

@testable import Tutti

/// Sends signals to the workers of a pool, and remembers which.
final class SiegeKiller: Sendable {
    static let signals = [SIGKILL, SIGSEGV, SIGSTOP]

    private let pool: ProcessPool
    private let hits = Locked<[Int32: [Int32]]>([:])

    init(_ pool: ProcessPool) {
        self.pool = pool
    }

    /// The signals that a worker got.
    func hits(on pid: Int32) -> [Int32] { hits.withLock { $0[pid] ?? [] } }

    /// How often each signal was sent.
    var counts: [Int32: Int] {
        hits.withLock { $0.values.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 } }
    }

    /// Hits a random worker with a random signal some three times a second, until it is cancelled.
    func rage(seed: UInt64) async {
        var random = SplitMix64(seed: seed)
        while (try? await Task.sleep(for: .milliseconds(random.next() % 400 + 100))) != nil {
            let workers = pool.workers
            guard !workers.isEmpty else { continue }
            let worker = workers[Int(random.next() % UInt64(workers.count))]
            hit(worker, Self.signals[Int(random.next() % 3)])
        }
    }

    /// Sends a signal to a worker, if it is still one.
    func hit(_ pid: Int32, _ signal: Int32) {
        // The number may be another process's by now. But a worker leaves `workers` before it is
        // buried: if it is there after the descriptor was made, the descriptor is a worker's.
        let descriptor = Int32(call(pidfd_open, Int(pid), 0, 0, 0))
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard pool.workers.contains(pid) else { return }
        // Before the signal, whose effect may be judged at once.
        hits.withLock { $0[pid, default: []].append(signal) }
        _ = call(pidfd_send_signal, Int(descriptor), Int(signal), 0, 0)
    }
}

// The same numbers on all architectures.
private let pidfd_send_signal = 424
private let pidfd_open = 434

/// syscall(2), which Swift does not import since it takes any number of arguments.
///
/// Safety: its arguments are passed like those of a function with a fixed number of them, as long as
/// none is a floating-point number.
private let call = unsafeBitCast(
    dlsym(nil, "syscall"), to: (@convention(c) (Int, Int, Int, Int, Int) -> Int).self)
