import NIOCore
import NIOHTTP1
import Testing
import Tutti

@testable import TuttiFetch

/// What comes when servers behave.
@Suite(.timeLimit(.minutes(5))) struct FetchTests {
    @Test func `an empty list is done at once`() async throws {
        let place = try Workplace()
        #expect(try await place.fetch([]).isEmpty)
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 1_000_000])
    func `a file has the bytes that the server sent`(count: Int) async throws {
        let body = pattern(count)
        try await FaultyServer.with({ _ in Answer(body: body) }) { server in
            let place = try Workplace()
            let record = try await place.fetch(server.url("/a/b?c"))
            #expect(record.outcome == .fetched)
            #expect(record.name == "b?c")
            #expect(record.status == 200)
            #expect(record.size == count)
            #expect(record.bytes == count)
            #expect(record.attempts == 1)
            #expect(record.times.firstByte != nil)
            #expect(record.times.connect != nil)
            #expect(place.bytes("b?c") == body)
            #expect(place.names == ["b?c"])
        }
    }

    @Test func `content without a length ends with the connection`() async throws {
        let body = pattern(100_000)
        try await FaultyServer.with({ _ in Answer(body: body, hasLength: false) }) { server in
            let place = try Workplace()
            #expect(try await place.fetch(server.url("/x")).outcome == .fetched)
            #expect(place.bytes("x") == body)
        }
    }

    @Test func `content in chunks is complete only with the last of them`() async throws {
        try await FaultyServer.with({ request in
            let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            return request.path == "/whole"
                ? Answer(raw: Array((text + "0\r\n\r\n").utf8))
                : Answer(end: .cut(after: 0), raw: Array(text.utf8))
        }) { server in
            let place = try Workplace()
            #expect(try await place.fetch(server.url("/whole")).outcome == .fetched)
            let cut = try await place.fetch(server.url("/cut")) { $0.retries = 0 }
            #expect(cut.error == .cutShort(receivedBytes: 5))
            #expect(place.names == ["whole"])
            #expect(place.text("whole") == "hello")
        }
    }

    @Test func `each URL of a long list has one record, in the order of the list`() async throws {
        try await FaultyServer.with({ .ok($0.path) }) { server in
            let place = try Workplace()
            let records = try await place.fetch(
                (0..<500).map { FetchRequest(server.url("/\($0)")) }
            ) {
                $0.limit = 20
            }
            #expect(records.map(\.index) == Array(0..<500))
            #expect(records.allSatisfy { $0.outcome == .fetched })
            #expect(place.names.count == 500)
            #expect((0..<500).allSatisfy { place.text("\($0)") == "/\($0)" })
            #expect(server.requests.count == 500)
            // Connections are used again.
            #expect(server.connections <= 20)
        }
    }

    @Test func `no more are in flight than was asked for`() async throws {
        try await FaultyServer.with({ .ok($0.path).after(.milliseconds(5)) }) { server in
            let place = try Workplace()
            _ = try await place.fetch((0..<60).map { FetchRequest(server.url("/\($0)")) }) {
                $0.limit = 50
                $0.perHost = 7
            }
            #expect((2...7).contains(server.mostInFlight))
        }
    }

    @Test func `a server that never answers does not hold up the others`() async throws {
        try await FaultyServer.with({ _ in Answer(end: .stall(after: 0), raw: []) }) { stuck in
            try await FaultyServer.with({ .ok($0.path) }) { quick in
                let place = try Workplace()
                let requests =
                    (0..<50).map { FetchRequest(stuck.url("/stuck\($0)")) }
                    + (0..<200).map { FetchRequest(quick.url("/quick\($0)")) }
                let configuration = place.configuration {
                    $0.limit = 10
                    $0.timeouts.idle = nil
                }
                var quickOnes = 0
                for await record in Fetcher(configuration: configuration).records(of: requests) {
                    #expect(record.outcome == .fetched)
                    quickOnes += 1
                    if quickOnes == 200 { break }
                }
                #expect(quickOnes == 200)
            }
        }
    }

    @Test func `names that were given lie in their folders`() async throws {
        try await FaultyServer.with({ .ok($0.path) }) { server in
            let place = try Workplace()
            let records = try await place.fetch([
                FetchRequest(server.url("/1"), name: "a/b/one"),
                FetchRequest(server.url("/2"), name: "a/two"),
                FetchRequest(server.url("/3"), name: "a/two"),
                FetchRequest(server.url("/4"), name: "../out"),
                FetchRequest("ftp://x/5"),
                FetchRequest(server.url("/6"), sha256: "12"),
            ])
            #expect(place.names == ["a/b/one", "a/two"])
            #expect(place.text("a/two") == "/2")
            #expect(records[2].error == .nameTaken("a/two"))
            #expect(records[3].error?.kind == "invalid-name")
            #expect(records[4].error?.kind == "invalid-url")
            #expect(records[5].error == .invalidChecksum("12"))
            #expect(server.requests.count == 2)
        }
    }

    @Test func `redirects are followed, to other servers too`() async throws {
        try await FaultyServer.with({ request in
            .ok("\(request.headers.first(name: "Authorization") ?? "none")")
        }) { last in
            let target = last.url("/end")
            try await FaultyServer.with({ request in
                request.path == "/start" ? .redirect(to: "next") : .redirect(to: target)
            }) { server in
                let place = try Workplace()
                let record = try await place.fetch(server.url("/start")) {
                    $0.headers = [.init(name: "Authorization", value: "secret")]
                }
                #expect(record.outcome == .fetched)
                #expect(record.redirects == 2)
                #expect(record.attempts == 1)
                #expect(record.finalURL == target)
                #expect(record.name == "start")
                // The secret was meant for the first server.
                #expect(place.text("start") == "none")
                #expect(
                    server.requests.allSatisfy {
                        $0.headers.first(name: "Authorization") == "secret"
                    })
            }
        }
    }

    @Test func `packed content is unpacked where that was asked for`() async throws {
        try await FaultyServer.with({ request in
            let asks = request.headers.first(name: "Accept-Encoding")?.contains("gzip") == true
            return asks
                ? Answer(headers: [("Content-Encoding", "gzip")], body: Packed.hello)
                : .ok("plain")
        }) { server in
            let place = try Workplace()
            _ = try await place.fetch(server.url("/plain"))
            _ = try await place.fetch(server.url("/packed")) { $0.isCompressed = true }
            #expect(place.text("plain") == "plain")
            #expect(place.text("packed") == "hello, hello, hello, hello\n")
        }
    }

    @Test func `a file that is there is replaced, skipped, or asked about`() async throws {
        try await FaultyServer.with({ request in
            request.headers.first(name: "If-Modified-Since") == nil
                ? .ok("new") : Answer(status: "304 Not Modified")
        }) { server in
            let place = try Workplace()
            try place.write("old", to: "x")
            #expect(
                try await place.fetch(server.url("/x")) { $0.existing = .skip }.outcome == .skipped)
            #expect(server.requests.isEmpty)
            #expect(
                try await place.fetch(server.url("/x")) { $0.existing = .update }.outcome
                    == .notModified)
            #expect(place.text("x") == "old")
            #expect(try await place.fetch(server.url("/x")).outcome == .fetched)
            #expect(place.text("x") == "new")
        }
    }

    @Test func `a proxy is asked in place of the server`() async throws {
        try await FaultyServer.with({ .ok($0.path) }) { proxy in
            let place = try Workplace()
            let record = try await place.fetch("http://nowhere.example/x") {
                $0.proxy = proxy.url("")
            }
            #expect(record.outcome == .fetched)
            #expect(place.text("x") == "http://nowhere.example/x")
            #expect(proxy.requests.first?.headers.first(name: "Host") == "nowhere.example")
        }
    }

    @Test func `a configuration that cannot work is refused before anything is asked`() async throws
    {
        let place = try Workplace()
        let changes: [(inout FetchConfiguration) -> Void] = [
            { $0.limit = 0 }, { $0.perHost = -1 }, { $0.rate = 0 }, { $0.retries = -1 },
            { $0.headers = [.init(name: "A B", value: "c")] },
            { $0.headers = [.init(name: "A", value: "c\r\nX: y")] },
            { $0.headers = [.init(name: "Host", value: "c")] },
            { $0.userAgent = "a\nb" }, { $0.proxy = "https://p" },
            { $0.trust = .authorities(path: "/nowhere") },
        ]
        for change in changes {
            await #expect {
                _ = try await place.fetch([FetchRequest("http://127.0.0.1:1/")], change)
            } throws: { error in
                (error as? FetchError)?.kind == "invalid-configuration"
            }
        }
        await #expect {
            _ = try await place.fetch([FetchRequest("http://127.0.0.1:1/")]) {
                $0.folder = "/proc/nowhere"
            }
        } throws: { error in
            (error as? FetchError)?.kind == "file"
        }
    }
}

/// Texts that gzip(1) has packed.
enum Packed {
    /// `hello, hello, hello, hello`.
    static let hello: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 72, 205, 201, 201, 215,
        81, 200, 192, 164, 184, 0, 75, 33, 161, 41, 27, 0, 0, 0,
    ]
    /// 200 000 zeros, 229 bytes.
    static let zeros: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0,
        0, 194, 160, 245, 79, 109, 6, 127, 160, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 215, 0, 123, 88, 224,
        92, 64, 13, 3, 0,
    ]
}
