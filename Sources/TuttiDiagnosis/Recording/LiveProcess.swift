internal import CDiagnosis
internal import Glibc

/// A process that runs, asked through /proc and its memory.
struct LiveProcess: ProcessView {
    let number: Int32
    let sockets: LocalSockets

    /// A loop with more is counted from these.
    private static var mostWatched: Int { 256 }

    func kind(of descriptor: Int32) -> DescriptorKind {
        guard descriptor >= 0 else { return .unknown }
        return DescriptorKind(link: ProcFiles.link("/proc/\(number)/fd/\(descriptor)")) {
            sockets.contains($0, of: number)
        }
    }

    func polled(at address: UInt64, count: Int) -> [Int32] {
        guard count > 0 else { return [] }
        var array = [pollfd](repeating: pollfd(), count: min(count, Self.mostWatched))
        let size = array.count * MemoryLayout<pollfd>.stride
        let read = array.withUnsafeMutableBytes {
            diagnosis_peek(number, address, $0.baseAddress, size)
        }
        return array.prefix(max(0, read) / MemoryLayout<pollfd>.stride).map(\.fd)
            .filter { $0 >= 0 }
    }

    func selected(at address: UInt64, count: Int) -> [Int32] {
        var words = [UInt64](repeating: 0, count: 16)  // FD_SETSIZE bits
        let read = words.withUnsafeMutableBytes {
            diagnosis_peek(number, address, $0.baseAddress, 128)
        }
        guard read == 128 else { return [] }
        return (0..<Int32(min(1024, max(0, count)))).filter {
            words[Int($0) / 64] >> UInt64($0 % 64) & 1 == 1
        }
    }

    func watched(by descriptor: Int32) -> [DescriptorKind] {
        guard let text = ProcFiles.text("/proc/\(number)/fdinfo/\(descriptor)") else { return [] }
        let watched = Self.targets(text)
        let asked = watched.prefix(Self.mostWatched).map(kind)
        guard watched.count > asked.count else { return asked }
        // The rest is as those are.
        return (0..<watched.count).map { asked[$0 % asked.count] }
    }

    /// The descriptors in the lines `tfd: 5 events: 19 …`.
    static func targets(_ text: String) -> [Int32] {
        text.split(separator: "\n").filter { $0.hasPrefix("tfd:") }.compactMap { line in
            line.dropFirst(4).split(separator: " ").first.flatMap { Int32($0) }
        }
    }
}

/// Which sockets connect processes of this machine, from `/proc/PID/net/unix`.
///
/// The list is read again only when a socket appears that nobody has asked about, and not often.
final class LocalSockets {
    private var local: Set<UInt64> = []
    private var known: Set<UInt64> = []
    private var budget = 0

    /// Allows one more reading of the list; called a few times a second.
    func refresh() { budget = min(budget + 1, 4) }

    func contains(_ socket: UInt64, of process: Int32) -> Bool {
        if known.contains(socket) { return local.contains(socket) }
        guard budget > 0 || known.isEmpty else { return local.contains(socket) }
        budget -= 1
        if known.count > 100_000 { (known, local) = ([], []) }
        known.insert(socket)
        for line in ProcFiles.text("/proc/\(process)/net/unix")?.split(separator: "\n") ?? [] {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if words.count >= 7, let number = UInt64(words[6]) { local.insert(number) }
        }
        return local.contains(socket)
    }
}
