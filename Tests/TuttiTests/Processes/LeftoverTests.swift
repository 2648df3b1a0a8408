import Dispatch
import Glibc
import Testing

@testable import Tutti

@Suite struct LeftoverTests {
    /// What is left is counted when every suite has ended: then the run of all tests fails.
    @Test func `after all suites nothing of any pool is left`() {
        #expect(isCountedAtExit)
    }
}

private let isCountedAtExit = atexit { countLeftovers() } == 0

/// Ends the process with 1 when there is a worker, a descriptor, a thread or memory of a pool.
private func countLeftovers() {
    let isShutDown = DispatchSemaphore(value: 0)
    Task.detached {
        // The one that nobody shuts down.
        await ProcessPool.shared.shutdown()
        isShutDown.signal()
    }
    isShutDown.wait()
    var left = Leftovers.now(mark: "").ofPools
    // Pools that were let go end by themselves; of that there is no sign.
    for _ in 0..<2000 where left != Leftovers() {
        usleep(10_000)
        left = Leftovers.now(mark: "").ofPools
    }
    guard left != Leftovers() else { return }
    var sentence = "After all tests there is still: \(left)\n"
    sentence.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    _exit(1)
}
