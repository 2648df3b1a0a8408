internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Tutti
internal import TuttiNIO

/// One run of a list: slots that take a URL, fetch it, and take the next.
///
/// The queue decides what is next, a rule whether something is tried again; this does it. As many
/// slots, which are tasks, exist as were ever in flight at once; a slot without work is parked.
// Safety: made by one thread, then used on the loop's thread alone.
final class FetchRun: @unchecked Sendable {
    private let requests: [FetchRequest]
    private let configuration: FetchConfiguration
    private let loop: TuttiNIO.EventLoop
    private let report: (@Sendable (FetchProgress) -> Void)?
    private let record: @Sendable (FetchRecord) -> Void

    private let folder: OutputFolder
    private let connections: ConnectionPool
    private let dialer: Dialer
    private let rule: RetryRule
    private let limits: Watch.Limits
    private let began = MonotonicClock.nanoseconds
    private let cpuBefore = ProcessorTime.nanoseconds

    private var queue: FetchQueue
    private var servers: [Origin: Int] = [:]
    private var heads: [HTTPHeaders?] = []
    private var names: [Int: String] = [:]
    /// Those between two attempts.
    private var waiting: [Int: FetchJob] = [:]
    private var inFlight: [FetchJob] = []
    private var stopReason: FetchError?
    private var isCancelled = false
    private var lastFailure: [Int: FetchError] = [:]

    private var parked: [UnsafeContinuation<FetchQueue.Flight?, Never>] = []
    private var handed: [FetchQueue.Flight] = []
    private var slotsWanted = 0
    private var moreSlots: UnsafeContinuation<Void, Never>?
    private var isOver = false
    private var alarm: (time: UInt64, task: Scheduled<Void>)?
    private var ticker: Scheduled<Void>?
    private var lastReport: UInt64 = 0

    private var progress = FetchProgress()
    private var summary = FetchSummary()

    init(
        _ requests: [FetchRequest], _ configuration: FetchConfiguration, loop: TuttiNIO.EventLoop,
        progress: (@Sendable (FetchProgress) -> Void)?,
        record: @escaping @Sendable (FetchRecord) -> Void
    ) throws(FetchError) {
        self.requests = requests
        self.configuration = configuration
        self.loop = loop
        report = progress
        self.record = record
        try configuration.check()
        let proxy = try configuration.proxy.map { text throws(FetchError) in
            try Proxy(text, exceptions: configuration.withoutProxy)
        }
        let security = Security(configuration)
        // A file of authorities that cannot be read is said before anything is asked.
        if configuration.trust != .system { _ = try security.context() }
        folder = try OutputFolder(path: configuration.folder)
        let maximum = FetchConfiguration.mostInFlight
        queue = FetchQueue(configuration: configuration, maximum: maximum, at: began)
        connections = ConnectionPool(
            maximumIdle: maximum, checksNames: configuration.trust != .anyone)
        dialer = Dialer(
            configuration, proxy: proxy, security: security, pool: connections, loop: loop)
        rule = RetryRule(configuration)
        limits = Watch.Limits(configuration)
    }

    /// Fetches all; call once, on the loop.
    func run() async -> FetchSummary {
        // Before anything can be cancelled, so that every URL of the list has its record.
        enlist()
        await withTaskCancellationHandler {
            startTicking()
            await withDiscardingTaskGroup { group in
                dispatch()
                while !isOver {
                    if slotsWanted == 0 { await withUnsafeContinuation { moreSlots = $0 } }
                    for _ in 0..<slotsWanted {
                        group.addTask(executorPreference: loop) { @concurrent in await self.serve()
                        }
                    }
                    slotsWanted = 0
                }
            }
            ticker?.cancel()
            alarm?.task.cancel()
            connections.closeAll()
        } onCancel: {
            loop.onLoop(else: {}) { self.cancel() }
        }
        return summarised()
    }

    // MARK: The list

