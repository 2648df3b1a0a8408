/// The same bodies without Tutti, to compare the budgets with.
let serialRows: [Row] = [
    .elements("serial-for") { _ in sumInLoop(Input.words) },
    .elements("serial-map") { _ in double(Input.words) },
    .elements("serial-filter") { _ in keepHalf(Input.words) },
    .elements("serial-reduce") { _ in reduce(Input.words) },
]

@inline(never)
private func sumInLoop(_ words: [UInt32]) {
    var sum: UInt32 = 0
    for index in 0..<words.count { sum &+= words[index] }
    use(sum)
}

@inline(never)
private func double(_ words: [UInt32]) {
    use(words.map { $0 &* 2 })
}

@inline(never)
private func keepHalf(_ words: [UInt32]) {
    use(words.filter { $0 < 0x8000_0000 })
}

@inline(never)
private func reduce(_ words: [UInt32]) {
    use(words.reduce(0) { $0 &+ $1 })
}
