import Tutti

/// Fibonacci with a join at each call and nothing else.
let joinRow = Row(name: "join", unit: "join", units: joins(in: 20)) { pool in
    let (left, right) = pool.join({ fibonacci(19) }, { fibonacci(18) })
    use(left + right)
}

@inline(never)
private func fibonacci(_ n: Int) -> Int {
    guard n > 1 else { return n }
    let (left, right) = join({ fibonacci(n - 1) }, { fibonacci(n - 2) })
    return left + right
}

private func joins(in n: Int) -> Int {
    n > 1 ? 1 + joins(in: n - 1) + joins(in: n - 2) : 0
}
