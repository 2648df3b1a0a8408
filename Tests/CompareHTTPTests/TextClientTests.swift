import Glibc
import NIOCore
import Testing
import Tutti

@testable import CompareHTTP
@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct TextClientTests {
    private let whole = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"

    @Test(arguments: Way.allCases)
    func `a refused connection is a sentence with its address`(way: Way) async throws {
        let server = try await TextServer.start(delay: .zero)
        let port = server.port
        await server.shutdown()
        let client = TextClient(port: port)
        let failure = await #expect(throws: RequestFailure.self) {
            try await way.get("/text/3", from: client)
        }
        #expect(
            failure?.description == """
                http://127.0.0.1:\(port)/text/3 cannot be reached: \
                connect: Connection refused (errno \(ECONNREFUSED)).
                """)
        await client.close()
    }

    @Test(arguments: Way.allCases)
    func `an answer that is cut short is an error, not a short answer`(way: Way) async throws {
        let failure = try await failure(way, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello")
        #expect(failure?.reason == .cutShort(receivedBytes: 5))
    }

    @Test(arguments: Way.allCases)
    func `a server that says nothing is an error`(way: Way) async throws {
        let failure = try await failure(way, "")
        #expect(failure?.reason == .cutShort(receivedBytes: 0))
    }

    @Test(arguments: Way.allCases)
    func `half a head is an error`(way: Way) async throws {
        let failure = try await failure(way, "HTTP/1.1 200 OK\r\ncontent-le")
        #expect(failure?.reason == .cutShort(receivedBytes: 0))
    }

    @Test(arguments: Way.allCases)
    func `what is no HTTP is called so`(way: Way) async throws {
        let failure = try await failure(way, "220 smtp.example.com ESMTP\r\n\r\n")
        guard case .malformed = failure?.reason else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(failure?.description.contains("not valid HTTP") == true)
    }

    @Test(arguments: Way.allCases)
    func `an answer without a length ends with its connection`(way: Way) async throws {
        let server = RawServer([.init(answer: "HTTP/1.1 200 OK\r\n\r\nas long as it gets")])
        let client = TextClient(port: server.port)
        let response = try await way.get("/", from: client)
        #expect(String(buffer: response.body) == "as long as it gets")
        await client.close()
    }

    @Test(arguments: Way.allCases)
    func `a body in chunks is put together`(way: Way) async throws {
        let answer =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        let server = RawServer([.init(answer: answer)])
        let client = TextClient(port: server.port)
        let response = try await way.get("/", from: client)
        #expect(String(buffer: response.body) == "abcde")
        await client.close()
    }

    @Test(arguments: Way.allCases)
    func `a connection that the server closed in between is replaced`(way: Way) async throws {
        let server = RawServer([.init(answer: whole), .init(answer: whole), .init(answer: whole)])
        let client = TextClient(port: server.port)
        for _ in 0..<3 {
            #expect(String(buffer: try await way.get("/", from: client).body) == "hello")
        }
        await client.close()
    }

    @Test(arguments: Way.allCases)
    func `a second answer that does not begin is asked for once more`(way: Way) async throws {
        let server = RawServer([
            .init(answer: whole, staysOpen: true), .init(answer: ""), .init(answer: whole),
        ])
        let client = TextClient(port: server.port)
        for _ in 0..<2 {
            #expect(String(buffer: try await way.get("/", from: client).body) == "hello")
        }
        await client.close()
    }

    @Test(arguments: Way.allCases)
    func `once more is not for ever`(way: Way) async throws {
        let server = RawServer([
            .init(answer: whole, staysOpen: true), .init(answer: ""), .init(answer: ""),
        ])
        let client = TextClient(port: server.port)
        _ = try await way.get("/", from: client)
        let failure = await #expect(throws: RequestFailure.self) {
            try await way.get("/", from: client)
        }
        #expect(failure?.reason == .cutShort(receivedBytes: 0))
        await client.close()
    }

    @Test func `a cancelled request ends at once and the client goes on`() async throws {
        let server = try await TextServer.start(delay: .seconds(3600))
        let client = TextClient(port: server.port)
        let tasks = (0..<50).map { number in Task { try await client.get("/text/\(number)") } }
        // Some are cancelled before they connect, some while they wait.
        #expect(try await client.get("/").status == 404)
        for task in tasks { task.cancel() }
        for task in tasks {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(try await client.get("/").status == 404)
        await client.close()
        await server.shutdown()
    }

    @Test func `closing a client fails what waits and what comes later`() async throws {
        let server = try await TextServer.start(delay: .seconds(3600))
        let client = TextClient(port: server.port)
        let waiting = Task { try await client.get("/text/1") }
        #expect(try await client.get("/").status == 404)
        await client.close()
        for way in Way.allCases {
            let failure = await #expect(throws: RequestFailure.self) {
                try await way.get("/", from: client)
            }
            #expect(failure?.reason == .clientClosed)
        }
        let failure = await #expect(throws: RequestFailure.self) { try await waiting.value }
        #expect(failure?.reason == .clientClosed)
        await server.shutdown()
    }

    @Test func `a client of a loop that is gone says so`() async throws {
        let loop = TuttiNIO.EventLoop()
        let client = TextClient(port: 1, loop: loop)
        await loop.shutdown()
        let failure = await #expect(throws: RequestFailure.self) { try await client.get("/") }
        #expect(failure?.reason == .clientClosed)
        await client.close()
    }

    @Test func `a process has one client for a port and a loop`() async throws {
        let loop = TuttiNIO.EventLoop()
        #expect(TextClient.shared(port: 1) === TextClient.shared(port: 1))
        #expect(TextClient.shared(port: 1) !== TextClient.shared(port: 2))
        #expect(TextClient.shared(port: 1) !== TextClient.shared(port: 1, loop: loop))
        let before = TextClient.shared(port: 1)
        await TextClient.closeAll()
        #expect(TextClient.shared(port: 1) !== before)
        await TextClient.closeAll()
        await loop.shutdown()
    }

    /// What becomes of a request that a server answers with exactly this.
    private func failure(_ way: Way, _ answer: String) async throws -> RequestFailure? {
        let server = RawServer([.init(answer: answer)])
        let client = TextClient(port: server.port)
        let failure = await #expect(throws: RequestFailure.self) {
            try await way.get("/text/1", from: client)
        }
        await client.close()
        return failure
    }
}
