/// What a descriptor leads to.
enum DescriptorKind: Hashable {
    case network
    /// A socket of the network at which connections arrive.
    case listener
    case disk
    /// A pipe, or a socket between processes of this machine.
    case pipe
    case terminal
    case timer
    case child
    /// An epoll, an eventfd, a signal: what wakes a loop.
    case bell
    /// A queue of operations that the kernel carries out.
    case ring
    case unknown

    /// Reads the link in `/proc/PID/fd`.
    ///
    /// - Parameters:
    ///   - link: where it leads, such as `socket:[4711]`.
    ///   - socket: what kind the socket of that number is.
    init(link: String, socket: (UInt64) -> DescriptorKind) {
        if link.hasPrefix("socket:[") {
            self = socket(UInt64(link.dropFirst(8).dropLast()) ?? 0)
        } else if link.hasPrefix("pipe:") {
            self = .pipe
        } else if link.hasPrefix("pidfd:") || link == "anon_inode:[pidfd]" {
            self = .child
        } else if link == "anon_inode:[timerfd]" {
            self = .timer
        } else if link == "anon_inode:[io_uring]" {
            self = .ring
        } else if link.hasPrefix("anon_inode:") {
            self = .bell
        } else if link.hasPrefix("/dev/tty") || link.hasPrefix("/dev/pts/")
            || link == "/dev/console"
        {
            self = .terminal
        } else if link.hasPrefix("/") && !link.hasPrefix("/dev/") && !link.hasPrefix("/proc/") {
            self = .disk
        } else {
            self = .unknown
        }
    }
}
