internal import Glibc

/// How many descriptors this process may have open, getrlimit(2).
func descriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
}

/// A file descriptor that is closed when its owner goes.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// Owns `number` from now on.
    init(owning number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    /// Gives the number away; the caller must close it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
