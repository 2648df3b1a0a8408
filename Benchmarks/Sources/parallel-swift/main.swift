import RowHarness

// Usage: parallel-swift serial|dispatch|taskgroup ROW THREADS.
// See Benchmarks/README.md for the protocol and the rows.
let tables = ["serial": serialRows, "dispatch": dispatchRows, "taskgroup": taskGroupRows]
guard CommandLine.arguments.count == 4, let table = tables[CommandLine.arguments[1]],
    let threads = Int(CommandLine.arguments[3])
else {
    fatalError("usage: parallel-swift serial|dispatch|taskgroup ROW THREADS")
}
if let row = table[CommandLine.arguments[2]] {
    await row(threads)
} else {
    declineRow()
}
