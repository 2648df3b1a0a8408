import NIOHTTP1
import Testing

@testable import TuttiFetch

@Suite struct ResponsePlanTests {
    private func plan(
        _ status: Int, _ headers: [(String, String)] = [], offset: Int = 0,
        isConditional: Bool = false, isCompressed: Bool = false, maximumBytes: Int? = nil
    ) -> ResponsePlan {
        ResponsePlan(
            HTTPResponseHead(
                version: .http1_1, status: .init(statusCode: status), headers: .init(headers)),
            to: .init(
                offset: offset, isConditional: isConditional, isCompressed: isCompressed,
                maximumBytes: maximumBytes),
            now: { 784_111_777 })
    }

    @Test func `an answer is saved from the start, or from where the part ends`() {
        #expect(plan(200) == .save(offset: 0))
        #expect(plan(200, offset: 50) == .save(offset: 0))
        #expect(
            plan(206, [("Content-Range", "bytes 50-99/100")], offset: 50) == .save(offset: 50))
    }

    @Test func `a range that does not fit is asked for again as a whole`() {
        #expect(plan(206, [("Content-Range", "bytes 0-99/100")], offset: 50) == .startOver)
        #expect(plan(206, [("Content-Range", "rubbish")], offset: 50) == .startOver)
        #expect(plan(206, offset: 50) == .startOver)
        #expect(plan(416, [("Content-Range", "bytes */40")], offset: 50) == .startOver)
    }

    @Test func `a part that has all bytes is whole`() {
        #expect(plan(416, [("Content-Range", "bytes */50")], offset: 50) == .whole)
    }

    @Test func `a part that was not asked for is no answer`() {
        guard case .refuse(.malformed, nil) = plan(206) else {
            Issue.record("\(plan(206))")
            return
        }
    }

    @Test func `not modified counts only where it was asked for`() {
        #expect(plan(304, isConditional: true) == .notModified)
        guard case .refuse(.status(304, _), _) = plan(304) else {
            Issue.record("\(plan(304))")
            return
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect leads to its location`(status: Int) {
        #expect(plan(status, [("Location", "/x")]) == .redirect("/x"))
        guard case .refuse(.status(status, _), _) = plan(status) else {
            Issue.record("\(plan(status))")
            return
        }
    }

    @Test(arguments: [
        ("7", Duration.seconds(7)), ("Sun, 06 Nov 1994 08:49:47 GMT", .seconds(10)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", .zero),
    ])
    func `a refusal says for how long`(text: String, expected: Duration) {
        guard case .refuse(.status(503, _), let pause) = plan(503, [("Retry-After", text)]) else {
            Issue.record("\(plan(503))")
            return
        }
        #expect(pause == expected)
    }

    @Test func `packed content that nothing here unpacks is refused`() {
        let brotli = [("Content-Encoding", "br")]
        #expect(plan(200, brotli) == .save(offset: 0))
        guard case .refuse(.cannotUnpack, _) = plan(200, brotli, isCompressed: true) else {
            Issue.record("\(plan(200, brotli, isCompressed: true))")
            return
        }
    }

    @Test func `what is too large is refused by its head`() {
        #expect(
            plan(200, [("Content-Length", "11")], maximumBytes: 10)
                == .refuse(.tooLarge(limit: 10), pause: nil))
        #expect(
            plan(206, [("Content-Range", "bytes 5-10/11")], offset: 5, maximumBytes: 10)
                == .refuse(.tooLarge(limit: 10), pause: nil))
    }

    @Test(
        arguments: [
            ([("ETag", "\"a\"")], "\"a\""),
            ([("ETag", "W/\"a\"")], nil),
            ([("ETag", "W/\"a\""), ("Last-Modified", "b")], "b"),
            ([("ETag", "\"a\""), ("Accept-Ranges", "none")], nil),
            ([("ETag", "\"a\""), ("Content-Encoding", "gzip")], nil),
            ([], nil),
        ] as [([(String, String)], String?)])
    func `content is continued by a strong validator alone`(
        headers: [(String, String)], expected: String?
    ) {
        #expect(HTTPHeaders(headers).resumeValidator == expected)
    }
}
