import ArgumentParser
import Glibc
import Tutti
import TuttiFetch

/// The options that say what is fetched, and where files go.
struct FetchSources: ParsableArguments {
    @Argument(help: ArgumentHelp("The URLs.", valueName: "url"))
    var urls: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Read URLs from this file, - for standard input.", valueName: "file"))
    var input: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write files to this folder; it is made. Here by default.", valueName: "dir"))
    var into: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The name of the file of a single URL, - for standard output.", valueName: "name"))
    var output: String?

    @Flag(help: "Leave files alone that are there already, and ask nothing.")
    var skipExisting = false

    @Flag(help: "Fetch a file that is there only if the server has a newer one.")
    var update = false

    @Flag(help: "Force each file to the disk before it gets its name.")
    var fsync = false

    var isToStandardOutput: Bool { output == "-" }
    var folder: String { into ?? "." }

    mutating func validate() throws {
        if urls.isEmpty, input.isEmpty {
            throw ValidationError("Nothing to fetch: give URLs, or a list of them with --input.")
        }
        if output != nil, urls.count != 1 || !input.isEmpty {
            throw ValidationError("--output names the file of one URL: give one, and no --input.")
        }
        if skipExisting, update {
            throw ValidationError("--skip-existing and --update exclude each other: choose one.")
        }
    }

    func apply(to settings: inout FetchConfiguration) {
        settings.existing = skipExisting ? .skip : update ? .update : .replace
        settings.syncsFiles = fsync
    }

    /// All URLs in order: those of the command line, then those of each list.
    func list() throws -> [FetchRequest] {
        var requests = urls.map { FetchRequest($0) }
        if let output { requests[0].name = isToStandardOutput ? "output" : output }
        for path in input {
            requests += try FetchList(path: path).requests
        }
        return requests
    }
}

/// The options that say how much happens at once.
struct FetchFlights: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many requests are in flight; found by measuring unless given.", valueName: "n"))
    var limit: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many of them to one host.", valueName: "n"))
    var perHost: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many requests start each second at most.", valueName: "n"))
    var rate: Double?

    mutating func validate() throws {
        for (name, value) in [("--limit", limit), ("--per-host", perHost)] {
            if let value, !(1...100_000).contains(value) {
                throw ValidationError("\(name) is \(value): give a number from 1 to 100000.")
            }
        }
        if let rate, !(rate > 0 && rate <= 1e6) {
            throw ValidationError("--rate is \(rate): give requests a second, up to 1000000.")
        }
    }

    func apply(to settings: inout FetchConfiguration) {
        settings.limit = limit.map { .fixed($0) } ?? .automatic
        settings.perHost = perHost.map { .fixed($0) } ?? .automatic
        settings.rate = rate
    }
}

/// The options that say what is endured.
struct FetchPatience: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How often a URL that failed is tried again.", valueName: "n"))
    var retries = 4

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The longest wait before that, doubling from 0.2 s.", valueName: "s"))
    var retryWait = 30.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The longest wait that a server may ask for.", valueName: "s"))
    var longestPause = 120.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long a connection may take, 0 for any time.", valueName: "s"))
    var connectTimeout = 15.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long a server may be silent, 0 for any time.", valueName: "s"))
    var idleTimeout = 30.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long one attempt may take, 0 for any time.", valueName: "s"))
    var totalTimeout = 0.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("End what comes with fewer bytes a second, over 20 s.", valueName: "n"))
    var slowest: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The largest file that is taken.", valueName: "bytes"))
    var maxBytes: Int?

    mutating func validate() throws {
        let seconds = [
            ("--retry-wait", retryWait), ("--longest-pause", longestPause),
            ("--connect-timeout", connectTimeout), ("--idle-timeout", idleTimeout),
            ("--total-timeout", totalTimeout),
        ]
        for (name, value) in seconds where !(0...1e9).contains(value) {
            throw ValidationError("\(name) is \(value): give seconds, 0 or more.")
        }
        if !(0...1_000_000).contains(retries) {
            throw ValidationError("--retries is \(retries): give a number, 0 or more.")
        }
        if let slowest, slowest < 1 {
            throw ValidationError("--slowest is \(slowest): give bytes a second, 1 or more.")
        }
        if let maxBytes, maxBytes < 0 {
            throw ValidationError("--max-bytes is \(maxBytes): give bytes, 0 or more.")
        }
    }

    func apply(to settings: inout FetchConfiguration) {
        func limit(_ seconds: Double) -> Duration? { seconds > 0 ? .seconds(seconds) : nil }
        settings.retries = retries
        settings.backoff.maximum = .seconds(retryWait)
        settings.longestPause = .seconds(longestPause)
        settings.timeouts.connect = limit(connectTimeout)
        settings.timeouts.idle = limit(idleTimeout)
        settings.timeouts.total = limit(totalTimeout)
        settings.slowest = slowest.map { FetchConfiguration.Slowest(bytesPerSecond: $0) }
        settings.maximumBytes = maxBytes
    }
}

/// The options that say how servers are asked.
struct FetchQuestions: ParsableArguments {
    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A header for every request, 'Name: value'.", valueName: "header"))
    var header: [String] = []

    @Flag(help: "Ask for content packed with gzip or deflate, and unpack it.")
    var compressed = false

    @Option(help: ArgumentHelp("How many redirects are followed.", valueName: "n"))
    var maxRedirects = 10

    @Option(
        help: ArgumentHelp(
            "The proxy, as http_proxy and https_proxy have it; none to use none.", valueName: "url")
    )
    var proxy: String?

    @Option(help: ArgumentHelp("Trust the authorities in this PEM file alone.", valueName: "file"))
    var cacert: String?

    @Flag(help: "Trust every server, without any check of its certificate.")
    var insecure = false

    @Option(help: ArgumentHelp("The name of the program for servers.", valueName: "name"))
    var userAgent: String?

    mutating func validate() throws {
        for text in header where !text.contains(":") {
            throw ValidationError("--header '\(text)' has no colon: write 'Name: value'.")
        }
        if cacert != nil, insecure {
            throw ValidationError("--cacert and --insecure exclude each other: choose one.")
        }
        if !(0...1000).contains(maxRedirects) {
            throw ValidationError("--max-redirects is \(maxRedirects): give a number up to 1000.")
        }
    }

    func apply(to settings: inout FetchConfiguration) throws {
        settings.headers = header.map { text in
            let name = text.prefix { $0 != ":" }
            let value = text.dropFirst(name.count + 1).drop { $0 == " " }
            return FetchConfiguration.Header(name: String(name), value: String(value))
        }
        settings.isCompressed = compressed
        settings.maximumRedirects = maxRedirects
        settings.trust =
            insecure ? .anyone : cacert.map { .authorities(path: $0) } ?? .system
        settings.userAgent = userAgent ?? "tutti/\(TuttiCommand.configuration.version)"
        settings.proxy = proxy ?? environment("https_proxy", "HTTPS_PROXY", "http_proxy")
        if settings.proxy == "none" || settings.proxy == "" { settings.proxy = nil }
        settings.withoutProxy = (environment("no_proxy", "NO_PROXY") ?? "")
            .split { $0 == "," || $0 == " " }.map(String.init)
    }

    private func environment(_ names: String...) -> String? {
        names.lazy.compactMap { getenv($0).map { String(cString: $0) } }.first
    }
}
