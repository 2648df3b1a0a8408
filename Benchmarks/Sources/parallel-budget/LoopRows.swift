import Synchronization
import Tutti

/// Loops whose bodies are as small as can be: what the division itself costs shows there.
let loopRows: [Row] = [
    .elements("parallelFor") { sumInChunks(Input.words, on: $0) },
    .elements("parallelForEach") { storeEach(Input.words, on: $0) },
    .elements("parallelMap") { double(Input.words, on: $0) },
    .elements("parallelMap-capturing") { scale(Input.words, by: 3, on: $0) },
    .elements("parallelFilter") { keepHalf(Input.words, on: $0) },
    .elements("parallelReduce") { reduce(Input.words, on: $0) },
    .elements("parallelSum") { sum(Input.floats, on: $0) },
]

@inline(never)
private func sumInChunks(_ words: [UInt32], on pool: ForkJoinPool) {
    let total = Atomic<UInt32>(0)
    pool.parallelFor(0..<words.count) { chunk in
        var sum: UInt32 = 0
        for index in chunk { sum &+= words[index] }
        total.wrappingAdd(sum, ordering: .relaxed)
    }
    use(total.load(ordering: .relaxed))
}

@inline(never)
private func storeEach(_ words: [UInt32], on pool: ForkJoinPool) {
    let last = Atomic<UInt32>(0)
    words.parallelForEach(on: pool) { last.store($0, ordering: .relaxed) }
    use(last.load(ordering: .relaxed))
}

@inline(never)
private func double(_ words: [UInt32], on pool: ForkJoinPool) {
    use(words.parallelMap(on: pool) { $0 &* 2 })
}

@inline(never)
private func scale(_ words: [UInt32], by factor: UInt32, on pool: ForkJoinPool) {
    use(words.parallelMap(on: pool) { $0 &* factor })
}

@inline(never)
private func keepHalf(_ words: [UInt32], on pool: ForkJoinPool) {
    use(words.parallelFilter(on: pool) { $0 < 0x8000_0000 })
}

@inline(never)
private func reduce(_ words: [UInt32], on pool: ForkJoinPool) {
    use(words.parallelReduce(0, on: pool) { $0 &+ $1 })
}

@inline(never)
private func sum(_ floats: [Float], on pool: ForkJoinPool) {
    use(floats.parallelSum(on: pool))
}
