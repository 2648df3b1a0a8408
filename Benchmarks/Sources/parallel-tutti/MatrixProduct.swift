import RowHarness
import Tutti

/// Multiplies two matrices of 1024 × 1024 floats, blocked for caches and registers.
///
/// The right matrix is packed once into panels of eight columns, so that the innermost loop reads
/// memory in order; then each block of four rows goes through the panels (Goto and van de Geijn,
/// "Anatomy of High-Performance Matrix Multiplication", 2008). Both steps are parallel loops.
///
/// The tile is as large as the 16 registers of plain x86-64 hold: eight sums of four floats each.
func multiply(_ matrices: Matrices, on pool: ForkJoinPool) {
    let size = Matrices.size
    let panels = Panels(of: matrices.right, size: size)
    pool.parallelFor(0..<(size / Panels.width), grain: 8) { chunk in
        for panel in chunk { panels.pack(panel) }
    }
    let blockHeight = 32
    pool.parallelFor(0..<(size / blockHeight), grain: 1) { chunk in
        for block in chunk {
            // A panel of 32 KB stays in the first-level cache while all tiles of the block use it.
            for panel in 0..<(size / Panels.width) {
                for tile in 0..<(blockHeight / 4) {
                    panels.multiply(
                        rows: matrices.left + (block * blockHeight + tile * 4) * size,
                        panel: panel,
                        into: matrices.product + (block * blockHeight + tile * 4) * size)
                }
            }
        }
    }
    panels.storage.deallocate()
}

/// A matrix cut into panels of eight columns, each with its rows one after the other.
///
/// Safety: shared between threads; each packs panels of its own, and all are packed before one
/// is read.
private struct Panels: @unchecked Sendable {
    static let width = 8
    let storage: UnsafeMutablePointer<SIMD8<Float>>
    private let source: UnsafeMutablePointer<Float>
    private let size: Int

    init(of source: UnsafeMutablePointer<Float>, size: Int) {
        self.source = source
        self.size = size
        storage = .allocate(capacity: size * size / Self.width)
    }

    func pack(_ panel: Int) {
        for row in 0..<size {
            storage[panel * size + row] = UnsafeRawPointer(source + row * size + panel * Self.width)
                .loadUnaligned(as: SIMD8<Float>.self)
        }
    }

    /// Computes a tile of four rows and eight columns.
    @inline(__always)
    func multiply(
        rows: UnsafeMutablePointer<Float>, panel: Int, into product: UnsafeMutablePointer<Float>
    ) {
        let columns = storage + panel * size
        var (sum0, sum1, sum2, sum3) = (
            SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero
        )
        for inner in 0..<size {
            let column = columns[inner]
            sum0 += column * rows[inner]
            sum1 += column * rows[size + inner]
            sum2 += column * rows[2 * size + inner]
            sum3 += column * rows[3 * size + inner]
        }
        for (row, sum) in [sum0, sum1, sum2, sum3].enumerated() {
            UnsafeMutableRawPointer(product + row * size + panel * Self.width)
                .storeBytes(of: sum, as: SIMD8<Float>.self)
        }
    }
}
