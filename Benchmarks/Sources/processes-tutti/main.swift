import Tutti

// Usage: processes-tutti processes|coded|closure|cores ROW WIDTH. See Benchmarks/README.md.
guard CommandLine.arguments.count == 4, let width = Int(CommandLine.arguments[3]) else {
    fatalError("usage: processes-tutti processes|coded|closure|cores ROW WIDTH")
}
let row = CommandLine.arguments[2]
let pool = ProcessPool(width: width)
switch CommandLine.arguments[1] {
case "processes": try await serve(row, on: pool)
case "coded": try await serveCoded(row, on: pool)
case "closure": try await serveClosure(row, on: pool)
case "cores": try await serve(row, on: ForkJoinPool(width: width))
default: fatalError("There are processes, coded, closure and cores.")
}
await pool.shutdown()
