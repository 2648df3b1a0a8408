internal import Glibc

/// How much the rows of the tables `concurrency` and `blocking` do; the same in every language.
public enum Size {
    /// Tasks that yield at a time.
    public static let tasks = 1000
    /// How often each of them yields.
    public static let yields = 1000
    /// Tasks that are made one after the other, in groups of 100.
    public static let spawned = 100_000
    /// Tasks that sleep at a time.
    public static let sleepers = 250_000
    /// Elements of a map of which ``inFlight`` are in flight.
    public static let elements = 200_000
    /// The limit of that map.
    public static let inFlight = 100
    /// Calls that block.
    public static let blockingCalls = 1000
    /// For how long each blocks, in microseconds.
    public static let blockingMicroseconds: UInt32 = 50_000
    /// Calls that compute.
    public static let computingCalls = 100

    /// How long a sleeper sleeps, in milliseconds.
    public static func nap(_ number: Int) -> Int { 200 + number % 100 }
}

/// A turn whose value is the processor time that `run` took, in nanoseconds an operation.
///
/// The time of all threads, at the process's clock: of what others do to the machine it feels less
/// than the time that passes.
public func nanosecondsEach(of count: Int, _ run: () async -> Void) async -> Turn {
    let start = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
    await run()
    let used = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) - start
    return Turn(value: Double(used) / Double(count), checksum: "\(count)")
}

/// The memory of this process that is resident, in bytes; proc(5), `statm`.
public func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var (size, resident) = (0, 0)
    _ = withUnsafeMutablePointer(to: &size) { size in
        withUnsafeMutablePointer(to: &resident) { resident in
            withVaList([size, resident]) { vfscanf(file, "%ld %ld", $0) }
        }
    }
    return resident * sysconf(Int32(_SC_PAGESIZE))
}

/// What a computing call of the table `blocking` does: some 17 ms on the machine of the figures.
public func compute(_ seed: Int) -> UInt64 {
    var word = UInt64(truncatingIfNeeded: seed) | 1
    for _ in 0..<11_800_000 {
        word ^= word << 13
        word ^= word >> 7
        word ^= word << 17
    }
    return word
}
