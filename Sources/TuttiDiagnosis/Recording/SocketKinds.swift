/// Which sockets connect processes of this machine, and which wait for connections.
///
/// The lists of the system are read again only when a socket appears that nobody has asked about, and
/// not often.
final class SocketKinds {
    private var kinds: [UInt64: DescriptorKind] = [:]
    private var known: Set<UInt64> = []
    private var budget = 0
    /// Whether a socket was taken for one of the network since the lists may not be read again yet.
    var hasGuessed = false

    /// More are forgotten, since a number is used again some day.
    private static var mostKnown: Int { 100_000 }

    /// Allows one more reading of the lists; called some ten times a second.
    func refresh() { budget = min(budget + 1, 4) }

    /// The kind of a socket that a process has.
    func kind(of socket: UInt64, in process: Int32) -> DescriptorKind {
        if let kind = kinds[socket] { return kind }
        guard !known.contains(socket) else { return .network }
        guard budget > 0 || known.isEmpty else {
            hasGuessed = true
            return .network
        }
        budget -= 1
        if known.count + kinds.count > Self.mostKnown { (known, kinds) = ([], [:]) }
        known.insert(socket)
        read(of: process)
        return kinds[socket] ?? .network
    }

    private func read(of process: Int32) {
        for line in ProcFiles.text("/proc/\(process)/net/unix")?.split(separator: "\n") ?? [] {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if words.count >= 7, let number = UInt64(words[6]) { kinds[number] = .pipe }
        }
        for list in ["tcp", "tcp6"] {
            // Those that listen come first; the others may be a hundred thousand.
            let bytes = ProcFiles.bytes("/proc/\(process)/net/\(list)", capacity: 1 << 16) ?? []
            for number in Self.listeners(String(decoding: bytes, as: UTF8.self)) {
                kinds[number] = .listener
            }
        }
    }

    /// The inodes of the sockets that listen, from the text of `/proc/net/tcp`, proc(5).
    static func listeners(_ text: String) -> [UInt64] {
        text.split(separator: "\n").dropFirst().compactMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            return words.count > 9 && words[3] == "0A" ? UInt64(words[9]) : nil
        }
    }
}
