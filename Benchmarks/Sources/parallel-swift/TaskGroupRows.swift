import RowHarness

/// Task groups on Swift's own threads, some tasks a thread; the driver binds it to one processor
/// for one thread, since the runtime takes no number.
let taskGroupRows: [String: Row] = [
    "sum-50M": { threads in
        let floats = Input.floats(50_000_000)
        await serveMilliseconds {
            await reduce(pieces(8 * threads, of: floats.count), into: 0, combine: +) { piece in
                floats.withUnsafeBufferPointer { sum(.init(rebasing: $0[piece])) }
            }
        } checksum: {
            Int($0)
        }
    },
    "computed-sum": { threads in
        await serveMilliseconds {
            await reduce(pieces(8 * threads, of: 100_000_000), into: 0, combine: { $0 &+ $1 }) {
                hashSum($0)
            }
        } checksum: {
            $0
        }
    },
    "mandelbrot": { threads in
        let picture = Picture()
        await serveMilliseconds {
            await reduce(pieces(64 * threads, of: Mandelbrot.size), into: (), combine: { _, _ in })
            {
                for row in $0 { Mandelbrot.fill(row: row, of: picture.counts) }
            }
        } checksum: {
            picture.digest
        }
    },
    "nbody": { threads in
        let bodies = Bodies()
        await serveMilliseconds {
            await reduce(pieces(8 * threads, of: Bodies.count), into: (), combine: { _, _ in }) {
                for body in $0 { bodies.accelerate(body) }
            }
        } checksum: {
            bodies.checksum
        }
    },
    "matmul-1024": { threads in
        let matrices = Matrices()
        await serveMilliseconds {
            await reduce(pieces(8 * threads, of: Matrices.size), into: (), combine: { _, _ in }) {
                for row in $0 { matrices.multiply(row: row) }
            }
        } checksum: {
            matrices.checksum
        }
    },
    "async-task": { _ in
        await serve {
            let count = 100_000
            let start = nanoseconds()
            await emptyTasks(count)
            return Turn(
                value: Double(nanoseconds() - start) / Double(count), checksum: "\(count)")
        }
    },
]

@concurrent
private func reduce<Part: Sendable>(
    _ pieces: [Range<Int>], into start: Part, combine: @Sendable (Part, Part) -> Part,
    _ body: @escaping @Sendable (Range<Int>) -> Part
) async -> Part {
    await withTaskGroup { group in
        for piece in pieces {
            group.addTask { body(piece) }
        }
        return await group.reduce(start, combine)
    }
}

@concurrent
private func emptyTasks(_ count: Int) async {
    await withTaskGroup { group in
        for _ in 0..<count {
            group.addTask {}
        }
    }
}
