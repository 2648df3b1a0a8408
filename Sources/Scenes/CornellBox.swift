/// A Cornell box with a lamp that moves once around the ceiling while the frames go by.
///
/// A frame is pure computation: it depends on these numbers and on nothing else, bit for bit,
/// whatever thread, process or machine renders it, and every frame costs nearly the same.
///
/// ```swift
/// let box = CornellBox()
/// let frames = (0..<box.frames).map { box.render(frame: $0) }
/// ```
public struct CornellBox: Codable, Hashable, Sendable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Light paths for each pixel; powers of two are spread best.
    public let samples: Int
    /// How many frames the lamp takes to come round.
    public let frames: Int

    /// Makes a box; the defaults are the frames of `tutti compare`.
    ///
    /// Traps when a number is below 1 or a side above 65 536.
    public init(width: Int = 128, height: Int = 128, samples: Int = 8, frames: Int = 96) {
        precondition(
            1...Self.longestSide ~= width && 1...Self.longestSide ~= height,
            "A picture of \(width) × \(height) cannot be rendered: give sides of 1 to 65536.")
        precondition(
            samples >= 1, "\(samples) samples leave every pixel without light: give 1 or more.")
        precondition(frames >= 1, "\(frames) frames are no film: give 1 or more.")
        self.width = width
        self.height = height
        self.samples = samples
        self.frames = frames
    }

    /// Decodes a box that came over the wire.
    ///
    /// - Throws: `DecodingError` where ``init(width:height:samples:frames:)`` would trap.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func positive(_ key: CodingKeys, upTo limit: Int = .max) throws -> Int {
            let value = try values.decode(Int.self, forKey: key)
            guard 1...limit ~= value else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: values, debugDescription: "\(value) is not in 1...\(limit)")
            }
            return value
        }
        width = try positive(.width, upTo: Self.longestSide)
        height = try positive(.height, upTo: Self.longestSide)
        samples = try positive(.samples)
        frames = try positive(.frames)
    }

    private static var longestSide: Int { 65536 }

    private enum CodingKeys: CodingKey {
        case width, height, samples, frames
    }

    /// Renders a whole frame.
    ///
    /// Traps when there is no such frame.
    public func render(frame: Int) -> Image {
        Image(width: width, height: height, pixels: renderRows(0..<height, frame: frame))
    }

    /// Renders some rows of a frame, so that cores can share it.
    ///
    /// Traps when there is no such frame or row.
    ///
    /// - Returns: red, green and blue of each pixel: the same bytes as in the whole frame.
    public func renderRows(_ rows: Range<Int>, frame: Int) -> [UInt8] {
        precondition(
            0..<frames ~= frame,
            "There is no frame \(frame): frames count from 0 to \(frames - 1).")
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= height,
            "Rows \(rows) are not in the picture: rows count from 0 to \(height - 1).")
        let tracer = tracer(frame: frame)
        return [UInt8](unsafeUninitializedCapacity: 3 * width * rows.count) { pixels, count in
            for y in rows {
                for x in 0..<width {
                    let color = color(x: x, y: y, frame: frame, tracer: tracer)
                    for channel in 0..<3 {
                        pixels.initializeElement(at: count, to: UInt8(color[channel] * 255 + 0.5))
                        count += 1
                    }
                }
            }
        }
    }

    /// The mean of a pixel's light paths, as the screen shows it.
    private func color(x: Int, y: Int, frame: Int, tracer: PathTracer) -> Vector {
        // The camera stands before the open front, which fills the shorter side of the picture.
        let camera = Vector(0, 1, 3.6)
        let scale = 2 / Float(min(width, height))
        let corner = Vector(-0.5 * scale * Float(width), 1 + 0.5 * scale * Float(height), 1)
        var sum = Vector.zero
        for index in 0..<samples {
            var sampler = Sampler(frame: frame, x: x, y: y, index: index, count: samples)
            let within = sampler.next()
            let right = scale * (Float(x) + within.0)
            let down = scale * (Float(y) + within.1)
            let target = corner + Vector(right, -down, 0)
            let ray = Ray(origin: camera, direction: (target - camera).normalized)
            sum += tracer.radiance(along: ray, sampler: &sampler)
        }
        return Self.developed(sum / Float(samples))
    }

    /// Brings light of any brightness between 0 and 1: highlights roll off, gamma is 2.
    ///
    /// A fit of the film curve of ACES (Narkowicz, 2015).
    private static func developed(_ light: Vector) -> Vector {
        let x = light
        let curve = (x * (x * 2.51 + 0.03)) / (x * (x * 2.43 + 0.59) + 0.14)
        return lesser(curve, Vector(repeating: 1)).squareRoot()
    }

    /// The box as it stands in one frame.
    private func tracer(frame: Int) -> PathTracer {
        let white = Material.diffuse(Vector(0.74, 0.73, 0.70))
        let circle = Circle.point(turn: Float(frame) / Float(frames)) * 0.45
        return PathTracer(
            room: Room(
                left: .diffuse(Vector(0.66, 0.07, 0.06)), right: .diffuse(Vector(0.12, 0.48, 0.11)),
                plain: white),
            block: Block(
                center: Vector(-0.36, 0.6, -0.32), half: Vector(0.29, 0.6, 0.29),
                turn: SIMD2(0.96, 0.28),
                material: white),
            sphere: Sphere(
                center: Vector(0.42, 0.38, 0.28), radius: 0.38,
                material: .mirror(Vector(0.95, 0.93, 0.88))),
            lamp: Lamp(
                center: Vector(circle.x, Room.high.y, circle.y), half: 0.26,
                emission: Vector(11, 10, 8.5)))
    }
}
