import RowHarness

/// One thread and the standard library.
let serialRows: [String: Row] = [
    "fib-34": { _ in
        await serveMilliseconds {
            fibonacci(34)
        } checksum: {
            $0
        }
    },
    "sum-50M": { _ in
        let floats = Input.floats(50_000_000)
        await serveMilliseconds {
            floats.withUnsafeBufferPointer { sum($0) }
        } checksum: {
            Int($0)
        }
    },
    "map-10M": { _ in
        let floats = Input.floats(10_000_000)
        await serveMilliseconds {
            floats.map { $0 * 2 }
        } checksum: {
            digest($0.lazy.map { UInt64($0.bitPattern) })
        }
    },
    "filter-10M": { _ in
        let words = Input.words(10_000_000)
        await serveMilliseconds {
            words.filter { $0 < Input.middleWord }
        } checksum: {
            digest($0.lazy.map { UInt64($0) })
        }
    },
    "scan-50M": { _ in
        let words = Input.words(50_000_000)
        await serveMilliseconds {
            [UInt32](unsafeUninitializedCapacity: words.count) { sums, count in
                var total: UInt32 = 0
                for index in words.indices {
                    total &+= words[index]
                    sums[index] = total
                }
                count = words.count
            }
        } checksum: {
            digest($0.lazy.map { UInt64($0) })
        }
    },
    "computed-sum": { _ in
        await serveMilliseconds {
            hashSum(0..<100_000_000)
        } checksum: {
            $0
        }
    },
    "mandelbrot": { _ in
        let picture = Picture()
        await serveMilliseconds {
            for row in 0..<Mandelbrot.size { Mandelbrot.fill(row: row, of: picture.counts) }
        } checksum: {
            picture.digest
        }
    },
    "nbody": { _ in
        let bodies = Bodies()
        await serveMilliseconds {
            for body in 0..<Bodies.count { bodies.accelerate(body) }
        } checksum: {
            bodies.checksum
        }
    },
    "matmul-1024": { _ in
        let matrices = Matrices()
        await serveMilliseconds {
            for row in 0..<Matrices.size { matrices.multiply(row: row) }
        } checksum: {
            matrices.checksum
        }
    },
    "sort-random": sortRow("sort-random"),
    "sort-sorted": sortRow("sort-sorted"),
    "sort-reversed": sortRow("sort-reversed"),
    "sort-few": sortRow("sort-few"),
    "sort-organ-pipe": sortRow("sort-organ-pipe"),
    "stable-sort-5M": { _ in
        let pristine = Input.records()
        var records = pristine
        await serveMilliseconds {
            restore(&records, from: pristine)
        } run: {
            // Stable in fact, though its documentation does not promise it.
            records.sort { $0.key < $1.key }
        } checksum: {
            digest(records)
        }
    },
    "sort-strings": { _ in
        let pristine = Input.strings()
        var strings = pristine
        await serveMilliseconds {
            strings = pristine.map { $0 }
        } run: {
            strings.sort()
        } checksum: {
            digest(strings)
        }
    },
]

private func sortRow(_ name: String) -> Row {
    { _ in
        guard let pristine = Input.keys(row: name) else { return declineRow() }
        var keys = pristine
        await serveMilliseconds {
            restore(&keys, from: pristine)
        } run: {
            keys.sort()
        } checksum: {
            digest(keys)
        }
    }
}

private func fibonacci(_ n: Int) -> Int {
    n > 1 ? fibonacci(n - 1) &+ fibonacci(n - 2) : n
}
