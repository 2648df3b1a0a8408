import Glibc
import NIOCore
import Testing
import Tutti

@testable import CompareHTTP
@testable import TuttiNIO

/// The two ways to ask; each test of a server goes both.
enum Way: CaseIterable, Sendable {
    case waiting, blocking

    func get(_ path: String, from client: TextClient) async throws -> Response {
        switch self {
        case .waiting: try await client.get(path)
        case .blocking: try await onThread { try client.getBlocking(path) }
        }
    }
}

@Suite(.timeLimit(.minutes(5))) struct TextServerTests {
    @Test(arguments: Way.allCases)
    func `a page is its slice of the text`(way: Way) async throws {
        let server = try await TextServer.start(delay: .zero)
        let client = TextClient(port: server.port)
        for number in 0..<20 {
            let response = try await way.get("/text/\(number)", from: client)
            #expect(response.status == 200)
            #expect(Array(response.body.readableBytesView) == page(number))
        }
        await client.close()
        await server.shutdown()
    }

    @Test(arguments: Way.allCases)
    func `the answer comes after the delay`(way: Way) async throws {
        let server = try await TextServer.start(delay: .milliseconds(30))
        let client = TextClient(port: server.port)
        let began = MonotonicClock.nanoseconds
        _ = try await way.get("/text/1", from: client)
        #expect(MonotonicClock.nanoseconds - began >= 30_000_000)
        await client.close()
        await server.shutdown()
    }

    @Test(
        arguments: Way.allCases,
        ["/", "/text", "/text/", "/text/x", "/text/-1", "/text/1/2", "/text/99999999999999999999"])
    func `what is no page is not found`(way: Way, path: String) async throws {
        let server = try await TextServer.start(delay: .seconds(3600))
        let client = TextClient(port: server.port)
        let response = try await way.get(path, from: client)
        #expect(response.status == 404)
        #expect(response.body.readableBytes == 0)
        await client.close()
        await server.shutdown()
    }

    @Test func `two hundred requests at once are all answered`() async throws {
        let server = try await TextServer.start(delay: .milliseconds(10))
        let client = TextClient(port: server.port)
        let right = try await withThrowingTaskGroup(of: Bool.self, returning: Int.self) { group in
            for number in 0..<200 {
                group.addTask(executorPreference: TuttiNIO.EventLoop.shared) {
                    let body = try await client.get("/text/\(number)").body
                    return Array(body.readableBytesView) == page(number)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 200)
        await client.close()
        await server.shutdown()
    }

    @Test func `threads share a client that blocks`() async throws {
        let server = try await TextServer.start(delay: .milliseconds(1))
        let client = TextClient(port: server.port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    for number in thread * 10..<thread * 10 + 10 {
                        let body = try await onThread { try client.getBlocking("/text/\(number)") }
                            .body
                        #expect(Array(body.readableBytesView) == page(number))
                    }
                }
            }
            try await group.waitForAll()
        }
        await client.close()
        await server.shutdown()
    }

    @Test func `a port in use is an error with its number`() async throws {
        let server = try await TextServer.start(delay: .zero)
        let error = await #expect(throws: SystemError.self) {
            _ = try await TextServer.start(port: server.port, delay: .zero)
        }
        #expect(error?.code == EADDRINUSE)
        #expect(error?.subject == "127.0.0.1:\(server.port)")
        await server.shutdown()
    }

    @Test func `a server that is shut down is closed`() async throws {
        let server = try await TextServer.start(delay: .zero)
        await server.shutdown()
        let client = TextClient(port: server.port)
        await #expect(throws: RequestFailure.self) { try await client.get("/text/1") }
        await client.close()
    }
}

private func page(_ number: Int) -> [UInt8] {
    Array(Corpus.text[Corpus.slice(number)])
}
