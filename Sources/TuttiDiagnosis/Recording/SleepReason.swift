/// What must be looked up in a process to explain a sleep.
protocol ProcessView {
    /// What a descriptor leads to.
    func kind(of descriptor: Int32) -> DescriptorKind
    /// The descriptors of a `struct pollfd` array.
    func polled(at address: UInt64, count: Int) -> [Int32]
    /// The descriptors of a set as select(2) takes it.
    func selected(at address: UInt64, count: Int) -> [Int32]
    /// The two numbers of a `struct timespec` or `struct timeval`.
    func time(at address: UInt64) -> (seconds: Int64, part: Int64)?
    /// What an epoll watches.
    func watched(by descriptor: Int32) -> [DescriptorKind]
    /// Nanoseconds until the only timer that an epoll watches goes off.
    func nextTimer(watchedBy descriptor: Int32) -> UInt64?
    /// What the operations of an io_uring wait for that wait for a descriptor.
    func queued(in descriptor: Int32) -> [DescriptorKind]
    /// Other operations of an io_uring that are under way.
    func underWay(in descriptor: Int32) -> [RingOperation]
}

/// Why a thread sleeps.
struct SleepReason: Hashable {
    /// As its system call tells.
    var reason: WaitReason
    /// Of a wait for a time that other things may end as well; nil where nobody may know it.
    var end: End?

    /// The end of a wait, if nothing comes before it.
    struct End: Hashable {
        /// Nanoseconds from a moment on.
        enum Time: Hashable {
            case afterStart(UInt64)
            case afterNow(UInt64)
        }

        /// When it is.
        var time: Time
        /// What was waited for, if it came before.
        var otherwise: WaitReason
    }

    init(reason: WaitReason, end: End? = nil) {
        self.reason = reason
        self.end = end
    }

    /// Explains a sleep from its system call; nil when the call says nothing.
    init?(_ call: SystemCall, table: CallTable, in process: some ProcessView) {
        guard call.number >= 0 else {
            // In no call: a page of memory that must come from a file.
            self.init(reason: WaitReason(.disk, .read))
            return
        }
        guard let meaning = table.meaning(of: call.number) else { return nil }
        let first = call.arguments[0]
        switch meaning {
        case .futex:
            self.init(
                reason: WaitReason(.lock, Self.isMutex(call) ? .take : .other, object: first))
        case .futexes: self.init(reason: WaitReason(.lock, object: first))
        case .sleep: self.init(reason: WaitReason(.timer))
        case .descriptor(let act):
            self.init(
                reason: Self.one(process.kind(of: call.int(0)), act, descriptor: call.int(0)))
        case .fileLock:
            self.init(
                reason: WaitReason(.lock, object: UInt64(UInt32(bitPattern: call.int(0)))))
        case .files: self.init(reason: WaitReason(.disk))
        case .flush: self.init(reason: WaitReason(.disk, .flush))
        case .child: self.init(reason: WaitReason(.child))
        case .signal: self.init(reason: WaitReason(.idle))
        case .message: self.init(reason: WaitReason(.pipe))
        case .poll, .pollUntil:
            let kinds = process.polled(at: first, count: Int(clamping: call.arguments[1]))
                .map(process.kind)
            let limit =
                meaning == .poll
                ? Limit(milliseconds: call.int(2))
                : Limit(at: call.arguments[2], part: 1, in: process)
            self.init(several: kinds, limit)
        case .select, .selectUntil:
            let sets = call.arguments[1...3].filter { $0 != 0 }
            let descriptors = sets.flatMap {
                process.selected(at: $0, count: Int(clamping: first))
            }
            self.init(
                several: Set(descriptors).map(process.kind),
                Limit(at: call.arguments[4], part: meaning == .select ? 1000 : 1, in: process))
        case .epoll, .epollUntil:
            let limit =
                meaning == .epoll
                ? Limit(milliseconds: call.int(3))
                : Limit(at: call.arguments[3], part: 1, in: process)
            self.init(several: process.watched(by: call.int(0)), limit) {
                process.nextTimer(watchedBy: call.int(0))
            }
        case .ring:
            let queued = process.queued(in: call.int(0))
            if queued.isEmpty {
                self.init(operations: process.underWay(in: call.int(0)), in: process)
            } else {
                self.init(several: queued, .none)
            }
        }
    }

