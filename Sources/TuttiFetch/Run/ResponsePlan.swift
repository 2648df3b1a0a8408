internal import NIOHTTP1

/// What the head of an answer means for the file.
enum ResponsePlan: Equatable {
    /// The content goes into the file, from `offset` on.
    case save(offset: Int)
    /// The part that is here is the whole file already.
    case whole
    /// The file that is here is up to date.
    case notModified
    /// Ask elsewhere.
    case redirect(String)
    /// The range does not fit: ask again for the whole.
    case startOver
    /// It failed, and the server asks for a pause.
    case refuse(FetchError, pause: Duration?)

    /// What was asked.
    struct Question {
        /// How many bytes of a part are here; 0 when no range was asked for.
        var offset = 0
        /// Whether only something newer was asked for.
        var isConditional = false
        /// Whether packed content can be unpacked.
        var isCompressed = false
        /// The most bytes that are taken.
        var maximumBytes: Int?
    }

    /// Reads the head of an answer; `now` is in seconds since 1970, for a `Retry-After` with a time.
    init(_ head: HTTPResponseHead, to question: Question, now: () -> Int) {
        switch head.status.code {
        case 206 where question.offset > 0:
            self = Self.partial(head, question)
        case 206:
            self = .refuse(.malformed(reason: "a part came that was not asked for"), pause: nil)
        case 200..<300:
            self = Self.full(head, question)
        case 301, 302, 303, 307, 308:
            if let location = head.headers.first(name: "location") {
                self = .redirect(location)
            } else {
                self = Self.refusal(head, now: now)
            }
        case 304 where question.isConditional:
            self = .notModified
        case 416 where question.offset > 0:
            let range = head.headers.first(name: "content-range")
            self = range == "bytes */\(question.offset)" ? .whole : .startOver
        default:
            self = Self.refusal(head, now: now)
        }
    }

    private static func full(_ head: HTTPResponseHead, _ question: Question) -> Self {
        if question.isCompressed, let encoding = head.headers.first(name: "content-encoding"),
            !["gzip", "deflate", "identity"].contains(encoding.lowercased())
        {
            return .refuse(.cannotUnpack(reason: "it is packed with '\(encoding)'"), pause: nil)
        }
        if let limit = question.maximumBytes,
            let length = head.headers.first(name: "content-length").flatMap({ Int($0) }),
            length > limit
        {
            return .refuse(.tooLarge(limit: limit), pause: nil)
        }
        return .save(offset: 0)
    }

    /// `Content-Range: bytes 5-9/10`.
    private static func partial(_ head: HTTPResponseHead, _ question: Question) -> Self {
        guard let range = head.headers.first(name: "content-range"), range.hasPrefix("bytes "),
            let first = range.dropFirst(6).split(separator: "-").first.flatMap({ Int($0) }),
            first == question.offset
        else { return .startOver }
        if let limit = question.maximumBytes, let total = range.split(separator: "/").last,
            let total = Int(total), total > limit
        {
            return .refuse(.tooLarge(limit: limit), pause: nil)
        }
        return .save(offset: first)
    }

    private static func refusal(_ head: HTTPResponseHead, now: () -> Int) -> Self {
        let error = FetchError.status(
            Int(head.status.code), reason: head.status.reasonPhrase)
        guard let text = head.headers.first(name: "retry-after") else {
            return .refuse(error, pause: nil)
        }
        return .refuse(error, pause: HTTPDate.wait(retryAfter: text, now: now()))
    }
}

extension HTTPHeaders {
    /// What a later `If-Range` can be sent with; nil when the content cannot be continued.
    ///
    /// A weak `ETag` says that two contents mean the same, not that their bytes are equal.
    var resumeValidator: String? {
        if first(name: "accept-ranges")?.lowercased() == "none" { return nil }
        if let encoding = first(name: "content-encoding"), encoding != "identity" { return nil }
        let validator =
            first(name: "etag").flatMap { $0.hasPrefix("\"") ? $0 : nil }
            ?? first(name: "last-modified")
        // It goes into a line of the note.
        return validator.flatMap { $0.contains("\n") ? nil : $0 }
    }
}
