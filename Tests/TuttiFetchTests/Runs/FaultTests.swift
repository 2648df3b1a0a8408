import NIOCore
import Testing
import Tutti

@testable import TuttiFetch

/// What comes when something goes wrong: a clear error for that URL, and the others unharmed.
@Suite(.timeLimit(.minutes(5))) struct FaultTests {
    /// Fetches one URL that fails among ten that do not.
    private func failure(
        _ change: (inout FetchConfiguration) -> Void = { _ in },
        of answer: @escaping @Sendable (FaultyServer.Request) -> Answer
    ) async throws -> FetchRecord {
        try await FaultyServer.with({ request in
            request.path.hasPrefix("/bad") ? answer(request) : .ok(request.path)
        }) { server in
            let place = try Workplace()
            let paths = (0..<5).map { "/good\($0)" } + ["/bad"] + (5..<10).map { "/good\($0)" }
            let records = try await place.fetch(paths.map { FetchRequest(server.url($0)) }) {
                $0.retries = 2
                change(&$0)
            }
            #expect(records.filter { $0.outcome == .fetched }.count == 10)
            #expect((0..<10).allSatisfy { place.text("good\($0)") == "/good\($0)" })
            #expect(place.names.count == 10, "\(place.names)")
            return records[5]
        }
    }

    @Test func `a server that closes before it answers`() async throws {
        let record = try await failure { _ in Answer(end: .cut(after: 0), raw: []) }
        #expect(record.error == .cutShort(receivedBytes: 0))
        #expect(record.attempts == 3)
    }

    @Test func `a server that closes in the middle`() async throws {
        let record = try await failure { _ in Answer(body: pattern(5000)).ending(.cut(after: 700)) }
        #expect(record.error == .cutShort(receivedBytes: 700))
        #expect(record.attempts == 3)
        #expect(record.status == 200)
    }

    @Test func `a connection that is reset`() async throws {
        let record = try await failure { _ in Answer(end: .reset(after: 0), raw: []) }
        switch record.error {
        case .connectionLost?, .cutShort?: break
        default: Issue.record("\(record)")
        }
        #expect(record.attempts == 3)
    }

    @Test func `a server that says more than it has`() async throws {
        let record = try await failure { _ in
            var answer = Answer.ok("short")
            answer.claimedLength = 500
            return answer
        }
        #expect(record.error == .cutShort(receivedBytes: 5))
    }

    @Test(arguments: [
        "rubbish\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\0\0\0\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
    ])
    func `an answer that is no HTTP`(text: String) async throws {
        let record = try await failure { _ in Answer(end: .cut(after: 0), raw: Array(text.utf8)) }
        #expect(record.error?.kind == "malformed", "\(record)")
    }

    @Test func `a server that falls silent`() async throws {
        let record = try await failure({ $0.timeouts.idle = .milliseconds(500) }) { _ in
            Answer(body: pattern(5000)).ending(.stall(after: 700))
        }
        #expect(record.error == .timedOut(.idle, after: .milliseconds(500)))
        #expect(record.attempts == 3)
    }

    @Test func `an answer that takes too long in total`() async throws {
        let record = try await failure({
            // The good ones have to be done by then, beside all the other tests.
            $0.timeouts.total = .seconds(15)
            $0.retries = 0
        }) { _ in Answer(body: pattern(50_000)).ending(.drip(10)) }
        #expect(record.error == .timedOut(.total, after: .seconds(15)))
    }

    @Test func `an answer that comes too slowly`() async throws {
        let record = try await failure({
            $0.slowest = .init(bytesPerSecond: 100_000, window: .seconds(1))
            $0.retries = 1
        }) { _ in Answer(body: pattern(50_000)).ending(.drip(10)) }
        #expect(record.error?.kind == "too-slow", "\(record)")
    }

    @Test func `a redirect without end`() async throws {
        let record = try await failure { _ in .redirect(to: "/bad") }
        #expect(record.error == .tooManyRedirects(10))
        #expect(record.redirects == 10)
    }

    @Test func `a redirect to nowhere`() async throws {
        let record = try await failure { _ in .redirect(to: "file:///etc/passwd") }
        #expect(record.error?.kind == "invalid-redirect")
        #expect(record.attempts == 1)
    }

    @Test(arguments: [400, 401, 403, 404, 410])
    func `a refusal for good is not asked again`(status: Int) async throws {
        let record = try await failure { _ in .status("\(status) No") }
        guard case .status(status, _)? = record.error else {
            Issue.record("\(record)")
            return
        }
        #expect(record.attempts == 1)
    }

    @Test(arguments: [500, 502, 503, 429])
    func `a refusal that may pass is asked again`(status: Int) async throws {
        let record = try await failure { _ in .status("\(status) No") }
        guard case .status(status, _)? = record.error else {
            Issue.record("\(record)")
            return
        }
        #expect(record.attempts == 3)
    }

    @Test func `a server that asks to wait too long`() async throws {
        let record = try await failure { _ in
            .status("503 Service Unavailable", [("Retry-After", "3600")])
        }
        #expect(record.error == .askedToWait(.seconds(3600)))
        #expect(record.attempts == 1)
    }

    @Test func `content that the list does not expect`() async throws {
        let wrong = String(repeating: "0", count: 64)
        try await FaultyServer.with({ _ in .ok("hello") }) { server in
            let place = try Workplace()
            let right = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
            let records = try await place.fetch([
                FetchRequest(server.url("/a"), sha256: right.uppercased()),
                FetchRequest(server.url("/b"), sha256: wrong),
            ])
            #expect(records[0].outcome == .fetched)
            #expect(records[1].error == .wrongChecksum(expected: wrong, found: right))
            #expect(place.names == ["a"])
        }
    }

    @Test func `content that is larger than allowed, said or not`() async throws {
        for hasLength in [true, false] {
            let record = try await failure({ $0.maximumBytes = 100 }) { _ in
                Answer(body: pattern(200_000), hasLength: hasLength)
            }
            #expect(record.error == .tooLarge(limit: 100))
        }
    }

    @Test func `packed content that is damaged, cut or a bomb`() async throws {
        for body in [Array(Packed.hello.prefix(20)), Array("no gzip".utf8), Packed.zeros] {
            let record = try await failure({ $0.isCompressed = true }) { _ in
                Answer(headers: [("Content-Encoding", "gzip")], body: body)
            }
            #expect(record.error?.kind == "cannot-unpack", "\(record)")
        }
    }

    @Test func `nobody at the port, or no such host`() async throws {
        let place = try Workplace()
        let closed = try await FaultyServer(respond: { _ in .ok("") })
        let url = closed.url("/x")
        await closed.close()
        let records = try await place.fetch([
            FetchRequest(url), FetchRequest("http://nowhere.invalid/y"),
        ]) { $0.retries = 1 }
        guard case .cannotConnect("127.0.0.1", _, _)? = records[0].error else {
            Issue.record("\(records[0])")
            return
        }
        #expect(
            ["host-not-found", "host-given-up"].contains(records[1].error?.kind), "\(records[1])")
        #expect(place.names.isEmpty)
    }

    @Test func `a dead host is given up and not asked for each of its URLs`() async throws {
        let place = try Workplace()
        let closed = try await FaultyServer(respond: { _ in .ok("") })
        let url = closed.url("/x")
        await closed.close()
        let records = try await place.fetch((0..<500).map { FetchRequest(url + "\($0)") }) {
            $0.retries = 3
            $0.perHost = 10
        }
        #expect(records.allSatisfy { $0.error != nil })
        #expect(records.filter { $0.error?.kind == "host-given-up" }.count > 400)
        #expect(records.reduce(0) { $0 + $1.attempts } < 60)
    }

    @Test func `a connection that stood idle and was closed costs no attempt`() async throws {
        try await FaultyServer.with({ request in
            // Says that it keeps the connection, and closes it.
            request.path == "/first" ? .ok("1").ending(.cut(after: 1)) : .ok("2")
        }) { server in
            let place = try Workplace()
            let records = try await place.fetch([
                FetchRequest(server.url("/first")), FetchRequest(server.url("/second")),
            ]) {
                $0.limit = 1
                $0.retries = 0
            }
            #expect(records.allSatisfy { $0.outcome == .fetched }, "\(records)")
        }
    }

    @Test func `a cancelled run keeps what is whole, and every URL has a record`() async throws {
        try await FaultyServer.with({ request in
            request.path == "/quick" ? .ok("quick") : Answer(body: [1]).ending(.stall(after: 0))
        }) { server in
            let place = try Workplace()
            let requests = ["/quick"] + (0..<50).map { "/stuck\($0)" }
            let configuration = place.configuration { $0.limit = 5 }
            let records = Records()
            let work = Task {
                try await Fetcher(configuration: configuration).fetch(
                    requests.map { FetchRequest(server.url($0)) }
                ) { records.append($0) }
            }
            await records.first()
            work.cancel()
            let summary = try await work.value
            #expect(summary.wasCancelled)
            #expect(records.all.count == 51)
            #expect(Set(records.all.map(\.index)).count == 51)
            #expect(records.all.filter { $0.error == .cancelled }.count == 50)
            #expect(place.names == ["quick"])
        }
    }

    @Test func `a run that is cancelled before it begins ends`() async throws {
        let place = try Workplace()
        let configuration = place.configuration()
        let records = Records()
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Fetcher(configuration: configuration).fetch(
                [FetchRequest("http://127.0.0.1:1/")]) { records.append($0) }
        }
        _ = try await work.value
        #expect(records.all.map(\.error) == [.cancelled])
    }

    @Test func `of a bad network every file comes whole at last`() async throws {
        let faults = SeededFaults(seed: 11, stall: .milliseconds(50))
        try await FaultyServer.with({ faults.answer($0) }) { server in
            let place = try Workplace()
            let paths = (0..<200).map { "/f\($0)" }
            let records = try await place.fetch(paths.map { FetchRequest(server.url($0)) }) {
                $0.limit = 30
                $0.retries = 20
                $0.timeouts.idle = .milliseconds(300)
                $0.resumableBytes = 10_000
            }
            for (path, record) in zip(paths, records) {
                #expect(record.outcome == .fetched, "\(record)")
                #expect(place.bytes(record.name ?? "") == faults.content(of: path))
            }
            #expect(place.names.count == 200)
        }
    }
}
