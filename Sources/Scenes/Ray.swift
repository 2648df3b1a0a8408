/// A half-line along which light is followed backwards.
struct Ray {
    var origin: Vector
    /// Of length 1.
    var direction: Vector

    /// How far a ray starts off a surface, so that it does not meet the same point again.
    static let clearance: Float = 1e-3
}

/// Where a ray meets a surface.
struct Hit {
    var distance: Float
    /// Of length 1, towards where the ray came from.
    var normal: Vector
    var material: Material
}
