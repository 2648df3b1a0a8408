import RowHarness
import Tutti

/// Algorithms that take more than one pass.
let algorithmRows: [Row] = [
    .elements("parallelInclusiveScan") { scan(Input.words, on: $0) },
    .elements("parallelSort") { sort(Input.keys, on: $0) },
]

extension Input {
    /// Random numbers.
    fileprivate static let keys = (0..<count).map { random($0) }
}

@inline(never)
private func scan(_ words: [UInt32], on pool: ForkJoinPool) {
    use(words.parallelInclusiveScan(on: pool) { $0 &+ $1 })
}

/// The copy that is sorted belongs to the row: one allocation and a few instructions an element.
@inline(never)
private func sort(_ keys: [UInt64], on pool: ForkJoinPool) {
    var keys = keys
    keys.parallelSort(on: pool)
    use(keys)
}
