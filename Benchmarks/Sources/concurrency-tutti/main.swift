import Dispatch
import Glibc
import RowHarness
import TuttiNIO

// Usage: concurrency-tutti preference|program ROW THREADS. See Benchmarks/README.md for the rows.
// `preference`: tasks prefer a loop with a thread of its own; `program`: the loop replaces the
// executors of the process, whose one thread it is.
guard CommandLine.arguments.count == 4 else {
    fatalError("usage: concurrency-tutti preference|program ROW THREADS")
}
let row = CommandLine.arguments[2]
if CommandLine.arguments[1] == "program" {
    EventLoop.run { await serve(row, on: EventLoop.shared) }
} else {
    Task { @concurrent in
        await serve(row, on: EventLoop())
        exit(0)
    }
    dispatchMain()
}
