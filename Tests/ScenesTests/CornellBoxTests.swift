import Foundation
import Scenes
import Testing

@Suite struct CornellBoxTests {
    static let small = CornellBox(width: 24, height: 20, samples: 4, frames: 8)

    @Test func `a frame is the same whenever it is rendered`() {
        #expect(Self.small.render(frame: 3) == Self.small.render(frame: 3))
    }

    @Test func `a frame is the same bit for bit on every machine`() {
        #expect(fingerprint(Self.small.render(frame: 3).pixels) == 0x6153_86EF_6C93_8580)
    }

    @Test func `rows rendered apart make the same frame`() {
        let whole = Self.small.render(frame: 5).pixels
        var rows: [Int: [UInt8]] = [:]
        for range in [17..<20, 0..<1, 1..<2, 2..<17, 9..<9] {
            rows[range.lowerBound, default: []] += Self.small.renderRows(range, frame: 5)
        }
        #expect(rows.sorted { $0.key < $1.key }.flatMap(\.value) == whole)
    }

    @Test func `the lamp moves`() {
        let box = CornellBox(width: 32, height: 32, samples: 4, frames: 4)
        let centers = (0..<4).map { lampCenter(box.render(frame: $0)) }
        #expect(centers[0].x > centers[1].x + 2)
        #expect(centers[2].x < centers[1].x - 2)
        #expect(centers[1].x.distance(to: centers[3].x).magnitude < 1)
        // The nearer the lamp hangs, the higher it is in the picture.
        #expect(centers[1].y < centers[3].y - 0.5)
    }

    @Test func `the picture is neither black nor blown out and its left wall is red`() {
        let image = CornellBox(width: 40, height: 40, samples: 8).render(frame: 0)
        let mean = image.pixels.reduce(0) { $0 + Int($1) } / image.pixels.count
        #expect(70...170 ~= mean)
        let blown = image.pixels.count { $0 == 255 }
        #expect(blown < image.pixels.count / 20)
        let left = 3 * (20 * 40 + 2)
        #expect(Int(image.pixels[left]) > 3 * Int(image.pixels[left + 1]))
        let right = 3 * (20 * 40 + 37)
        #expect(Int(image.pixels[right + 1]) > Int(image.pixels[right]) + 40)
    }

    @Test func `a PPM file is a header and the pixels`() {
        let image = CornellBox(width: 3, height: 2, samples: 1, frames: 1).render(frame: 0)
        let file = image.ppm()
        #expect(file.starts(with: "P6\n3 2\n255\n".utf8))
        #expect(file.count == 11 + 3 * 3 * 2)
        #expect(Array(file.suffix(18)) == image.pixels)
    }

    @Test(arguments: [(1, 1, 1), (1, 9, 3), (9, 1, 5), (64, 16, 7)])
    func `any size and number of samples makes a picture`(width: Int, height: Int, samples: Int) {
        let box = CornellBox(width: width, height: height, samples: samples, frames: 1)
        #expect(box.render(frame: 0).pixels.count == 3 * width * height)
    }

    @Test func `a box survives the wire and a broken one is an error`() throws {
        let data = try JSONEncoder().encode(Self.small)
        #expect(try JSONDecoder().decode(CornellBox.self, from: data) == Self.small)
        let broken = Data(#"{"width":0,"height":1,"samples":1,"frames":1}"#.utf8)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CornellBox.self, from: broken)
        }
    }

    @Test func `a box without width traps`() async throws {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = CornellBox(width: 0)
        }
        try expect(result, says: "A picture of 0 × 128 cannot be rendered")
    }

    @Test func `a box without samples traps`() async throws {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = CornellBox(samples: 0)
        }
        try expect(result, says: "0 samples leave every pixel without light")
    }

    @Test func `a frame that does not exist traps`() async throws {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = CornellBoxTests.small.render(frame: 8)
        }
        try expect(result, says: "There is no frame 8")
    }

    @Test func `a row that does not exist traps`() async throws {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            _ = CornellBoxTests.small.renderRows(0..<21, frame: 0)
        }
        try expect(result, says: "rows count from 0 to 19")
    }

    /// Release builds drop the sentence of a trap; there the exit alone is checked.
    private func expect(_ result: ExitTest.Result?, says sentence: String) throws {
        let output = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(output.contains(sentence) || !isDebug)
    }

    private var isDebug: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }

    /// FNV-1a, 64 bits.
    private func fingerprint(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The mean place of the white pixels in the upper third, where the lamp is.
    private func lampCenter(_ image: Image) -> (x: Double, y: Double) {
        var sum = (x: 0, y: 0, count: 0)
        for y in 0..<image.height / 3 {
            for x in 0..<image.width where image.pixels[3 * (y * image.width + x) + 2] > 250 {
                sum = (sum.x + x, sum.y + y, sum.count + 1)
            }
        }
        let count = Double(max(sum.count, 1))
        return (Double(sum.x) / count, Double(sum.y) / count)
    }
}
