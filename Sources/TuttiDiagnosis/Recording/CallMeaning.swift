/// What a system call waits for, as far as its number tells.
enum CallMeaning: Hashable {
    /// Argument 0 is the address, argument 3 a timeout or 0.
    case futex
    /// Several of them.
    case futexes
    case sleep
    /// Argument 0 is a descriptor.
    case descriptor(WaitAct)
    /// A lock on a file; argument 0 is its descriptor.
    case fileLock
    /// Names, folders, whole file systems.
    case files
    case flush
    case child
    case signal
    /// Messages and semaphores of this machine.
    case message
    /// Argument 0 are descriptors, argument 1 says how many, argument 2 is a time in ms.
    case poll
    /// The same; argument 2 is the address of a time.
    case pollUntil
    /// Argument 0 says how many descriptors; then three sets; argument 4 is the address of a time
    /// with microseconds.
    case select
    /// The same, with nanoseconds.
    case selectUntil
    /// Argument 0 is the descriptor, argument 3 a time in ms.
    case epoll
    /// The same; argument 3 is the address of a time.
    case epollUntil
    /// Argument 0 is the ring.
    case ring
}

/// The numbers of system calls on one kind of processor.
struct CallTable {
    private let meanings: [Int: CallMeaning]

    func meaning(of number: Int) -> CallMeaning? { meanings[number] }

    private init(_ groups: [(CallMeaning, [Int])]) {
        var meanings: [Int: CallMeaning] = [:]
        for (meaning, numbers) in groups {
            for number in numbers { meanings[number] = meaning }
        }
        self.meanings = meanings
    }

    /// Of the processor that this program was built for.
    static var native: CallTable {
        #if arch(x86_64)
            x86_64
        #elseif arch(arm64)
            arm64
        #else
            CallTable([])
        #endif
    }

    /// arch/x86/entry/syscalls/syscall_64.tbl of the kernel.
    static let x86_64 = CallTable([
        (.futex, [202, 455]),  // futex, futex_wait
        (.futexes, [449]),  // futex_waitv
        (.sleep, [35, 230]),  // nanosleep, clock_nanosleep
        // read, pread64, readv, accept, recvfrom, recvmsg, accept4, preadv, recvmmsg, preadv2
        (.descriptor(.read), [0, 17, 19, 43, 45, 47, 288, 295, 299, 327]),
        // write, pwrite64, writev, sendfile, connect, sendto, sendmsg, pwritev, sendmmsg, pwritev2
        (.descriptor(.write), [1, 18, 20, 40, 42, 44, 46, 296, 307, 328]),
        (.descriptor(.other), [275, 276, 278, 326]),  // splice, tee, vmsplice, copy_file_range
        (.fileLock, [72, 73]),  // fcntl, flock
        // open, rename, mkdir, unlink, getdents64, io_getevents, openat, mkdirat, unlinkat, renameat,
        // fallocate, renameat2, io_pgetevents, openat2
        (.files, [2, 82, 83, 87, 217, 208, 257, 258, 263, 264, 285, 316, 333, 437]),
        (.flush, [26, 74, 75, 162, 277, 306]),  // msync, fsync, fdatasync, sync, sync_file_range, …
        (.child, [61, 247]),  // wait4, waitid
        (.signal, [34, 128, 130]),  // pause, rt_sigtimedwait, rt_sigsuspend
        // semop, msgsnd, msgrcv, semtimedop, mq_timedsend, mq_timedreceive
        (.message, [65, 69, 70, 220, 242, 243]),
        (.poll, [7]),
        (.pollUntil, [271]),  // ppoll
        (.select, [23]),
        (.selectUntil, [270]),  // pselect6
        (.epoll, [232, 281]),  // epoll_wait, epoll_pwait
        (.epollUntil, [441]),  // epoll_pwait2
        (.ring, [426]),  // io_uring_enter
    ])

    /// include/uapi/asm-generic/unistd.h of the kernel.
    static let arm64 = CallTable([
        (.futex, [98, 455]),
        (.futexes, [449]),
        (.sleep, [101, 115]),
        // read, readv, pread64, preadv, accept, recvfrom, recvmsg, accept4, recvmmsg, preadv2
        (.descriptor(.read), [63, 65, 67, 69, 202, 207, 212, 242, 243, 286]),
        // write, writev, pwrite64, pwritev, sendfile, connect, sendto, sendmsg, sendmmsg, pwritev2
        (.descriptor(.write), [64, 66, 68, 70, 71, 203, 206, 211, 269, 287]),
        (.descriptor(.other), [75, 76, 77, 285]),  // vmsplice, splice, tee, copy_file_range
        (.fileLock, [25, 32]),
        // io_getevents, mkdirat, unlinkat, renameat, fallocate, openat, getdents64, renameat2,
        // io_pgetevents, openat2
        (.files, [4, 34, 35, 38, 47, 56, 61, 276, 292, 437]),
        (.flush, [81, 82, 83, 84, 227, 267]),
        (.child, [95, 260]),
        (.signal, [133, 137]),
        (.message, [182, 183, 188, 189, 192, 193]),
        (.pollUntil, [73]),
        (.selectUntil, [72]),
        (.epoll, [22]),
        (.epollUntil, [441]),
        (.ring, [426]),
    ])
}
