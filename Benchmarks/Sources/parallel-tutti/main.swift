import RowHarness
import Tutti

// Usage: parallel-tutti ROW THREADS. See Benchmarks/README.md for the protocol and the rows.
guard CommandLine.arguments.count == 3, let threads = Int(CommandLine.arguments[2]) else {
    fatalError("usage: parallel-tutti ROW THREADS")
}
let pool = ForkJoinPool(width: threads)
let tables = [joinRows, loopRows, algorithmRows]
if let row = tables.compactMap({ $0[CommandLine.arguments[1]] }).first {
    await row(pool)
} else {
    declineRow()
}
