import RowHarness
import Synchronization
import Tutti

/// Loops over chunks, and maps.
let loopRows: [String: Row] = [
    "sum-50M": { pool in
        let floats = Input.floats(50_000_000)
        await serveMilliseconds {
            let total = Mutex<Float>(0)
            pool.parallelFor(0..<floats.count, grain: 100_000) { chunk in
                let part = floats.withUnsafeBufferPointer { sum(.init(rebasing: $0[chunk])) }
                total.withLock { $0 += part }
            }
            return total.withLock { $0 }
        } checksum: {
            Int($0)
        }
    },
    "map-10M": { pool in
        let floats = Input.floats(10_000_000)
        await serveMilliseconds {
            floats.parallelMap(on: pool) { $0 * 2 }
        } checksum: {
            digest($0.lazy.map { UInt64($0.bitPattern) })
        }
    },
    "computed-sum": { pool in
        await serveMilliseconds {
            let total = Atomic<UInt64>(0)
            pool.parallelFor(0..<100_000_000, grain: 100_000) { chunk in
                total.wrappingAdd(hashSum(chunk), ordering: .relaxed)
            }
            return total.load(ordering: .relaxed)
        } checksum: {
            $0
        }
    },
    "mandelbrot": { pool in
        let picture = Picture()
        await serveMilliseconds {
            pool.parallelFor(0..<Mandelbrot.size) { rows in
                for row in rows { Mandelbrot.fill(row: row, of: picture.counts) }
            }
        } checksum: {
            picture.digest
        }
    },
    "nbody": { pool in
        let bodies = Bodies()
        await serveMilliseconds {
            pool.parallelFor(0..<Bodies.count) { chunk in
                for body in chunk { bodies.accelerate(body) }
            }
        } checksum: {
            bodies.checksum
        }
    },
    "matmul-1024": { pool in
        let matrices = Matrices()
        await serveMilliseconds {
            multiply(matrices, on: pool)
        } checksum: {
            matrices.checksum
        }
    },
]