    /// Gives each line its server and its name; what cannot be asked for is reported at once.
    private func enlist() {
        summary.urls = requests.count
        progress.total = requests.count
        var book = NameBook(capacity: requests.count)
        for (index, request) in requests.enumerated() {
            do throws(FetchError) {
                let address = try WebAddress(checking: request.url)
                if let sha256 = request.sha256, !Checksum.isValid(sha256) {
                    throw .invalidChecksum(sha256)
                }
                let derived = request.name ?? FileName.derived(fromTarget: address.target)
                let name = try book.name(given: request.name, target: address.target)
                if name != derived { names[index] = name }
                if configuration.existing == .skip, try folder.place(of: name).existing != nil {
                    ended(FetchRecord(index, request, skipped: name))
                } else {
                    queue.add(index, host: number(of: address.origin), at: began)
                }
            } catch {
                ended(FetchRecord(index, request, failed: error))
            }
        }
    }

    private func number(of origin: Origin) -> Int {
        if let number = servers[origin] { return number }
        let number = servers.count
        servers[origin] = number
        heads.append(nil)
        return number
    }

    // MARK: Slots

    /// One slot: takes what is next until nothing is left.
    private func serve() async {
        while let flight = await nextFlight() {
            await fetch(flight)
        }
    }

    private func nextFlight() async -> FetchQueue.Flight? {
        if let flight = handed.popLast() { return flight }
        if let flight = takeNext() {
            // What ended may have made room for more than one.
            dispatch()
            return flight
        }
        if isOver { return nil }
        return await withUnsafeContinuation { parked.append($0) }
    }

    /// Hands out all that may start now, to parked slots first, then to new ones.
    private func dispatch() {
        while let flight = takeNext() {
            if let slot = parked.popLast() {
                slot.resume(returning: flight)
            } else {
                handed.append(flight)
                slotsWanted += 1
                wakeParent()
            }
        }
    }

    /// Asks the queue, until it names a URL or has none for now.
    private func takeNext() -> FetchQueue.Flight? {
        let now = MonotonicClock.nanoseconds
        while !isOver {
            switch queue.next(at: now) {
            case .start(let flight): return flight
            case .abandon(let job, let host): abandon(job, host)
            case .wait(let time):
                setAlarm(for: time)
                return nil
            case .busy: return nil
            case .finished: finish()
            }
        }
        return nil
    }

    private func finish() {
        isOver = true
        for slot in parked { slot.resume(returning: nil) }
        parked = []
        wakeParent()
    }

    private func wakeParent() {
        moreSlots.take()?.resume()
    }

    // MARK: One attempt

    private func fetch(_ flight: FetchQueue.Flight) async {
        guard let job = job(for: flight) else { return }
        job.begin(at: flight.startedAt)
        job.slot = inFlight.count
        inFlight.append(job)
        summary.attempts += 1
        summary.mostInFlight = max(summary.mostInFlight, inFlight.count)
        let result: Result<Attempt, FetchError>
        do throws(FetchError) {
            result = .success(try await attempt(job))
        } catch {
            result = .failure(error)
        }
        let last = inFlight.removeLast()
        if last !== job {
            last.slot = job.slot
            inFlight[job.slot] = last
        }
        settle(job, flight, result)
    }

    /// The job of a flight: a new one, or the one that waited.
    private func job(for flight: FetchQueue.Flight) -> FetchJob? {
        if let job = waiting.removeValue(forKey: flight.job) { return job }
        let request = requests[flight.job]
        do throws(FetchError) {
            let address = try WebAddress(checking: request.url)
            let name =
                names[flight.job] ?? request.name
                ?? FileName.derived(fromTarget: address.target)
            let job = FetchJob(
                index: flight.job, request: request, address: address, host: flight.host,
                place: try folder.place(of: name), at: flight.startedAt)
            if folder.hasPart(of: name), let note = PartNote(of: job.place),
                note.url == request.url, !configuration.isCompressed
            {
                job.note = note
            }
            return job
        } catch {
            queue.ended(flight, .failed, at: MonotonicClock.nanoseconds)
            ended(FetchRecord(flight.job, request, failed: error))
            return nil
        }
    }

    /// What an attempt that got an answer came to.
    private enum Attempt {
        case fetched(size: Int)
        case notModified
        case redirected(WebAddress)
    }

