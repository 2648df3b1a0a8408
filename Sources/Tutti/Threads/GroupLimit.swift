/// A number that binds a control group and all groups below it, version 2 or 1.
struct GroupLimit: Sendable {
    let controller: String
    let version2: String
    let version1: String

    static let memory = Self(
        controller: "memory", version2: "memory.max", version1: "memory.limit_in_bytes")
    static let tasks = Self(controller: "pids", version2: "pids.max", version1: "pids.max")

    /// Finds the smallest limit of the group and all groups above it.
    ///
    /// - Parameters:
    ///   - membership: the text of `/proc/self/cgroup`.
    ///   - read: gives the text of a file below the mount point, or nil.
    /// - Returns: nil when there is no limit.
    func smallest(membership: String, read: (String) -> String?) -> Int? {
        var smallest: Int?
        for line in membership.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let controllers = fields[1].split(separator: ",")
            guard controllers.isEmpty || controllers.contains(Substring(controller)) else {
                continue
            }
            var path = String(fields[2])
            while true {
                let folder = path == "/" ? "" : path
                let text =
                    controllers.isEmpty
                    ? read("\(folder)/\(version2)") : read("/\(controller)\(folder)/\(version1)")
                // `max` means that there is no limit.
                if let limit = text.flatMap({ Int($0.filter { !$0.isWhitespace }) }) {
                    smallest = min(smallest ?? limit, limit)
                }
                guard !folder.isEmpty, let slash = path.lastIndex(of: "/") else { break }
                path = String(path[..<slash])
            }
        }
        return smallest
    }
}
