/// The loops that a row divides, the same for every way of dividing them in Swift.

/// The sum of whole-numbered floats, in sixteen lanes.
@inlinable
public func sum(_ floats: UnsafeBufferPointer<Float>) -> Float {
    var lanes = SIMD16<Float>.zero
    var more = SIMD16<Float>.zero
    let count = floats.count
    guard let base = floats.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index + 32 <= count {
        lanes += raw.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self)
        more += raw.loadUnaligned(fromByteOffset: index * 4 + 64, as: SIMD16<Float>.self)
        index += 32
    }
    var total = (lanes + more).sum()
    while index < count {
        total += base[index]
        index += 1
    }
    return total
}

/// The wrapping sum of a cheap hash of each index: the row `computed-sum`.
///
/// Shifts only (Marsaglia, "Xorshift RNGs", 2003): what compilers make of a multiplication without
/// a vector instruction for it differs more than what pools make of the loop.
@inlinable
public func hashSum(_ range: Range<Int>) -> UInt64 {
    var total: UInt64 = 0
    for index in range {
        var hash = UInt64(truncatingIfNeeded: index)
        hash ^= hash << 13
        hash ^= hash >> 7
        hash ^= hash << 17
        total &+= hash
    }
    return total
}

/// The picture of the row `mandelbrot`.
public enum Mandelbrot {
    /// Points a side.
    public static let size = 2000

    /// Fills one row with the number of iterations of each point.
    @inlinable
    public static func fill(row: Int, of counts: UnsafeMutablePointer<UInt32>) {
        let step = 2.5 / 2000.0
        let ci = -1.25 + Double(row) * step
        for column in 0..<2000 {
            let cr = -2.0 + Double(column) * step
            var (zr, zi, count) = (0.0, 0.0, 0 as UInt32)
            while count < 256 {
                let (rr, ii) = (zr * zr, zi * zi)
                if rr + ii > 4 { break }
                zi = 2 * zr * zi + ci
                zr = rr - ii + cr
                count += 1
            }
            counts[row * 2000 + column] = count
        }
    }
}

/// The memory of a Mandelbrot picture, allocated once.
///
/// Safety: shared between threads, each of which writes rows of its own only.
public struct Picture: @unchecked Sendable {
    /// The iterations of each point, row by row.
    public let counts = UnsafeMutablePointer<UInt32>.allocate(
        capacity: Mandelbrot.size * Mandelbrot.size)

    /// Allocates the picture, which stays until the process ends.
    public init() {}

    /// A digest of all counts.
    public var digest: UInt64 {
        RowHarness.digest(
            (0..<(Mandelbrot.size * Mandelbrot.size)).lazy.map { UInt64(counts[$0]) })
    }
}

/// The bodies of the row `nbody`, and where their accelerations go.
///
/// Safety: shared between threads, each of which writes accelerations of its own bodies only.
public struct Bodies: @unchecked Sendable {
    /// How many bodies there are.
    public static let count = 8192
    @usableFromInline let x, y, z, mass, ax, ay, az: UnsafeMutablePointer<Double>

    /// Places the bodies at random in a cube; they stay until the process ends.
    public init() {
        let n = Self.count
        func column(_ value: (Int) -> Double) -> UnsafeMutablePointer<Double> {
            let column = UnsafeMutablePointer<Double>.allocate(capacity: n)
            for index in 0..<n { column[index] = value(index) }
            return column
        }
        func unit(_ index: Int) -> Double { Double(random(index) >> 11) * 0x1p-53 }
        x = column { unit(4 * $0) }
        y = column { unit(4 * $0 + 1) }
        z = column { unit(4 * $0 + 2) }
        mass = column { unit(4 * $0 + 3) }
        ax = column { _ in 0 }
        ay = column { _ in 0 }
        az = column { _ in 0 }
    }

    /// Computes the acceleration of one body from all others.
    @inlinable
    public func accelerate(_ body: Int) {
        let (px, py, pz) = (x[body], y[body], z[body])
        var (sx, sy, sz) = (0.0, 0.0, 0.0)
        for other in 0..<8192 {
            let (dx, dy, dz) = (x[other] - px, y[other] - py, z[other] - pz)
            let square = dx * dx + dy * dy + dz * dz + 1e-4
            let weight = mass[other] / (square * square.squareRoot())
            sx += dx * weight
            sy += dy * weight
            sz += dz * weight
        }
        (ax[body], ay[body], az[body]) = (sx, sy, sz)
    }

    /// The sum of the absolute accelerations.
    public var checksum: Double {
        (0..<Self.count).reduce(0) { $0 + abs(ax[$1]) + abs(ay[$1]) + abs(az[$1]) }
    }
}

/// The matrices of the row `matmul-1024`, and their product.
///
/// Safety: shared between threads, each of which writes rows of its own only.
public struct Matrices: @unchecked Sendable {
    /// Rows and columns of each matrix.
    public static let size = 1024
    /// The factors and their product, row by row.
    public let left, right, product: UnsafeMutablePointer<Float>

    /// Fills the factors; they stay until the process ends.
    public init() {
        let n = Self.size * Self.size
        func matrix(_ values: [Float]) -> UnsafeMutablePointer<Float> {
            let matrix = UnsafeMutablePointer<Float>.allocate(capacity: n)
            matrix.initialize(from: values, count: n)
            return matrix
        }
        left = matrix(Input.floats(n))
        right = matrix(Input.floats(n, from: n))
        product = matrix([Float](repeating: 0, count: n))
    }

    /// Computes one row of the product by plain loops.
    @inlinable
    public func multiply(row: Int) {
        let target = product + row * 1024
        for column in 0..<1024 { target[column] = 0 }
        for inner in 0..<1024 {
            let factor = left[row * 1024 + inner]
            let source = right + inner * 1024
            for column in 0..<1024 { target[column] += factor * source[column] }
        }
    }

    /// A digest of the product, whose entries are whole numbers.
    public var checksum: UInt64 {
        digest(
            (0..<(Self.size * Self.size)).lazy.map { UInt64(bitPattern: Int64(product[$0])) })
    }
}
