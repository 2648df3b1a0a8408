internal import Crypto
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import Tutti

/// One URL on its way from the list to its file, over all its attempts.
// Safety: used on the loop's thread alone.
final class FetchJob: @unchecked Sendable {
    /// Its place in the list.
    let index: Int
    /// What was asked for.
    let request: FetchRequest
    /// Where it is asked for now, after redirects.
    var address: WebAddress
    /// The number of that server.
    var host: Int
    /// Where the file goes.
    let place: OutputFolder.Place

    var attempts = 0
    var redirects = 0
    var times = FetchTimes()
    var status: Int?
    /// The body's bytes of all attempts.
    var totalBytes = 0
    /// When the first attempt started.
    let startedAt: UInt64
    /// The note for the part that is here: from an earlier attempt, or an earlier run.
    var note: PartNote?

    /// Whether the next attempt only goes on where the last one was sent.
    var isRedirected = false

    // Of the attempt that runs.
    var watch: Watch
    /// Ends whatever the attempt waits for.
    var abort: (FetchError) -> Void = { _ in }
    /// Its place among those in flight.
    var slot = 0
    private(set) var receivedBytes = 0
    private(set) var isConnected = false
    private(set) var part: PartFile?
    private(set) var plan: ResponsePlan?
    private(set) var headers = HTTPHeaders()
    private var question = ResponsePlan.Question()
    private var checksum: Checksum?
    private var sentAt: UInt64 = 0
    private var resumableBytes = 0
    private var discardedBytes = 0
    private var answer = Signal<Void>()
    private(set) var canRepeat = false

    init(
        index: Int, request: FetchRequest, address: WebAddress, host: Int,
        place: OutputFolder.Place, at now: UInt64
    ) {
        self.index = index
        self.request = request
        self.address = address
        self.host = host
        self.place = place
        startedAt = now
        watch = Watch(at: now)
    }

    /// A new attempt begins.
    func begin(at now: UInt64) {
        if isRedirected { isRedirected = false } else { attempts += 1 }
        times = FetchTimes()
        status = nil
        watch = Watch(at: now)
        receivedBytes = 0
        isConnected = false
        plan = nil
        abort = { _ in }
    }

    /// How many bytes of a part are here that the server may continue.
    func openPart() throws(FetchError) -> Int {
        guard note != nil else { return 0 }
        do {
            let part = try PartFile.open(at: place)
            guard part.size > 0 else { return 0 }
            self.part = part
            return part.size
        } catch {
            note = nil
            if case .writtenElsewhere = error { throw error }
            return 0
        }
    }

    /// Sends the request and waits for the answer, its body in the part.
    func exchange(
        _ head: HTTPRequestHead, _ question: ResponsePlan.Question, on connection: Connection,
        resumableBytes: Int
    ) async throws(FetchError) {
        self.question = question
        self.resumableBytes = resumableBytes
        isConnected = true
        canRepeat = false
        answer = Signal()
        abort = { [unowned self] error in
            connection.close()
            connectionLost(error, canRepeat: false)
        }
        sentAt = MonotonicClock.nanoseconds
        connection.send(head, to: self)
        defer { abort = { _ in } }
        try await answer.wait()
    }

    /// Whether the content is known only from the whole file.
    var needsChecksumOfFile: Bool {
        request.sha256 != nil && checksum == nil
    }

    /// The checksum of what passed by.
    var checksumText: String? { checksum?.text }

    /// Makes the file whole under its name.
    func finish(syncs: Bool, keepsTime: Bool) throws(FetchError) -> Int {
        // An answer without a body has no part yet.
        let part = if let part { part } else { try PartFile.begin(at: place) }
        let modified =
            keepsTime
            ? headers.first(name: "last-modified").flatMap(HTTPDate.seconds) : nil
        try part.finish(syncs: syncs, modified: modified)
        self.part = nil
        return part.size
    }

    /// Leaves the part for a later attempt if it can be continued, or removes it.
    ///
    /// - Parameter isLast: whether this run makes no other attempt.
    func putAside(isLast: Bool) {
        checksum = nil
        guard let part else { return }
        self.part = nil
        if case .save? = plan, let validator = headers.resumeValidator {
            note = PartNote(url: request.url, validator: validator)
        }
        guard let note, part.size > 0 else { return part.discard() }
        if isLast { part.keep(note) }
    }

    /// Removes what was received.
    func discardPart() {
        checksum = nil
        note = nil
        part.take()?.discard()
    }
}

extension FetchJob: ResponseReceiver {
    /// The most that is read of a body that is of no interest, to keep its connection.
    private static var discardedBytesAllowed: Int { 65_536 }

    func headCame(_ head: HTTPResponseHead) throws(FetchError) {
        times.firstByte = .nanoseconds(Int64(MonotonicClock.nanoseconds - sentAt))
        status = Int(head.status.code)
        headers = head.headers
        let plan = ResponsePlan(head, to: question) { Glibc.time(nil) }
        self.plan = plan
        switch plan {
        case .save(0):
            if request.sha256 != nil { checksum = Checksum() }
            if let part {
                try part.empty()
            } else {
                part = try PartFile.begin(at: place)
            }
        case .save:
            checksum = nil
        case .whole, .notModified, .redirect, .startOver, .refuse:
            discardedBytes = 0
        }
    }

    func bodyCame(_ bytes: ByteBuffer) throws(FetchError) -> Bool {
        let count = bytes.readableBytes
        receivedBytes += count
        totalBytes += count
        guard case .save? = plan, let part else {
            discardedBytes += count
            return discardedBytes <= Self.discardedBytesAllowed
        }
        if let limit = question.maximumBytes, part.size + count > limit {
            throw .tooLarge(limit: limit)
        }
        let failure: FetchError? = bytes.withUnsafeReadableBytes { bytes in
            do throws(FetchError) {
                try part.write(bytes)
                checksum?.add(bytes)
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
        if part.size >= resumableBytes, !part.hasNote, let validator = headers.resumeValidator {
            part.keep(PartNote(url: request.url, validator: validator))
        }
        return true
    }

    func ended() {
        answer.end(.success(()))
    }

    func connectionLost(_ error: FetchError, canRepeat: Bool) {
        self.canRepeat = canRepeat
        answer.end(.failure(error))
    }
}
