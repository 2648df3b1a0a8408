import NIOCore
import Testing
import Tutti

@testable import TuttiFetch

/// Servers whose certificate is right, or not.
@Suite(.timeLimit(.minutes(5)), .enabled(if: Certificates.canBeMade, "openssl is missing"))
struct SecureTests {
    private func fetch(
        certificateFor names: String, asHost host: String,
        trusting trust: (Certificates) -> FetchConfiguration.Trust
    ) async throws -> FetchRecord {
        let certificates = try Certificates(names: names)
        return try await FaultyServer.with(
            security: try certificates.serverContext(), { .ok($0.path) }
        ) { server in
            let place = try Workplace()
            let record = try await place.fetch("https://\(host):\(server.port)/x") {
                $0.trust = trust(certificates)
                $0.retries = 0
            }
            #expect(place.names == (record.outcome == .fetched ? ["x"] : []))
            return record
        }
    }

    @Test(arguments: [
        ("DNS:localhost", "localhost"), ("IP:127.0.0.1", "127.0.0.1"),
        ("DNS:localhost,IP:127.0.0.1", "localhost"),
    ])
    func `a server with the right certificate is asked`(names: String, host: String) async throws {
        let record = try await fetch(certificateFor: names, asHost: host) {
            .authorities(path: $0.authority)
        }
        #expect(record.outcome == .fetched, "\(record)")
        #expect(record.times.handshake != nil)
    }

    @Test(arguments: [
        ("DNS:other.example", "localhost"), ("DNS:localhost", "127.0.0.1"),
        // The address is right, and the name was asked for.
        ("IP:127.0.0.1", "localhost"), ("DNS:other.example,IP:127.0.0.1", "localhost"),
    ])
    func `a certificate for another name is refused`(names: String, host: String) async throws {
        let record = try await fetch(certificateFor: names, asHost: host) {
            .authorities(path: $0.authority)
        }
        guard case .notSecure(host, let reason)? = record.error else {
            Issue.record("\(record)")
            return
        }
        #expect(reason == "its certificate is for another name")
    }

    @Test func `a certificate that nobody vouches for is refused`() async throws {
        let record = try await fetch(certificateFor: "DNS:localhost", asHost: "localhost") { _ in
            .system
        }
        guard case .notSecure(_, let reason)? = record.error else {
            Issue.record("\(record)")
            return
        }
        #expect(reason.contains("no trusted authority"), "\(reason)")
    }

    @Test func `without any check every server is asked`() async throws {
        let record = try await fetch(certificateFor: "DNS:other.example", asHost: "localhost") {
            _ in
            .anyone
        }
        #expect(record.outcome == .fetched, "\(record)")
    }

    @Test func `a server without TLS is said as such`() async throws {
        try await FaultyServer.with({ .ok($0.path) }) { server in
            let place = try Workplace()
            let record = try await place.fetch("https://127.0.0.1:\(server.port)/x") {
                $0.retries = 0
            }
            #expect(record.error?.kind == "not-secure", "\(record)")
        }
    }

    @Test func `a cut inside TLS is a cut`() async throws {
        let certificates = try Certificates(names: "DNS:localhost")
        try await FaultyServer.with(
            security: try certificates.serverContext(),
            { request in
                let answer = Answer.content(pattern(50_000), etag: "\"1\"", for: request)
                return request.number == 0 ? answer.ending(.cut(after: 20_000)) : answer
            }
        ) { server in
            let place = try Workplace()
            let record = try await place.fetch("https://localhost:\(server.port)/x") {
                $0.trust = .authorities(path: certificates.authority)
            }
            #expect(record.outcome == .fetched, "\(record)")
            #expect(record.attempts == 2)
            #expect(place.bytes("x") == pattern(50_000))
        }
    }

    @Test func `a proxy leads to a server whose certificate is checked all the same`() async throws
    {
        let certificates = try Certificates(names: "DNS:localhost")
        try await FaultyServer.with(
            security: try certificates.serverContext(), { .ok($0.path) }
        ) { server in
            let proxy = try await TunnelProxy()
            let place = try Workplace()
            let urls = [
                "https://localhost:\(server.port)/x", "https://other.example:\(server.port)/y",
            ]
            let records = try await place.fetch(urls.map { FetchRequest($0) }) {
                $0.trust = .authorities(path: certificates.authority)
                $0.proxy = "http://me:secret@127.0.0.1:\(proxy.port)"
                $0.retries = 0
            }
            await proxy.close()
            #expect(records[0].outcome == .fetched, "\(records[0])")
            #expect(records[1].error?.kind == "not-secure", "\(records[1])")
            #expect(place.text("x") == "/x")
            let head = proxy.requests.first { $0.contains("localhost") } ?? ""
            #expect(head.hasPrefix("CONNECT localhost:\(server.port) HTTP/1.1\r\n"))
            #expect(head.contains("Proxy-Authorization: Basic bWU6c2VjcmV0\r\n"))
        }
    }

    @Test(arguments: [
        ("407 Proxy Authentication Required", "it asks for a user and a password"),
        ("403 Forbidden", "it refused"),
    ])
    func `a proxy that refuses is said as such`(refusal: String, reason: String) async throws {
        let proxy = try await TunnelProxy(refusal: refusal)
        let place = try Workplace()
        let record = try await place.fetch("https://somewhere.example/x") {
            $0.proxy = "127.0.0.1:\(proxy.port)"
        }
        await proxy.close()
        #expect(record.error == .proxy(reason: reason), "\(record)")
    }
}
