/// A closed room seen from inside, from (-1, 0, -1) to (1, 2, 1).
///
/// Its front wall lets the camera look in: a ray only ever meets the walls where it leaves.
struct Room {
    var left: Material
    var right: Material
    var plain: Material

    static var low: Vector { Vector(-1, 0, -1) }
    static var high: Vector { Vector(1, 2, 1) }

    /// Where the ray leaves the room; nil when it never was in it.
    @inline(__always)
    func hit(by ray: Ray) -> Hit? {
        let inverse = 1 / ray.direction
        let a = (Self.low - ray.origin) * inverse
        let b = (Self.high - ray.origin) * inverse
        let enter = lesser(a, b)
        let leave = greater(a, b)
        let distance = min(leave.x, min(leave.y, leave.z))
        guard max(enter.x, max(enter.y, enter.z)) < distance else { return nil }
        if leave.x == distance {
            return ray.direction.x < 0
                ? Hit(distance: distance, normal: Vector(1, 0, 0), material: left)
                : Hit(distance: distance, normal: Vector(-1, 0, 0), material: right)
        }
        var normal = leave.y == distance ? Vector(0, 1, 0) : Vector(0, 0, 1)
        if dot(normal, ray.direction) > 0 { normal = -normal }
        return Hit(distance: distance, normal: normal, material: plain)
    }
}

/// A box that stands on the floor, turned about the vertical.
struct Block {
    var center: Vector
    var half: Vector
    /// Cosine and sine of the angle by which it is turned.
    var turn: SIMD2<Float>
    var material: Material

    /// Where the ray enters the block, if it does so before `limit`.
    @inline(__always)
    func hit(by ray: Ray, before limit: Float) -> Hit? {
        let inverse = 1 / local(ray.direction)
        let middle = local(ray.origin - center) * inverse
        let reach = half * Vector(inverse.x.magnitude, inverse.y.magnitude, inverse.z.magnitude)
        let enter = -middle - reach
        let leave = reach - middle
        let distance = max(enter.x, max(enter.y, enter.z))
        guard distance > 0, distance < limit, distance < min(leave.x, min(leave.y, leave.z)) else {
            return nil
        }
        var normal: Vector
        if enter.x == distance {
            normal = Vector(turn.x, 0, turn.y)
        } else if enter.y == distance {
            normal = Vector(0, 1, 0)
        } else {
            normal = Vector(-turn.y, 0, turn.x)
        }
        if dot(normal, ray.direction) > 0 { normal = -normal }
        return Hit(distance: distance, normal: normal, material: material)
    }

    @inline(__always)
    private func local(_ vector: Vector) -> Vector {
        Vector(
            turn.x * vector.x + turn.y * vector.z,
            vector.y,
            turn.x * vector.z - turn.y * vector.x)
    }
}

/// A ball.
struct Sphere {
    var center: Vector
    var radius: Float
    var material: Material

    /// Where the ray enters the sphere, if it does so before `limit`.
    @inline(__always)
    func hit(by ray: Ray, before limit: Float) -> Hit? {
        let toCenter = center - ray.origin
        let along = dot(toCenter, ray.direction)
        let square = along * along - dot(toCenter, toCenter) + radius * radius
        guard square > 0 else { return nil }
        let distance = along - square.squareRoot()
        guard distance > 0, distance < limit else { return nil }
        let normal = (ray.direction * distance - toCenter) / radius
        return Hit(distance: distance, normal: normal, material: material)
    }
}

/// A square lamp in the ceiling.
struct Lamp {
    var center: Vector
    var half: Float
    var emission: Vector

    /// Whether a point of the ceiling is on the lamp.
    @inline(__always)
    func covers(_ point: Vector) -> Bool {
        (point.x - center.x).magnitude < half && (point.z - center.z).magnitude < half
    }

    /// A point of the lamp for two numbers between 0 and 1.
    @inline(__always)
    func point(_ sample: (Float, Float)) -> Vector {
        center + Vector(2 * sample.0 - 1, 0, 2 * sample.1 - 1) * half
    }

    /// In square units.
    var area: Float { 4 * half * half }
}