    /// For how long a call waits at most.
    private enum Limit {
        case none
        case unknown
        case nanoseconds(UInt64)

        init(milliseconds: Int32) {
            self = milliseconds < 0 ? .none : .nanoseconds(UInt64(milliseconds) * 1_000_000)
        }

        /// Reads a time of which the second number counts `part` nanoseconds; none at 0.
        init(at address: UInt64, part: Int64, in process: some ProcessView) {
            guard address != 0 else {
                self = .none
                return
            }
            guard let time = process.time(at: address) else {
                self = .unknown
                return
            }
            let seconds = UInt64(clamping: min(max(0, time.seconds), 1_000_000_000))
            self = .nanoseconds(
                seconds * 1_000_000_000 + UInt64(clamping: time.part &* part) % 1_000_000_000)
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

    private static func one(
        _ kind: DescriptorKind, _ act: WaitAct, descriptor: Int32
    ) -> WaitReason {
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
        return WaitReason(waitKind, act, object: UInt64(UInt32(bitPattern: descriptor)))
    }

    /// A wait for any of several descriptors, or for a time when there is one.
    private init(
        several kinds: [DescriptorKind], _ limit: Limit, nextTimer: () -> UInt64? = { nil }
    ) {
        var time: End.Time?
        var hasEnd = true
        switch limit {
        case .none: hasEnd = false
        case .unknown: break
        case .nanoseconds(let number): time = .afterStart(number)
        }
        self.init(reason: Self.several(kinds, hasEnd: hasEnd))
        guard reason.kind == .loopTimer else { return }
        if kinds.contains(.timer) {
            // Whichever comes first is not known of both.
            time = hasEnd ? nil : nextTimer().map { .afterNow($0) }
        }
        let others = kinds.filter { $0 != .timer }
        end = time.map { End(time: $0, otherwise: Self.several(others, hasEnd: false)) }
    }

    /// A wait for operations that need no descriptor to be ready: mostly for a disk or a time.
    private init?(operations: [RingOperation], in process: some ProcessView) {
        var disk: [WaitAct] = []
        var others: [DescriptorKind] = []
        for operation in operations {
            switch operation.about {
            case .disk: disk.append(operation.act)
            case .time: others.append(.timer)
            case .descriptor(let number):
                let kind = process.kind(of: number)
                if kind == .disk { disk.append(operation.act) } else { others.append(kind) }
            }
        }
        if disk.isEmpty {
            guard others.contains(where: { $0 != .unknown }) else { return nil }
            self.init(several: others, .none)
        } else {
            let acts: [WaitAct] = [.flush, .write, .read]
            let act = acts.first { act in disk.count { $0 == act } * 2 > disk.count } ?? .other
            self.init(reason: WaitReason(.disk, act, flights: disk.count))
        }
    }

    private static func several(_ kinds: [DescriptorKind], hasEnd: Bool) -> WaitReason {
        let sockets = kinds.count { $0 == .network }
        let timers = kinds.count { $0 == .timer }
        if sockets > 0 { return WaitReason(.network, .read, flights: sockets) }
        if kinds.contains(.child) { return WaitReason(.child) }
        if kinds.contains(.terminal) { return WaitReason(.terminal, .read) }
        // However many ports: a client that comes is one.
        if kinds.contains(.listener) { return WaitReason(.network, .read) }
        if timers > 1 { return WaitReason(.timer, flights: timers) }
        if kinds.isEmpty && hasEnd { return WaitReason(.timer) }  // poll(2) without any is a sleep
        if hasEnd || timers == 1 { return WaitReason(.loopTimer) }
        return kinds.contains(.pipe) ? WaitReason(.pipe, .read) : WaitReason(.idle)
    }
}
