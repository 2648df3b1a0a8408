/// Points of the unit circle and disc, from multiplications and additions only.
///
/// The C library's sine may differ in its last bit from machine to machine, and with it a pixel.
enum Circle {
    /// The point of the circle at this angle, between -π/4 and π/4, to the precision of a `Float`.
    @inline(__always)
    static func point(angle: Float) -> SIMD2<Float> {
        let square = angle * angle
        let cosine = 1 + square * (-1 / 2 + square * (1 / 24 + square * (-1 / 720)))
        let sine = angle * (1 + square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040))))
        return SIMD2(cosine, sine)
    }

    /// The point of the circle after this part of a whole turn, at least 0 and below 1.
    static func point(turn: Float) -> SIMD2<Float> {
        let eighth = Int(turn * 8)
        let quarter = (eighth + 1) / 2
        let rest = point(angle: (turn - Float(quarter) / 4) * (2 * .pi))
        return switch quarter % 4 {
        case 0: rest
        case 1: SIMD2(-rest.y, rest.x)
        case 2: -rest
        default: SIMD2(rest.y, -rest.x)
        }
    }

    /// Spreads two numbers between 0 and 1 evenly over the disc.
    ///
    /// Neighbours stay neighbours, which keeps well-spread samples well spread (Shirley, Chiu, "A
    /// Low Distortion Map Between Disk and Square", 1997).
    @inline(__always)
    static func disc(_ sample: (Float, Float)) -> SIMD2<Float> {
        let a = 2 * sample.0 - 1
        let b = 2 * sample.1 - 1
        if a == 0, b == 0 { return .zero }
        let quarter: Float = .pi / 4
        guard a.magnitude > b.magnitude else {
            let turned = point(angle: quarter * (a / b)) * b
            return SIMD2(turned.y, turned.x)
        }
        return point(angle: quarter * (b / a)) * a
    }
}
