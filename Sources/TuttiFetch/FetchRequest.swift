/// One URL to fetch, and what is known of its content.
public struct FetchRequest: Hashable, Sendable {
    /// An `http` or `https` URL.
    public var url: String
    /// The file to write, below the folder of the configuration; taken from the URL when nil.
    ///
    /// May name folders inside, `a/b.txt`, which are made; cannot lead outside.
    public var name: String?
    /// The SHA-256 that the file must have, 64 hexadecimal digits.
    public var sha256: String?

    /// Keeps what is to be fetched; nothing is checked yet.
    public init(_ url: String, name: String? = nil, sha256: String? = nil) {
        self.url = url
        self.name = name
        self.sha256 = sha256
    }
}
