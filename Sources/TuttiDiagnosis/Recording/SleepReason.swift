/// What must be looked up in a process to explain a sleep.
protocol ProcessView {
    /// What a descriptor leads to.
    func kind(of descriptor: Int32) -> DescriptorKind
    /// The descriptors of a `struct pollfd` array.
    func polled(at address: UInt64, count: Int) -> [Int32]
    /// The descriptors of a set as select(2) takes it.
    func selected(at address: UInt64, count: Int) -> [Int32]
    /// What an epoll watches.
    func watched(by descriptor: Int32) -> [DescriptorKind]
    /// What the operations of an io_uring wait for that wait for a descriptor.
    func queued(in descriptor: Int32) -> [DescriptorKind]
}

extension WaitReason {
    /// Explains a sleep from its system call; nil when the call says nothing.
    init?(_ call: SystemCall, table: CallTable, in process: some ProcessView) {
        guard call.number >= 0 else {
            // In no call: a page of memory that must come from a file.
            self.init(.disk, .read)
            return
        }
        guard let meaning = table.meaning(of: call.number) else { return nil }
        let first = call.arguments[0]
        switch meaning {
        case .futex: self.init(.lock, Self.isMutex(call) ? .take : .other, object: first)
        case .futexes: self.init(.lock, object: first)
        case .sleep: self.init(.timer)
        case .descriptor(let act):
            self.init(process.kind(of: call.int(0)), act, descriptor: call.int(0))
        case .fileLock: self.init(.lock, object: UInt64(UInt32(bitPattern: call.int(0))))
        case .files: self.init(.disk)
        case .flush: self.init(.disk, .flush)
        case .child: self.init(.child)
        case .signal: self.init(.idle)
        case .message: self.init(.pipe)
        case .poll:
            self.init(
                several: process.polled(at: first, count: Int(clamping: call.arguments[1]))
                    .map(process.kind), hasEnd: call.int(2) >= 0)
        case .pollUntil:
            self.init(
                several: process.polled(at: first, count: Int(clamping: call.arguments[1]))
                    .map(process.kind), hasEnd: call.arguments[2] != 0)
        case .select:
            let sets = call.arguments[1...3].filter { $0 != 0 }
            let descriptors = sets.flatMap {
                process.selected(at: $0, count: Int(clamping: first))
            }
            self.init(
                several: Set(descriptors).map(process.kind), hasEnd: call.arguments[4] != 0)
        case .epoll:
            self.init(several: process.watched(by: call.int(0)), hasEnd: call.int(3) >= 0)
        case .epollUntil:
            self.init(several: process.watched(by: call.int(0)), hasEnd: call.arguments[3] != 0)
        case .ring:
            // Where none waits for a descriptor it may be a disk or a time: nobody says so.
            let queued = process.queued(in: call.int(0))
            guard !queued.isEmpty else { return nil }
            self.init(several: queued, hasEnd: false)
        }
    }

    /// Whether a futex is a lock for certain, and not a condition that somebody will signal.
    ///
    /// glibc and Rust write 2 into a lock that is waited for, and sleep as long as it is 2; locks that
    /// lend their priority have operations of their own.
    private static func isMutex(_ call: SystemCall) -> Bool {
        switch call.arguments[1] & 0x7F {
        case 0, 9: UInt32(truncatingIfNeeded: call.arguments[2]) == 2  // FUTEX_WAIT, …_BITSET
        case 6, 13: true  // FUTEX_LOCK_PI, …_PI2
        default: false
        }
    }

    private init(_ kind: DescriptorKind, _ act: WaitAct, descriptor: Int32) {
        let waitKind: WaitKind =
            switch kind {
            case .network, .listener: .network
            case .disk: .disk
            case .pipe: .pipe
            case .terminal: .terminal
            case .timer: .timer
            case .child: .child
            case .bell: .idle
            case .ring, .unknown: .unknown
            }
        self.init(waitKind, act, object: UInt64(UInt32(bitPattern: descriptor)))
    }

    /// A wait for any of several descriptors, or for a time when there is one.
    private init(several kinds: [DescriptorKind], hasEnd: Bool) {
        let sockets = kinds.count { $0 == .network }
        let timers = kinds.count { $0 == .timer }
        if sockets > 0 {
            self.init(.network, .read, flights: sockets)
        } else if kinds.contains(.child) {
            self.init(.child)
        } else if kinds.contains(.terminal) {
            self.init(.terminal, .read)
        } else if kinds.contains(.listener) {
            // However many ports: a client that comes is one.
            self.init(.network, .read)
        } else if timers > 1 {
            self.init(.timer, flights: timers)
        } else if kinds.isEmpty && hasEnd {
            self.init(.timer)  // poll(2) without descriptors is a sleep
        } else if hasEnd || timers == 1 {
            self.init(.loopTimer)
        } else if kinds.contains(.pipe) {
            self.init(.pipe, .read)
        } else {
            self.init(.idle)
        }
    }
}
