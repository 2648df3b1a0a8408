/// Follows light backwards through the box, from the camera to the lamp.
///
/// Path tracing (Kajiya, "The Rendering Equation", 1986): at every diffuse point the lamp is looked
/// for directly, and one bounce, likelier the steeper, stands for the light from everywhere else.
/// A path ends at its second diffuse point, where an even glow stands for what longer ones would
/// bring: few samples look calm, and every frame costs nearly the same.
struct PathTracer {
    var room: Room
    var block: Block
    var sphere: Sphere
    var lamp: Lamp

    /// How many surfaces a path meets at most.
    static let depth = 3
    /// What longer paths would bring to a white point, about the same anywhere in a closed room.
    static var glow: Vector { Vector(0.28, 0.24, 0.17) }
    /// The brightest that one sample may be: the edge of the lamp would stay jagged otherwise.
    static var brightest: Vector { Vector(repeating: 6) }

    /// The light that arrives against the direction of the ray.
    func radiance(along start: Ray, sampler: inout Sampler) -> Vector {
        var ray = start
        var radiance = Vector.zero
        var throughput = Vector(repeating: 1)
        // Once at a diffuse point, the lamp is looked for directly. Meeting it again by way of the
        // mirror is left out: so rare and so bright that few samples show it as specks.
        var bounced = false
        for _ in 0..<Self.depth {
            guard let hit = hit(by: ray) else { break }
            let point = ray.origin + ray.direction * hit.distance
            let start = point + hit.normal * Ray.clearance
            switch hit.material {
            case .light(let emission):
                if !bounced { radiance += throughput * emission }
                return lesser(radiance, Self.brightest)
            case .mirror(let tint):
                throughput *= tint
                ray = Ray(origin: start, direction: ray.direction.reflected(at: hit.normal))
            case .diffuse(let albedo):
                throughput *= albedo
                radiance +=
                    throughput * light(at: start, normal: hit.normal, sample: sampler.next())
                if bounced { return lesser(radiance + throughput * Self.glow, Self.brightest) }
                ray = Ray(origin: start, direction: Self.bounce(hit.normal, sampler.next()))
                bounced = true
            }
        }
        return lesser(radiance + throughput * Self.glow, Self.brightest)
    }

    /// The first surface that the ray meets.
    @inline(__always)
    private func hit(by ray: Ray) -> Hit? {
        guard var nearest = room.hit(by: ray) else { return nil }
        if nearest.normal.y == -1, lamp.covers(ray.origin + ray.direction * nearest.distance) {
            nearest.material = .light(lamp.emission)
        }
        if let hit = block.hit(by: ray, before: nearest.distance) { nearest = hit }
        if let hit = sphere.hit(by: ray, before: nearest.distance) { nearest = hit }
        return nearest
    }

    /// What a white diffuse point receives from one point of the lamp, if nothing is between.
    @inline(__always)
    private func light(at point: Vector, normal: Vector, sample: (Float, Float)) -> Vector {
        let path = lamp.point(sample) - point
        let square = dot(path, path)
        let distance = square.squareRoot()
        let direction = path / distance
        let cosine = dot(direction, normal)
        // The lamp shines downwards: its own cosine is how steeply the path rises.
        guard cosine > 0, direction.y > 0 else { return .zero }
        let ray = Ray(origin: point, direction: direction)
        guard block.hit(by: ray, before: distance) == nil,
            sphere.hit(by: ray, before: distance) == nil
        else { return .zero }
        return lamp.emission * (cosine * direction.y * lamp.area / (square * .pi))
    }

    /// A direction away from the surface, as likely as its cosine with the normal.
    @inline(__always)
    private static func bounce(_ normal: Vector, _ sample: (Float, Float)) -> Vector {
        let disc = Circle.disc(sample)
        let height = max(0, 1 - disc.x * disc.x - disc.y * disc.y).squareRoot()
        // Two directions across the normal, without branches (Duff and others, "Building an
        // Orthonormal Basis, Revisited", 2017).
        let sign: Float = normal.z < 0 ? -1 : 1
        let a = -1 / (sign + normal.z)
        let b = normal.x * normal.y * a
        let across = Vector(1 + sign * normal.x * normal.x * a, sign * b, -sign * normal.x)
        let other = Vector(b, sign + normal.y * normal.y * a, -normal.y)
        return across * disc.x + other * disc.y + normal * height
    }
}
