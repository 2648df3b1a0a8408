import Tutti

// Usage: parallel-budget            lists the rows: name, unit, units a call
//        parallel-budget ROW CALLS  runs a row
let rows = [joinRow] + loopRows + algorithmRows + serialRows
let arguments = CommandLine.arguments.dropFirst()
if arguments.isEmpty {
    for row in rows { print(row.name, row.unit, row.units) }
} else if arguments.count == 2, let calls = Int(arguments[2]),
    let row = rows.first(where: { $0.name == arguments[1] })
{
    // Width 1: nobody steals, so that each run executes the same instructions.
    let pool = ForkJoinPool(width: 1)
    for _ in 0..<calls { row.call(pool) }
} else {
    fatalError("usage: parallel-budget [ROW CALLS]")
}
