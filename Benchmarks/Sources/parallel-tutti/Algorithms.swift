import RowHarness
import Tutti

/// The algorithms on collections.
let algorithmRows: [String: Row] = [
    "filter-10M": { pool in
        let words = Input.words(10_000_000)
        await serveMilliseconds {
            words.parallelFilter(on: pool) { $0 < Input.middleWord }
        } checksum: {
            digest($0.lazy.map { UInt64($0) })
        }
    },
    "scan-50M": { pool in
        let words = Input.words(50_000_000)
        await serveMilliseconds {
            words.parallelInclusiveScan(on: pool) { $0 &+ $1 }
        } checksum: {
            digest($0.lazy.map { UInt64($0) })
        }
    },
    "sort-random": sortRow("sort-random"),
    "sort-sorted": sortRow("sort-sorted"),
    "sort-reversed": sortRow("sort-reversed"),
    "sort-few": sortRow("sort-few"),
    "sort-organ-pipe": sortRow("sort-organ-pipe"),
    "stable-sort-5M": { pool in
        let pristine = Input.records()
        var records = pristine
        await serveMilliseconds {
            restore(&records, from: pristine)
        } run: {
            records.parallelStableSort(on: pool) { $0.key < $1.key }
        } checksum: {
            digest(records)
        }
    },
    "sort-strings": { pool in
        let pristine = Input.strings()
        var strings = pristine
        await serveMilliseconds {
            strings = pristine.map { $0 }
        } run: {
            strings.parallelSort(on: pool)
        } checksum: {
            digest(strings)
        }
    },
]

private func sortRow(_ name: String) -> Row {
    { pool in
        guard let pristine = Input.keys(row: name) else { return declineRow() }
        var keys = pristine
        await serveMilliseconds {
            restore(&keys, from: pristine)
        } run: {
            keys.parallelSort(on: pool)
        } checksum: {
            digest(keys)
        }
    }
}
