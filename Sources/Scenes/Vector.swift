/// A point, a direction or a colour of three parts.
typealias Vector = SIMD3<Float>

// Vectors are built with `Vector(x, y, z)`: an array literal would really make an array. Sums are written out: an image is the same bit for bit on every machine only if every sum has
// one order, and `SIMD3.sum()` does not promise one.

/// The scalar product.
@inline(__always)
func dot(_ a: Vector, _ b: Vector) -> Float {
    let product = a * b
    return product.x + product.y + product.z
}

// `pointwiseMin` and `pointwiseMax` are generic calls out of line.

/// The smaller of each part.
@inline(__always)
func lesser(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: b .< a)
}

/// The greater of each part.
@inline(__always)
func greater(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: b .> a)
}

extension SIMD3<Float> {
    /// The same direction with length 1.
    @inline(__always)
    var normalized: Self {
        self / dot(self, self).squareRoot()
    }

    /// What a mirror with this normal makes of the direction.
    @inline(__always)
    func reflected(at normal: Self) -> Self {
        self - normal * (2 * dot(self, normal))
    }
}