    private func attempt(_ job: FetchJob) async throws(FetchError) -> Attempt {
        if let stopReason { throw stopReason }
        var question = ResponsePlan.Question()
        question.isCompressed = configuration.isCompressed
        question.maximumBytes = configuration.maximumBytes
        question.offset = try job.openPart()
        var isKept = true
        while true {
            let head = head(for: job, &question)
            let connection: Connection
            if isKept, let kept = connections.take(job.host) {
                connection = kept
            } else {
                connection = try await dialer.dial(job.address.origin, pool: job.host, for: job)
            }
            do throws(FetchError) {
                try await job.exchange(
                    head, question, on: connection,
                    resumableBytes: configuration.resumableBytes)
            } catch {
                guard job.canRepeat, isKept else { throw error }
                // The server had closed a connection that stood idle: others may be closed as well.
                isKept = false
                continue
            }
            switch job.plan {
            case .save?, .whole?: return .fetched(size: try await complete(job))
            case .notModified?: return .notModified
            case .redirect(let location)?:
                return .redirected(try self.address(of: location, job))
            case .refuse(let error, _)?: throw error
            case .startOver?:
                job.discardPart()
                question.offset = 0
            case nil: throw .malformed(reason: "no answer came")
            }
        }
    }

    /// The content is here: checks it and gives it its name.
    private func complete(_ job: FetchJob) async throws(FetchError) -> Int {
        if let expected = job.request.sha256?.lowercased() {
            let found: String
            if job.needsChecksumOfFile, let path = job.part?.readablePath {
                found = try await ThreadPool.shared.run { () throws(FetchError) in
                    try Checksum.ofFile(at: path)
                }
            } else {
                found = job.checksumText ?? ""
            }
            guard found == expected else {
                throw .wrongChecksum(expected: expected, found: found)
            }
        }
        return try job.finish(
            syncs: configuration.syncsFiles, keepsTime: configuration.existing == .update)
    }

    private func address(of location: String, _ job: FetchJob) throws(FetchError) -> WebAddress {
        guard job.redirects < configuration.maximumRedirects else {
            throw .tooManyRedirects(job.redirects)
        }
        do {
            return try job.address.resolving(location)
        } catch {
            throw .invalidRedirect(location, reason: error.reason)
        }
    }

    private func head(
        for job: FetchJob, _ question: inout ResponsePlan.Question
    ) -> HTTPRequestHead {
        var headers = headers(for: job)
        if question.offset > 0, let note = job.note {
            headers.add(name: "Range", value: "bytes=\(question.offset)-")
            headers.add(name: "If-Range", value: note.validator)
        } else if configuration.existing == .update, let existing = job.place.existing {
            question.isConditional = true
            headers.add(name: "If-Modified-Since", value: HTTPDate.text(seconds: existing.modified))
        }
        let isProxied =
            !job.address.origin.isSecure && dialer.proxy(for: job.address.origin) != nil
        return HTTPRequestHead(
            version: .http1_1, method: .GET,
            uri: isProxied ? job.address.description : job.address.target, headers: headers)
    }

    /// The headers that all requests to a server share; made once each.
    private func headers(for job: FetchJob) -> HTTPHeaders {
        let isFirstHost = job.redirects == 0
        if isFirstHost, let headers = heads[job.host] { return headers }
        let origin = job.address.origin
        var headers = HTTPHeaders([
            ("Host", origin.authority), ("User-Agent", configuration.userAgent), ("Accept", "*/*"),
        ])
        if configuration.isCompressed {
            headers.add(name: "Accept-Encoding", value: "gzip, deflate")
        }
        for header in configuration.headers {
            let isSecret = ["authorization", "cookie"].contains(header.name.lowercased())
            // A redirect must not carry them to a server that they were not meant for.
            let isMeantFor = isFirstHost || job.request.url.hasPrefix("\(origin)/")
            if isSecret && !isMeantFor { continue }
            headers.replaceOrAdd(name: header.name, value: header.value)
        }
        if !origin.isSecure, let credentials = dialer.proxy(for: origin)?.credentials {
            headers.add(name: "Proxy-Authorization", value: credentials)
        }
        if isFirstHost { heads[job.host] = headers }
        return headers
    }

