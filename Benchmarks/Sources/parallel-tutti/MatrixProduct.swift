import RowHarness
import Tutti

/// Multiplies two matrices of 1024 × 1024 floats, blocked for caches and registers.
///
/// The right matrix is packed once into panels of 16 columns, so that the innermost loop reads
/// memory in order; then each pair of rows goes through the panels (Goto and van de Geijn,
/// "Anatomy of High-Performance Matrix Multiplication", 2008). Both steps are parallel loops.
///
/// The tile is as large as the 16 registers of plain x86-64 allow: eight sums of four floats each.
/// Two rows and 16 columns need fewer copies of an element into all lanes than four rows and eight.
func multiply(_ matrices: Matrices, on pool: ForkJoinPool) {
    let size = Matrices.size
    let panels = Panels(of: matrices.right, size: size)
    pool.parallelFor(0..<(size / Panels.width), grain: 8) { chunk in
        for panel in chunk { panels.pack(panel) }
    }
    let blockHeight = 32
    pool.parallelFor(0..<(size / blockHeight), grain: 1) { chunk in
        for block in chunk {
            // A panel of 64 KB stays in the second-level cache while all tiles of the block use it.
            for panel in 0..<(size / Panels.width) {
                for tile in 0..<(blockHeight / 2) {
                    panels.multiply(
                        rows: matrices.left + (block * blockHeight + tile * 2) * size,
                        panel: panel,
                        into: matrices.product + (block * blockHeight + tile * 2) * size)
                }
            }
        }
    }
    panels.storage.deallocate()
}

/// A matrix cut into panels of 16 columns, each with its rows one after the other.
///
/// Safety: shared between threads; each packs panels of its own, and all are packed before one
/// is read.
private struct Panels: @unchecked Sendable {
    static let width = 16
    let storage: UnsafeMutablePointer<SIMD16<Float>>
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
                .loadUnaligned(as: SIMD16<Float>.self)
        }
    }

    /// Computes a tile of two rows and 16 columns.
    @inline(__always)
    func multiply(
        rows: UnsafeMutablePointer<Float>, panel: Int, into product: UnsafeMutablePointer<Float>
    ) {
        let columns = storage + panel * size
        var (upper, lower) = (SIMD16<Float>.zero, SIMD16<Float>.zero)
        for inner in 0..<size {
            let column = columns[inner]
            upper += column * rows[inner]
            lower += column * rows[size + inner]
        }
        let tile = UnsafeMutableRawPointer(product + panel * Self.width)
        tile.storeBytes(of: upper, as: SIMD16<Float>.self)
        tile.storeBytes(
            of: lower, toByteOffset: size * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
    }
}
