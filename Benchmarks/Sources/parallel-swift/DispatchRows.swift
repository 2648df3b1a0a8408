import Dispatch
import Glibc
import RowHarness
import Synchronization

/// `concurrentPerform` over some pieces a thread; the driver binds it to one processor for one
/// thread, since Dispatch takes no number.
let dispatchRows: [String: Row] = [
    "join-empty": { _ in
        await serve {
            let count = 10_000
            let start = nanoseconds()
            for _ in 0..<count { DispatchQueue.concurrentPerform(iterations: 2) { _ in } }
            return Turn(
                value: Double(nanoseconds() - start) / Double(count), checksum: "\(count)")
        }
    },
    "join-empty-paused": { _ in
        await serve {
            let times = (0..<50).map { _ in
                usleep(2000)
                let start = nanoseconds()
                DispatchQueue.concurrentPerform(iterations: 2) { _ in }
                return nanoseconds() - start
            }
            return Turn(value: Double(median(times)), checksum: "\(times.count)")
        }
    },
    "sum-50M": { threads in
        let floats = Input.floats(50_000_000)
        let parts = pieces(8 * threads, of: floats.count)
        await serveMilliseconds {
            let total = Mutex<Float>(0)
            DispatchQueue.concurrentPerform(iterations: parts.count) { index in
                let part = floats.withUnsafeBufferPointer {
                    sum(.init(rebasing: $0[parts[index]]))
                }
                total.withLock { $0 += part }
            }
            return total.withLock { $0 }
        } checksum: {
            Int($0)
        }
    },
    "map-10M": { threads in
        let floats = Input.floats(10_000_000)
        let parts = pieces(8 * threads, of: floats.count)
        await serveMilliseconds {
            [Float](unsafeUninitializedCapacity: floats.count) { buffer, count in
                // Safety: each iteration writes its own piece.
                nonisolated(unsafe) let output = buffer
                DispatchQueue.concurrentPerform(iterations: parts.count) { index in
                    for place in parts[index] { output[place] = floats[place] * 2 }
                }
                count = floats.count
            }
        } checksum: {
            digest($0.lazy.map { UInt64($0.bitPattern) })
        }
    },
    "computed-sum": { threads in
        let parts = pieces(8 * threads, of: 100_000_000)
        await serveMilliseconds {
            let total = Atomic<UInt64>(0)
            DispatchQueue.concurrentPerform(iterations: parts.count) { index in
                total.wrappingAdd(hashSum(parts[index]), ordering: .relaxed)
            }
            return total.load(ordering: .relaxed)
        } checksum: {
            $0
        }
    },
    "mandelbrot": { _ in
        let picture = Picture()
        await serveMilliseconds {
            DispatchQueue.concurrentPerform(iterations: Mandelbrot.size) { row in
                Mandelbrot.fill(row: row, of: picture.counts)
            }
        } checksum: {
            picture.digest
        }
    },
    "nbody": { _ in
        let bodies = Bodies()
        await serveMilliseconds {
            DispatchQueue.concurrentPerform(iterations: Bodies.count) { bodies.accelerate($0) }
        } checksum: {
            bodies.checksum
        }
    },
    "matmul-1024": { _ in
        let matrices = Matrices()
        await serveMilliseconds {
            DispatchQueue.concurrentPerform(iterations: Matrices.size) {
                matrices.multiply(row: $0)
            }
        } checksum: {
            matrices.checksum
        }
    },
    "idle": { threads in
        let parts = pieces(8 * threads, of: 1_000_000)
        await serve {
            let total = Atomic<UInt64>(0)
            DispatchQueue.concurrentPerform(iterations: parts.count) { index in
                total.wrappingAdd(hashSum(parts[index]), ordering: .relaxed)
            }
            return Turn(
                value: processorMillisecondsOfASecond(),
                checksum: "\(total.load(ordering: .relaxed))")
        }
    },
]
