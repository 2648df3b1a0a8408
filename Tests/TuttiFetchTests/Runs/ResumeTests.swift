import NIOCore
import NIOHTTP1
import Testing
import Tutti

@testable import TuttiFetch

/// What was cut is continued, if the server says that it is still the same.
@Suite(.timeLimit(.minutes(5))) struct ResumeTests {
    private let body = pattern(300_000)

    @Test func `a cut answer is continued where it was cut`() async throws {
        let body = body
        try await FaultyServer.with({ request in
            let answer = Answer.content(body, etag: "\"1\"", for: request)
            return request.number == 0 ? answer.ending(.cut(after: 100_000)) : answer
        }) { server in
            let place = try Workplace()
            let record = try await place.fetch(server.url("/x"))
            #expect(record.outcome == .fetched)
            #expect(record.attempts == 2)
            #expect(record.bytes == 300_000)
            #expect(place.bytes("x") == body)
            #expect(place.names == ["x"])
            #expect(server.requests[1].headers.first(name: "Range") == "bytes=100000-")
        }
    }

    @Test func `content that has changed meanwhile is fetched from the start`() async throws {
        let other = pattern(200_000, seed: 9)
        let body = body
        try await FaultyServer.with({ request in
            request.number == 0
                ? Answer.content(body, etag: "\"1\"", for: request).ending(.cut(after: 100_000))
                : Answer.content(other, etag: "\"2\"", for: request)
        }) { server in
            let place = try Workplace()
            let record = try await place.fetch(server.url("/x"))
            #expect(record.outcome == .fetched)
            #expect(record.bytes == 300_000)
            #expect(place.bytes("x") == other)
        }
    }

    @Test func `content without a validator is fetched from the start`() async throws {
        let body = body
        try await FaultyServer.with({ request in
            request.number == 0
                ? Answer(body: body).ending(.cut(after: 50_000)) : Answer(body: body)
        }) { server in
            let place = try Workplace()
            let record = try await place.fetch(server.url("/x"))
            #expect(record.bytes == 350_000)
            #expect(place.bytes("x") == body)
            #expect(server.requests[1].headers.first(name: "Range") == nil)
        }
    }

    @Test func `the next run continues what the last one left`() async throws {
        let body = body
        try await FaultyServer.with({ request in
            let answer = Answer.content(body, etag: "\"1\"", for: request)
            return request.number == 0 ? answer.ending(.cut(after: 200_000)) : answer
        }) { server in
            let place = try Workplace()
            let first = try await place.fetch(server.url("/x")) {
                $0.retries = 0
                $0.resumableBytes = 100_000
            }
            #expect(first.error == .cutShort(receivedBytes: 200_000))
            #expect(place.names == ["x.tutti-part", "x.tutti-part.note"])
            let second = try await place.fetch(server.url("/x"))
            #expect(second.outcome == .fetched)
            #expect(second.status == 206)
            #expect(second.bytes == 100_000)
            #expect(second.size == 300_000)
            #expect(place.bytes("x") == body)
            #expect(place.names == ["x"])
        }
    }

    @Test func `a part that was whole but not named yet is named`() async throws {
        let body = body
        try await FaultyServer.with({ .content(body, etag: "\"1\"", for: $0) }) { server in
            let place = try Workplace()
            let url = server.url("/x")
            try place.write(body, to: "x.tutti-part")
            try place.write(PartNote(url: url, validator: "\"1\"").text, to: "x.tutti-part.note")
            let record = try await place.fetch(url)
            #expect(record.outcome == .fetched)
            #expect(record.bytes == 0)
            #expect(place.bytes("x") == body)
            #expect(place.names == ["x"])
        }
    }

    @Test(arguments: ["another URL", "a torn note", "no note", "a part that is too long"])
    func `a part that does not fit is dropped`(what: String) async throws {
        let body = body
        try await FaultyServer.with({ .content(body, etag: "\"1\"", for: $0) }) { server in
            let place = try Workplace()
            let url = server.url("/x")
            let note = PartNote(
                url: what == "another URL" ? url + "y" : url, validator: "\"1\""
            ).text
            try place.write(
                pattern(what == "a part that is too long" ? 400_000 : 1000, seed: 77),
                to: "x.tutti-part")
            if what != "no note" {
                try place.write(
                    what == "a torn note" ? String(note.dropLast(3)) : note, to: "x.tutti-part.note"
                )
            }
            let record = try await place.fetch(url)
            #expect(record.outcome == .fetched)
            #expect(place.bytes("x") == body)
            #expect(place.names == ["x"])
        }
    }

    @Test func `a continued file is checked as a whole`() async throws {
        let body = Array("hello".utf8)
        try await FaultyServer.with({ request in
            let answer = Answer.content(body, etag: "\"1\"", for: request)
            return request.number == 0 ? answer.ending(.cut(after: 2)) : answer
        }) { server in
            let place = try Workplace()
            let right = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
            let records = try await place.fetch([FetchRequest(server.url("/x"), sha256: right)])
            #expect(records[0].outcome == .fetched)
            #expect(records[0].status == 206)
            #expect(place.text("x") == "hello")
        }
    }

    @Test func `a cancelled run leaves a part that the next one continues`() async throws {
        let body = body
        try await FaultyServer.with({ request in
            let answer = Answer.content(body, etag: "\"1\"", for: request)
            return request.number == 0 ? answer.ending(.stall(after: 150_000)) : answer
        }) { server in
            let place = try Workplace()
            let url = server.url("/x")
            let configuration = place.configuration { $0.timeouts.idle = nil }
            let (events, event) = AsyncStream.makeStream(of: Int.self)
            let work = Task {
                try await Fetcher(configuration: configuration).fetch(
                    [FetchRequest(url)], progress: { event.yield($0.bytes) }, record: { _ in })
            }
            for await bytes in events where bytes == 150_000 { break }
            work.cancel()
            _ = try await work.value
            #expect(place.names == ["x.tutti-part", "x.tutti-part.note"])
            let record = try await place.fetch(url)
            #expect(record.bytes == 150_000)
            #expect(place.bytes("x") == body)
        }
    }
}
