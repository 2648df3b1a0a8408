import Glibc
import Synchronization
import Tutti

/// Turns the first Ctrl-C (SIGINT) or SIGTERM into a call, away from the signal handler.
///
/// A second signal ends the program as if nobody had listened.
enum Interrupt {
    /// Where the handler writes; set before the handler is.
    private static let pipeEnd = Atomic<Int32>(-1)

    /// Calls `body` with the signal's number when the first signal comes.
    static func listen(_ body: @escaping @Sendable (Int32) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        let readEnd = ends[0]
        pipeEnd.store(ends[1], ordering: .releasing)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Only write(2) and signal(2) here: both are safe in a handler.
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(Interrupt.pipeEnd.load(ordering: .acquiring), &byte, 1)
                signal(number, SIG_DFL)
            }
        }
        Task {
            let number = await ThreadPool.shared.run {
                var byte: UInt8 = 0
                while read(readEnd, &byte, 1) < 0, errno == EINTR {}
                return Int32(byte)
            }
            body(number)
        }
    }
}
