internal import Glibc

/// The most threads that a pool may have, and which rule says so.
///
/// Each rule leaves half of what there is to the rest of the program.
struct ThreadBound: Hashable, Sendable, CustomStringConvertible {
    /// What limits the number.
    enum Rule: String, Sendable {
        case maximum = "maximum given"
        /// Each thread holds its `stat` file open.
        case descriptors
        /// Each thread reserves a stack (`ulimit -v`).
        case addressSpace = "address space"
        /// Each thread that blocks keeps what it has touched of its stack, and the kernel's part.
        case memory
        /// `ulimit -u`, or the control group's number of tasks.
        case tasks
    }

    /// The number of threads, at least 1.
    let count: Int
    let rule: Rule

    /// One line: `512 (descriptors)`.
    var description: String { "\(count) (\(rule.rawValue))" }

    /// What a thread that blocks is taken to keep resident.
    ///
    /// An empty call keeps some 30 KB; the rest is for the frames and buffers of what it calls.
    static let residentBytesOfThread = 256 << 10

    /// The smallest of what each rule allows; nil means that the rule is silent.
    init(
        maximum: Int, descriptors: Int?, addressSpace: Int?, memory: Int?, tasks: Int?,
        stackSize: Int
    ) {
        let candidates: [(Int?, Rule)] = [
            (maximum, .maximum),
            (descriptors.map { $0 / 2 }, .descriptors),
            (addressSpace.map { $0 / 2 / stackSize }, .addressSpace),
            (memory.map { $0 / 2 / Self.residentBytesOfThread }, .memory),
            (tasks.map { $0 / 2 }, .tasks),
        ]
        var (count, rule) = (Int.max, Rule.maximum)
        for (candidate, itsRule) in candidates {
            if let candidate, candidate < count { (count, rule) = (candidate, itsRule) }
        }
        self.count = max(1, count)
        self.rule = rule
    }

    /// What this process is allowed now.
    init(maximum: Int) {
        let membership = readTextFile("/proc/self/cgroup") ?? ""
        func group(_ file: GroupLimit) -> Int? {
            file.smallest(membership: membership) { readTextFile("/sys/fs/cgroup" + $0) }
        }
        func smaller(_ one: Int?, _ other: Int?) -> Int? {
            [one, other].compactMap(\.self).min()
        }
        self.init(
            maximum: maximum,
            descriptors: descriptorLimit(),
            addressSpace: resourceLimit(RLIMIT_AS),
            memory: smaller(physicalMemory(), group(.memory)),
            tasks: smaller(resourceLimit(__RLIMIT_NPROC), group(.tasks)),
            stackSize: ThreadCrew.stackSize)
    }
}

private func resourceLimit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(Int32(resource.rawValue), &limit) == 0, limit.rlim_cur < UInt(Int.max) else {
        return nil
    }
    return Int(limit.rlim_cur)
}

private func physicalMemory() -> Int? {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : nil
}
