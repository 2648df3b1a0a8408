import Tutti

// Usage: processes-tutti processes|cores ROW WIDTH. See Benchmarks/README.md for the rows.
guard CommandLine.arguments.count == 4, let width = Int(CommandLine.arguments[3]) else {
    fatalError("usage: processes-tutti processes|cores ROW WIDTH")
}
let row = CommandLine.arguments[2]
switch CommandLine.arguments[1] {
case "processes":
    let pool = ProcessPool(width: width)
    try await serve(row, on: pool)
    await pool.shutdown()
case "cores":
    try await serve(row, on: ForkJoinPool(width: width))
default:
    fatalError("There are processes and cores.")
}
