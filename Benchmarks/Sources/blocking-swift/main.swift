import Glibc
import RowHarness

// Usage: blocking-swift tutti|dispatch|nio ROW THREADS. See Benchmarks/README.md for the rows.
let pools: [String: any BlockingPool] = [
    "tutti": TuttiPool(), "dispatch": DispatchPool(), "nio": NIOPool(),
]
guard CommandLine.arguments.count == 4, let pool = pools[CommandLine.arguments[1]] else {
    fatalError("usage: blocking-swift tutti|dispatch|nio ROW THREADS")
}
await serve(CommandLine.arguments[2], on: pool)