    // MARK: What comes of it

    private func settle(
        _ job: FetchJob, _ flight: FetchQueue.Flight, _ result: Result<Attempt, FetchError>
    ) {
        let now = MonotonicClock.nanoseconds
        job.times.total = .nanoseconds(Int64(now - job.startedAt))
        count(job, since: flight.startedAt, at: now)
        switch result {
        case .success(.fetched(let size)):
            queue.ended(flight, .succeeded, at: now)
            ended(job.record(.fetched, size: size))
        case .success(.notModified):
            queue.ended(flight, .succeeded, at: now)
            ended(job.record(.notModified))
        case .success(.redirected(let address)):
            queue.ended(flight, .succeeded, at: now)
            job.redirects += 1
            job.address = address
            job.host = number(of: address.origin)
            job.isRedirected = true
            job.putAside(isLast: false)
            waiting[job.index] = job
            queue.move(job.index, to: job.host, at: now)
        case .failure(let error):
            settle(job, flight, failure: error, at: now)
        }
    }

    private func settle(
        _ job: FetchJob, _ flight: FetchQueue.Flight, failure error: FetchError, at now: UInt64
    ) {
        var pause: Duration?
        if case .refuse(_, let asked)? = job.plan { pause = asked }
        let error = isCancelled ? .cancelled : error
        let verdict =
            stopReason == nil
            ? rule.verdict(on: error, attempts: job.attempts, pause: pause) : .giveUp(error)
        queue.ended(flight, ending(of: error, job, pause: pause), at: now)
        if error.isUnreachable { lastFailure[flight.host] = error }
        switch verdict {
        case .retry(let atLeast, let ceiling):
            job.putAside(isLast: false)
            waiting[job.index] = job
            let wait = atLeast + ceiling * Double.random(in: 0...1)
            queue.retry(job.index, notBefore: now + wait.nanoseconds)
        case .giveUp(let error):
            switch error {
            case .wrongChecksum, .tooLarge, .cannotUnpack: job.discardPart()
            default: job.putAside(isLast: true)
            }
            if case .diskFull = error { stop(error) }
            ended(job.record(.failed(error)))
        }
    }

    /// What an error says of the host.
    private func ending(
        of error: FetchError, _ job: FetchJob, pause: Duration?
    ) -> FetchQueue.Ending {
        switch error {
        case .status(429, _), .status(503, _):
            summary.refusals += 1
            // A pause that is too long to wait for is this URL's end, not that of its host.
            let asked = pause.flatMap { $0 <= configuration.longestPause ? $0 : nil }
            let wait = asked ?? configuration.backoff.ceiling(beforeRetry: job.attempts)
            return .overloaded(pause: wait.nanoseconds)
        case .status(let code, _) where code < 500: return .succeeded
        case .file, .diskFull, .writtenElsewhere, .tooLarge, .wrongChecksum, .cancelled:
            return .succeeded
        case .hostNotFound(_, _, let isTemporary): return .unreachable(isFinal: !isTemporary)
        case let error where error.isUnreachable: return .unreachable(isFinal: false)
        default: return .failed
        }
    }

    private func count(_ job: FetchJob, since start: UInt64, at now: UInt64) {
        let connecting = [job.times.lookup, job.times.connect, job.times.handshake]
            .reduce(into: 0) { $0 += $1?.nanoseconds ?? 0 }
        let waiting = job.times.firstByte?.nanoseconds ?? 0
        summary.connecting += connecting
        summary.waiting += waiting
        summary.receiving += now - start - min(now - start, connecting + waiting)
    }

    private func abandon(_ index: Int, _ host: Int) {
        let error =
            stopReason
            ?? .hostGivenUp(
                host: requestedHost(index), lastFailure: lastFailure[host]?.description ?? "")
        guard let job = waiting.removeValue(forKey: index) else {
            return ended(FetchRecord(index, requests[index], failed: error))
        }
        job.times.total = .nanoseconds(Int64(MonotonicClock.nanoseconds - job.startedAt))
        if job.note != nil, let size = try? job.openPart(), size > 0 { job.putAside(isLast: true) }
        ended(job.record(.failed(error)))
    }

