import Glibc
import Testing

@testable import Tutti

/// What pools may have left in this process and behind it.
///
/// Made for processes in which nobody else starts children, opens descriptors or uses pools.
struct Leftovers: Equatable, CustomStringConvertible {
    /// The children of this process, those that wait for their burial among them.
    private var children: Set<String> = []
    /// Descriptors, by number and by what they are.
    private var descriptors: Set<String> = []
    /// Threads of ours, as often as there are of that name.
    private var threads: [String: Int] = [:]
    /// Mappings of shared memory.
    private var segments: Set<String> = []
    /// Processes anywhere that have inherited ``mark``.
    private var heirs: Set<String> = []

    /// What there is before any pool of a test, with what every program has that waits and uses pools.
    static func beforeAll(mark: String) async throws -> Leftovers {
        let pool = ProcessPool(width: 1)
        _ = try await pool.run(Sum(numbers: []))
        // Our timers and Dispatch's keep what they open for the first sleeper: a thread, descriptors.
        try await MonotonicClock().sleep(for: .nanoseconds(1))
        try await Task.sleep(for: .nanoseconds(1))
        await pool.shutdown()
        return now(mark: mark)
    }

    /// Looks at what there is now.
    ///
    /// - Parameter mark: a variable that this process has put into its environment, as `NAME=VALUE`:
    ///   whatever it starts inherits it, also what others adopt later.
    /// - Returns: all of it, whoever it belongs to.
    static func now(mark: String) -> Leftovers {
        var found = Leftovers()
        for task in entries(of: "/proc/self/task") {
            found.children.formUnion(
                readTextFile("/proc/self/task/\(task)/children")?.split(separator: " ")
                    .map(String.init) ?? [])
            let name = readTextFile("/proc/self/task/\(task)/comm")?.dropLast() ?? ""
            if name.hasPrefix("tutti") { found.threads[String(name), default: 0] += 1 }
        }
        for number in entries(of: "/proc/self/fd") {
            // Dispatch opens one for each kind of timer, at its first use, and keeps it; we have none.
            guard let target = target(of: "/proc/self/fd/\(number)"),
                target != "anon_inode:[timerfd]"
            else { continue }
            found.descriptors.insert("\(number) \(target)")
        }
        for line in readTextFile("/proc/self/maps")?.split(separator: "\n") ?? []
        where line.contains("memfd:") {
            found.segments.insert(String(line))
        }
        for process in entries(of: "/proc") where Int32(process).map({ $0 != getpid() }) ?? false {
            let environment = readTextFile("/proc/\(process)/environ") ?? ""
            if environment.split(separator: "\0").contains(where: { $0 == mark }) {
                found.heirs.insert(process)
            }
        }
        return found
    }

    /// Without what was there before.
    func since(_ before: Leftovers) -> Leftovers {
        Leftovers(
            children: children.subtracting(before.children),
            descriptors: descriptors.subtracting(before.descriptors),
            threads: threads.filter { $0.value > before.threads[$0.key, default: 0] },
            segments: segments.subtracting(before.segments),
            heirs: heirs.subtracting(before.heirs))
    }

    /// What pools alone have, in a process that also does other things.
    var ofPools: Leftovers {
        Leftovers(
            // Workers lead a group of their own. Other children, such as exit tests and the symbolizer
            // that the thread sanitiser keeps, are in the group of the tests.
            children: children.filter { Self.group(of: $0) == $0 },
            descriptors: descriptors.filter { $0.contains("pidfd") || $0.contains("memfd:tutti") },
            threads: threads.filter { ["tutti-keeper", "tutti-output"].contains($0.key) },
            segments: segments.filter { $0.contains("memfd:tutti") })
    }

    /// Waits 20 seconds at most until what came since has gone, and records what stays as an issue.
    ///
    /// All goes at once but the pools that were let go, whose end nobody is told of, and the last moments
    /// of threads.
    static func expectNone(
        since before: Leftovers, mark: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let left = now(mark: mark).since(before)
            if left == Leftovers() { return }
            if .now > deadline {
                // In words, not as an expectation: exit tests pass on nothing else.
                Issue.record("Left behind: \(left)", sourceLocation: sourceLocation)
                return
            }
            // The one wait by the clock: the end of a thread that nobody joins gives no sign.
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    var description: String {
        // With name, state, parent and group.
        let children = children.sorted().map { readTextFile("/proc/\($0)/stat") ?? $0 }
        return """
            children \(children), descriptors \(descriptors.sorted()), threads \(threads), \
            segments \(segments.sorted()), heirs \(heirs.sorted())
            """
    }

    /// The number of a process' group, also of one that waits for its burial; nil when it is gone.
    private static func group(of process: String) -> String? {
        // Behind the name, which may hold anything: state, parent, group.
        let stat = readTextFile("/proc/\(process)/stat") ?? ""
        let fields = stat.drop { $0 != ")" }.split(separator: " ")
        return fields.count > 3 ? String(fields[3]) : nil
    }

    private static func entries(of folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        let own = "\(dirfd(handle))"
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            // Not the descriptor that lists them.
            if !name.hasPrefix("."), name != own || folder != "/proc/self/fd" {
                names.append(name)
            }
        }
        return names
    }

    private static func target(of link: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { bytes -> Int in
            guard let base = bytes.baseAddress else { return -1 }
            return readlink(link, base, bytes.count)
        }
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
