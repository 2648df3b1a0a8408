package import NIOCore
internal import NIOHTTP1

/// The answer to one request.
package struct Response: Sendable {
    /// Such as 200 or 404.
    package let status: Int
    /// All of the body.
    package let body: ByteBuffer
}

/// Puts a response together from the parts that NIO's decoder gives.
struct ResponseParts {
    /// Whether anything of the answer has come.
    var hasBegun: Bool { head != nil }
    /// Whether the connection can take another request afterwards.
    private(set) var isKeepAlive = true
    /// How much of the body has come.
    var receivedBytes: Int { body.readableBytes }

    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    /// Takes the next part; gives the response with the last one, and is then ready for another.
    mutating func take(_ part: HTTPClientResponsePart) -> Response? {
        switch part {
        case .head(let head):
            self.head = head
            isKeepAlive = head.isKeepAlive
            return nil
        case .body(var part):
            append(&part)
            return nil
        case .end:
            defer { (head, body) = (nil, ByteBuffer()) }
            return head.map { Response(status: Int($0.status.code), body: body) }
        }
    }

    private mutating func append(_ part: inout ByteBuffer) {
        guard body.readableBytes == 0 else {
            body.writeBuffer(&part)
            return
        }
        let announced = head?.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard part.readableBytes < announced else {
            // All of it at once: no copy.
            body = part
            return
        }
        // What a server announces is believed up to a megabyte; more comes with the bytes.
        body = ByteBufferAllocator().buffer(capacity: min(announced, 1 << 20))
        body.writeBuffer(&part)
    }
}

extension HTTPRequestHead {
    /// A GET on a connection that stays open.
    init(path: String, host: String, port: Int) {
        self.init(
            version: .http1_1, method: .GET, uri: path,
            headers: ["host": "\(host):\(port)", "accept": "*/*"])
    }
}
