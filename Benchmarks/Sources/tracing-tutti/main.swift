import RowHarness
import Tutti

// Usage: tracing-tutti on|off|clock ROW THREADS. See Benchmarks/README.md for the rows.
guard CommandLine.arguments.count == 4, let threads = Int(CommandLine.arguments[3]),
    let player = Player(rawValue: CommandLine.arguments[1])
else { fatalError("usage: tracing-tutti on|off|clock ROW THREADS") }
let tracing = player == .on ? try Tracing.start() : nil
try await serve(CommandLine.arguments[2], as: player, threads: threads)
tracing?.stop()