    private func requestedHost(_ index: Int) -> String {
        (try? WebAddress(requests[index].url))?.origin.host ?? requests[index].url
    }

    /// A URL is done.
    private func ended(_ record: FetchRecord) {
        progress.done += 1
        summary.bytes += record.bytes
        switch record.outcome {
        case .fetched:
            summary.fetched += 1
            summary.seconds.append(Float(record.times.total / .seconds(1)))
        case .skipped: summary.skipped += 1
        case .notModified: summary.notModified += 1
        case .failed: summary.failed += 1
        }
        self.record(record)
    }

    // MARK: Ends that come from outside

    private func cancel() {
        guard !isOver else { return }
        isCancelled = true
        summary.wasCancelled = true
        stop(.cancelled)
        for job in inFlight { job.abort(.cancelled) }
        dispatch()
    }

    /// Starts nothing more; what is in flight goes on.
    private func stop(_ reason: FetchError) {
        guard stopReason == nil else { return }
        stopReason = reason
        queue.stop(at: MonotonicClock.nanoseconds)
    }

    // MARK: Time

    private func setAlarm(for time: UInt64) {
        if let alarm, alarm.time <= time { return }
        alarm?.task.cancel()
        let task = loop.nioLoop.assumeIsolated().scheduleTask(
            deadline: .uptimeNanoseconds(time)
        ) {
            self.alarm = nil
            self.dispatch()
        }
        alarm = (time, task)
    }

    /// Looks after times and limits now and then, instead of a timer for each request.
    private func startTicking() {
        let interval = min(limits.interval ?? 100_000_000, 100_000_000)
        // Nothing is measured yet: the limits grow by the time alone.
        let delay = queue.isRampingUp ? 1_000_000 : interval
        ticker = loop.nioLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(delay))) {
            self.tick()
            self.startTicking()
        }
    }

    private func tick() {
        let now = MonotonicClock.nanoseconds
        for job in inFlight {
            let failure = job.watch.look(
                isConnected: job.isConnected, bytes: job.progressMark, limits: limits, at: now)
            if let failure { job.abort(failure) }
        }
        queue.tick(cpu: UInt64(ProcessorTime.nanoseconds), at: now)
        dispatch()
        guard let report, now - lastReport >= 100_000_000 else { return }
        lastReport = now
        progress.inFlight = inFlight.count
        progress.failed = summary.failed
        progress.bytes = summary.bytes + inFlight.reduce(0) { $0 + $1.totalBytes }
        progress.elapsed = .nanoseconds(Int64(now - began))
        report(progress)
    }

    private func summarised() -> FetchSummary {
        summary.wall = .nanoseconds(Int64(MonotonicClock.nanoseconds - began))
        summary.cpu = .nanoseconds(ProcessorTime.nanoseconds - cpuBefore)
        summary.limit = queue.limit.count
        summary.limitReason = queue.limit.reason
        summary.isLimited =
            configuration.rate != nil
            || (configuration.limit != .automatic
                && summary.mostInFlight >= queue.limit.count
                && summary.urls > 2 * queue.limit.count)
        return summary
    }
}

extension FetchJob {
    /// Changes whenever something comes.
    fileprivate var progressMark: Int { receivedBytes + (plan == nil ? 0 : 1) }

    fileprivate func record(_ outcome: FetchRecord.Outcome, size: Int? = nil) -> FetchRecord {
        FetchRecord(
            index: index, url: request.url, finalURL: redirects > 0 ? "\(address)" : nil,
            name: place.name, outcome: outcome, status: status, bytes: totalBytes, size: size,
            attempts: attempts, redirects: redirects, times: times)
    }
}

extension WebAddress {
    fileprivate init(checking text: String) throws(FetchError) {
        do {
            try self.init(text)
        } catch {
            throw .invalidURL(reason: error.reason)
        }
    }
}
