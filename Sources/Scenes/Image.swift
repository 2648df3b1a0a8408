/// A picture of 8-bit red, green and blue.
public struct Image: Hashable, Sendable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Red, green and blue of each pixel, row by row from the top.
    public let pixels: [UInt8]

    /// Makes a picture of rows that are already there.
    ///
    /// Traps when the pixels do not fill the size.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(
            width >= 1 && height >= 1 && pixels.count == 3 * width * height,
            "\(pixels.count) bytes are no picture of \(width) × \(height): give 3 for each pixel.")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Writes the picture as a binary PPM file (P6), which every picture viewer can read.
    public func ppm() -> [UInt8] {
        Array("P6\n\(width) \(height)\n255\n".utf8) + pixels
    }
}
