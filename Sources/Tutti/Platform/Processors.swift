internal import CTutti
internal import Glibc

/// How many processors this process can use, and which rule says so.
public struct Processors: Hashable, Sendable, CustomStringConvertible {
    /// What limits the number.
    public enum Rule: String, Sendable {
        /// Every processor that is switched on.
        case online = "processors online"
        /// The scheduling affinity (`taskset`, cpusets).
        case affinity = "scheduling affinity"
        /// The processor quota of the control group (`docker run --cpus`), rounded up.
        case quota = "control group quota"
    }

    /// The number of processors, at least 1.
    public let count: Int
    /// The rule that gave the smallest number.
    public let rule: Rule

    /// One line: `2 (scheduling affinity)`.
    public var description: String { "\(count) (\(rule.rawValue))" }

    /// The processors that this process could use when it first asked.
    ///
    /// Read once: a pool that was built for two processors does not grow with a new quota.
    public static let usable = Processors(
        online: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
        affinity: Int(tutti_affinity_count()),
        quota: ControlGroup.processorQuota(
            membership: readTextFile("/proc/self/cgroup") ?? "",
            read: { readTextFile("/sys/fs/cgroup" + $0) }))

    /// The smallest of what each rule allows; a number below 1 or nil means that the rule is silent.
    init(online: Int, affinity: Int, quota: Double?) {
        var count = max(1, online)
        var rule = Rule.online
        if affinity >= 1, affinity < count {
            (count, rule) = (affinity, .affinity)
        }
        if let quota, quota > 0, Int(quota.rounded(.up)) < count {
            (count, rule) = (max(1, Int(quota.rounded(.up))), .quota)
        }
        self.count = count
        self.rule = rule
    }
}

/// The processor quota of a control group, version 2 or 1.
enum ControlGroup {
    /// Finds how many processors' worth of time the group and all groups above it allow.
    ///
    /// - Parameters:
    ///   - membership: the text of `/proc/self/cgroup`.
    ///   - read: gives the text of a file below the mount point, or nil.
    /// - Returns: nil when there is no limit.
    static func processorQuota(membership: String, read: (String) -> String?) -> Double? {
        var smallest: Double?
        for line in membership.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let controllers = fields[1].split(separator: ",")
            guard controllers.isEmpty || controllers.contains("cpu") else { continue }
            // A group's quota binds its descendants: look at every level up to the root.
            var path = String(fields[2])
            while true {
                let folder = path == "/" ? "" : path
                let quota =
                    controllers.isEmpty
                    ? version2(read(folder + "/cpu.max"))
                    : version1(
                        quota: read("/cpu" + folder + "/cpu.cfs_quota_us"),
                        period: read("/cpu" + folder + "/cpu.cfs_period_us"))
                if let quota { smallest = min(smallest ?? quota, quota) }
                guard !folder.isEmpty, let slash = path.lastIndex(of: "/") else { break }
                path = String(path[..<slash])
            }
        }
        return smallest
    }

    private static func version2(_ text: String?) -> Double? {
        let words = text?.split(whereSeparator: \.isWhitespace) ?? []
        guard words.count == 2 else { return nil }
        return ratio(words[0], words[1])
    }

    private static func version1(quota: String?, period: String?) -> Double? {
        guard let quota, let period else { return nil }
        return ratio(quota.filter { !$0.isWhitespace }, period.filter { !$0.isWhitespace })
    }

    private static func ratio(_ quota: some StringProtocol, _ period: some StringProtocol)
        -> Double?
    {
        guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0 else {
            return nil
        }
        return quota / period
    }
}

/// The whole text of a small file, such as those of `/proc`; nil when it cannot be read.
func readTextFile(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        guard count > 0 else { break }
        bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}
