import CompareHTTP
import NIOCore
import Scenes
import Tutti

/// The job of `urls`: fetches a text, checks its length, counts its words.
struct FetchText: Job {
    let port: Int
    let number: Int

    func run() async throws -> WordCount {
        let text = try await fetchText(port: port, number: number)
        return await computing { WordCount(of: text) }
    }

    func runBlocking() throws -> WordCount {
        WordCount(of: try fetchTextBlocking(port: port, number: number))
    }
}

/// The job of `mixed`: fetches a text, then studies its words and repetitions.
struct FetchAndStudy: Job {
    let port: Int
    let number: Int

    func run() async throws -> TextStudy {
        let text = try await fetchText(port: port, number: number)
        return await computing { TextStudy(of: text) }
    }

    func runBlocking() throws -> TextStudy {
        TextStudy(of: try fetchTextBlocking(port: port, number: number))
    }
}

/// The job of `frames`: renders one frame.
struct RenderFrame: Job {
    let number: Int
    let count: Int

    func run() async throws -> Frame {
        let scene = CornellBox(frames: count)
        return await computing { Frame(scene.render(frame: number)) }
    }
}

/// Fetches text `number`, waiting without a thread.
private func fetchText(port: Int, number: Int) async throws -> ByteBuffer {
    let response = try await TextClient.shared(port: port).get("/text/\(number)")
    return try checked(response, number: number)
}

/// Fetches text `number`, blocking the thread.
private func fetchTextBlocking(port: Int, number: Int) throws -> ByteBuffer {
    let response = try TextClient.shared(port: port).getBlocking("/text/\(number)")
    return try checked(response, number: number)
}

/// The text in an answer, if it is the one that was asked for.
private func checked(_ response: Response, number: Int) throws -> ByteBuffer {
    let expected = Corpus.slice(number).count
    guard response.status == 200, response.body.readableBytes == expected else {
        throw WrongAnswer(
            number: number, status: response.status, bytes: response.body.readableBytes,
            expected: expected)
    }
    return response.body
}

/// The server gave something else than the text that was asked for.
struct WrongAnswer: Error, Codable, CustomStringConvertible {
    let number: Int
    let status: Int
    let bytes: Int
    let expected: Int

    var description: String {
        """
        The answer to /text/\(number) has status \(status) and \(bytes) bytes; \(expected) bytes \
        were expected. Is another program listening on the port?
        """
    }
}

/// A rendered frame, as it travels between processes.
struct Frame: Codable, Sendable {
    let width: Int
    let height: Int
    let pixels: [UInt8]

    init(_ image: Image) {
        width = image.width
        height = image.height
        pixels = image.pixels
    }

    var image: Image { Image(width: width, height: height, pixels: pixels) }
}

extension Frame: Digestible {
    func add(to digest: inout Digest) { digest.add(pixels) }
}

extension WordCount: Digestible {
    func add(to digest: inout Digest) {
        digest.add(UInt64(bytes))
        digest.add(UInt64(words))
        digest.add(checksum)
    }
}
