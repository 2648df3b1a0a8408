import Glibc
import RowHarness

// Usage: concurrency-swift ROW THREADS. The rows in Swift's global pool, without Tutti; the driver
// binds it to one processor for one thread. See Benchmarks/README.md.
guard CommandLine.arguments.count == 3 else { fatalError("usage: concurrency-swift ROW THREADS") }
if let row = rows[CommandLine.arguments[1]] { await row() } else { declineRow() }
