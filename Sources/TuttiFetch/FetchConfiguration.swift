public import Tutti

/// How a ``Fetcher`` works; the defaults suit most lists.
public struct FetchConfiguration: Sendable {
    /// How many requests may be in flight.
    public enum Limit: Hashable, Sendable, ExpressibleByIntegerLiteral {
        /// As many as measuring finds to be useful.
        case automatic
        /// At most so many.
        case fixed(Int)

        /// A fixed limit.
        public init(integerLiteral value: Int) {
            self = .fixed(value)
        }
    }

    /// What happens when the file is there already.
    public enum Existing: Hashable, Sendable {
        /// It is fetched again and replaced when the new one is whole.
        case replace
        /// It is left alone, and nothing is asked.
        case skip
        /// It is fetched again if the server has a newer one, by `If-Modified-Since`.
        case update
    }

    /// Which servers are trusted.
    public enum Trust: Hashable, Sendable {
        /// Those whose certificate the system's authorities vouch for.
        case system
        /// Those whose certificate the authorities in this PEM file vouch for.
        case authorities(path: String)
        /// All, without any check: for tests alone.
        case anyone
    }

    /// A header that goes with every request.
    public struct Header: Hashable, Sendable {
        /// Such as `Accept-Language`.
        public var name: String
        /// Such as `en`.
        public var value: String

        /// Keeps both; a ``Fetcher`` refuses what would break the request.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How long each part of a request may take; nil: as long as it likes.
    public struct Timeouts: Hashable, Sendable {
        /// To find the host, connect and shake hands.
        public var connect: Duration? = .seconds(15)
        /// Without any byte of an answer.
        public var idle: Duration? = .seconds(30)
        /// From start to end of one attempt.
        public var total: Duration?

        /// Makes the defaults: 15 s to connect, 30 s of silence, any time in total.
        public init() {}
    }

    /// The slowest transfer that is endured.
    public struct Slowest: Hashable, Sendable {
        /// How many bytes must come each second.
        public var bytesPerSecond: Int
        /// The time over which they are counted.
        public var window: Duration

        /// Keeps both.
        public init(bytesPerSecond: Int, window: Duration = .seconds(20)) {
            self.bytesPerSecond = bytesPerSecond
            self.window = window
        }
    }

    /// The folder where files go; made when it is missing.
    public var folder: String
    /// How many requests may be in flight in all.
    public var limit: Limit = .automatic
    /// How many requests may be in flight to one host: one scheme, name and port.
    public var perHost: Limit = .automatic
    /// How many requests may start each second; nil: as many as can.
    public var rate: Double?
    /// How often a request that failed is tried again.
    public var retries = 4
    /// How long it waits before that, unless the server says more.
    public var backoff = Backoff(initial: .milliseconds(200), maximum: .seconds(30))
    /// The longest wait that a server may ask for with `Retry-After` before it counts as a refusal.
    public var longestPause: Duration = .seconds(120)
    /// How long each part of a request may take.
    public var timeouts = Timeouts()
    /// The slowest transfer that is endured; nil: any that is not silent.
    public var slowest: Slowest?
    /// How many redirects are followed.
    public var maximumRedirects = 10
    /// What happens when the file is there already.
    public var existing = Existing.replace
    /// Whether the server is asked to pack its answers with gzip or deflate; they are unpacked here.
    ///
    /// Packed answers are not continued when they are cut.
    public var isCompressed = false
    /// Whether each file is forced to the disk, fsync(2), before it gets its name.
    public var syncsFiles = false
    /// The largest file that is taken, in bytes; nil: any.
    public var maximumBytes: Int?
    /// Headers that go with every request; `Authorization` and `Cookie` only to the host of the URL.
    public var headers: [Header] = []
    /// The program's name for servers.
    public var userAgent = "tutti"
    /// The proxy, such as `http://proxy:3128`; nil: none.
    public var proxy: String?
    /// Hosts that are asked without the proxy: names, and domains with a leading dot.
    public var withoutProxy: [String] = []
    /// Which servers are trusted.
    public var trust = Trust.system
    /// From how many bytes on a part is worth continuing after the process was killed.
    ///
    /// From there a note with the validators lies beside the part. A smaller part costs less to
    /// fetch again than such a note for each file.
    public var resumableBytes = 256 << 10

    /// Makes the defaults for files in `folder`.
    public init(folder: String = ".") {
        self.folder = folder
    }
}
