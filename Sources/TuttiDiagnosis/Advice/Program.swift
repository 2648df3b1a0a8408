/// What is known of the program that computes or waits, by its name.
struct Program: Hashable {
    let name: String

    var isPython: Bool { name.hasPrefix("python") || name.hasPrefix("pypy") }

    /// What starts many waits at once there.
    var overlaps: [String] {
        switch name {
        case _ where isPython: ["asyncio.gather", "ThreadPoolExecutor"]
        case "curl": ["curl --parallel", "tutti fetch"]
        case "wget": ["tutti fetch"]
        case "node": ["Promise.all"]
        case "bash", "sh", "dash", "zsh": ["&", "xargs -P"]
        default: ["concurrentMap"]
        }
    }

    /// What divides computing over cores there.
    func divides(over cores: Int) -> [String] {
        switch name {
        case _ where isPython: ["multiprocessing", "ProcessPoolExecutor"]
        case "make", "gmake", "ninja": ["make -j\(cores)"]
        case "cc1", "cc1plus", "as", "ld": ["make -j\(cores)"]
        case "xz": ["xz -T\(cores)"]
        case "zstd": ["zstd -T\(cores)"]
        case "gzip": ["pigz"]
        case "bzip2": ["lbzip2"]
        case "sort": ["sort --parallel=\(cores)", "a larger --buffer-size"]
        case "node": ["worker_threads"]
        case "bash", "sh", "dash", "zsh": ["xargs -P\(cores)"]
        default: ["parallelMap", "processes"]
        }
    }
}
