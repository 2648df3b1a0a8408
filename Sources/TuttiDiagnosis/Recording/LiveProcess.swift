internal import CDiagnosis
internal import Glibc

/// A process that runs, asked through /proc and its memory.
struct LiveProcess: ProcessView {
    let number: Int32
    let sockets: SocketKinds

    /// A loop with more is counted from these.
    private static var mostWatched: Int { 256 }

    func kind(of descriptor: Int32) -> DescriptorKind {
        guard descriptor >= 0 else { return .unknown }
        return DescriptorKind(link: ProcFiles.link("/proc/\(number)/fd/\(descriptor)")) {
            sockets.kind(of: $0, in: number)
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

    func time(at address: UInt64) -> (seconds: Int64, part: Int64)? {
        var time: (Int64, Int64) = (0, 0)
        let read = withUnsafeMutableBytes(of: &time) {
            diagnosis_peek(number, address, $0.baseAddress, $0.count)
        }
        return read == 16 ? time : nil
    }

    func watched(by descriptor: Int32) -> [DescriptorKind] {
        guard let text = ProcFiles.text("/proc/\(number)/fdinfo/\(descriptor)") else { return [] }
        let watched = Self.targets(text)
        let asked = watched.prefix(Self.mostWatched).map { target in
            let kind = kind(of: target)
            // A loop keeps its timer when it has nothing to wait for.
            return kind == .timer && !isSet(target) ? .bell : kind
        }
        guard watched.count > asked.count else { return asked }
        // The rest is as those are.
        return (0..<watched.count).map { asked[$0 % asked.count] }
    }

    /// Whether a timer goes off some day.
    private func isSet(_ timer: Int32) -> Bool {
        ProcFiles.text("/proc/\(number)/fdinfo/\(timer)").flatMap(Self.remaining) != 0
    }

    func nextTimer(watchedBy descriptor: Int32) -> UInt64? {
        guard let text = ProcFiles.text("/proc/\(number)/fdinfo/\(descriptor)") else { return nil }
        let times = Self.targets(text).prefix(Self.mostWatched).compactMap { target in
            ProcFiles.text("/proc/\(number)/fdinfo/\(target)").flatMap(Self.remaining)
        }
        return times.filter { $0 > 0 }.min()
    }

    /// Nanoseconds until a timer goes off, from the line `it_value: (0, 49406829)`; 0 if it is not set.
    static func remaining(_ text: String) -> UInt64? {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("it_value: (") })
        else { return nil }
        let numbers = line.dropFirst(11).dropLast().split(separator: ", ").map { UInt64($0) }
        guard numbers.count == 2, let seconds = numbers[0], let part = numbers[1] else {
            return nil
        }
        return min(seconds, 1_000_000_000) * 1_000_000_000 + part
    }

    func queued(in descriptor: Int32) -> [DescriptorKind] {
        ProcFiles.text("/proc/\(number)/fdinfo/\(descriptor)").map(Self.operations) ?? []
    }

    func underWay(in descriptor: Int32) -> [RingOperation] {
        guard let text = ProcFiles.text("/proc/\(number)/fdinfo/\(descriptor)") else { return [] }
        let places = RingOperation.places(text)
        guard !places.isEmpty,
            let maps = ProcFiles.text("/proc/\(number)/maps"),
            let start = Self.entries(of: text, in: maps)
        else { return [] }
        var entry = [UInt8](repeating: 0, count: RingOperation.size)
        return places.prefix(Self.mostWatched).compactMap { place in
            let read = entry.withUnsafeMutableBytes {
                diagnosis_peek(
                    number, start + UInt64(place * $0.count), $0.baseAddress, $0.count)
            }
            return read == entry.count ? RingOperation(entry: entry) : nil
        }
    }

    /// Where the entries of a ring lie that has the `ino:` of `fdinfo`: at IORING_OFF_SQES, proc(5).
    static func entries(of fdinfo: String, in maps: String) -> UInt64? {
        guard let line = fdinfo.split(separator: "\n").first(where: { $0.hasPrefix("ino:") }),
            let file = line.split(whereSeparator: { $0 == "\t" || $0 == " " }).last
        else { return nil }
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count > 5, words[2] == "10000000", words[4] == file,
                words[5] == "anon_inode:[io_uring]"
            else { continue }
            return words[0].split(separator: "-").first.flatMap { UInt64($0, radix: 16) }
        }
        return nil
    }

    /// What the operations wait for that stand under `PollList:` as `  op=27, task_works=0`.
    static func operations(_ text: String) -> [DescriptorKind] {
        let lines = text.split(separator: "\n").drop { $0 != "PollList:" }.dropFirst()
        return lines.prefix { $0.hasPrefix("  op=") }.map { line in
            switch Int(line.dropFirst(5).prefix { $0.isNumber }) {
            case 9, 10, 16, 26, 27, 47, 48: .network  // SENDMSG, RECVMSG, CONNECT, SEND, RECV, …_ZC
            case 13: .listener  // ACCEPT
            default: .pipe
            }
        }
    }

    /// The descriptors in the lines `tfd: 5 events: 19 …`.
    static func targets(_ text: String) -> [Int32] {
        text.split(separator: "\n").filter { $0.hasPrefix("tfd:") }.compactMap { line in
            line.dropFirst(4).split(separator: " ").first.flatMap { Int32($0) }
        }
    }
}
