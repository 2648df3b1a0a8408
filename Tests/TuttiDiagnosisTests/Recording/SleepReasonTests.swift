import Testing

@testable import TuttiDiagnosis

/// System calls as the kernel shows them, and what they mean.
@Suite struct SleepReasonTests {
    /// A process with given descriptors.
    private struct Drawn: ProcessView {
        var kinds: [Int32: DescriptorKind] = [:]
        var descriptors: [Int32] = []
        var time: (seconds: Int64, part: Int64)?
        var timer: UInt64?
        var operations: [RingOperation] = []

        func kind(of descriptor: Int32) -> DescriptorKind { kinds[descriptor] ?? .unknown }
        func polled(at address: UInt64, count: Int) -> [Int32] { descriptors }
        func selected(at address: UInt64, count: Int) -> [Int32] { descriptors }
        func time(at address: UInt64) -> (seconds: Int64, part: Int64)? { time }
        func watched(by descriptor: Int32) -> [DescriptorKind] { descriptors.map(kind) }
        func nextTimer(watchedBy descriptor: Int32) -> UInt64? { timer }
        func queued(in descriptor: Int32) -> [DescriptorKind] { descriptors.map(kind) }
        func underWay(in descriptor: Int32) -> [RingOperation] { operations }
    }

    private static let view = Drawn(
        kinds: [
            3: .network, 4: .disk, 5: .pipe, 6: .terminal, 7: .bell, 8: .timer, 9: .child,
            10: .listener,
        ])

    private static func sleep(
        _ line: String, _ table: CallTable = .x86_64, in view: Drawn = view
    ) -> SleepReason? {
        SystemCall(line: line.utf8).flatMap { SleepReason($0, table: table, in: view) }
    }

    private static func reason(
        _ line: String, _ table: CallTable = .x86_64, in view: Drawn = view
    ) -> WaitReason? {
        sleep(line, table, in: view)?.reason
    }

    @Test(arguments: [
        ("202 0x7f10 0x189 0x0 0x0 0x0 0x0 0x7ffd 0x7f1", WaitReason(.lock, object: 0x7f10)),
        ("0 0x3 0x7fa3 0x2000 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.network, .read, object: 3)),
        ("1 0x4 0x7fa3 0x2000 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk, .write, object: 4)),
        ("0 0x5 0x7fa3 0x2000 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.pipe, .read, object: 5)),
        ("0 0x6 0x7fa3 0x2000 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.terminal, .read, object: 6)),
        ("230 0x0 0x0 0x7ff 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.timer)),
        ("74 0x4 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk, .flush)),
        ("61 0xffffffff 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.child)),
        ("264 0x4 0x0 0x4 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk)),
        ("333 0x4 0x1 0x1 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk)),
        ("437 0x4 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk)),
        ("130 0x0 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.idle)),
        ("-1 0x7ffd 0x7f1", WaitReason(.disk, .read)),
    ])
    func `a call of x86-64 tells what is waited for`(line: String, reason: WaitReason) {
        #expect(Self.reason(line) == reason)
    }

    @Test(arguments: [
        ("98 0x7f10 0x189 0x0 0x0 0x0 0x0 0x7ffd 0x7f1", WaitReason(.lock, object: 0x7f10)),
        ("63 0x3 0x7fa3 0x2000 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.network, .read, object: 3)),
        ("64 0x4 0x7fa3 0x2000 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk, .write, object: 4)),
        ("115 0x0 0x0 0x7ff 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.timer)),
        ("82 0x4 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk, .flush)),
        ("38 0x4 0x0 0x4 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk)),
        ("292 0x4 0x1 0x1 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk)),
        ("437 0x4 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.disk)),
        ("260 0xffffffff 0x0 0x0 0x0 0x0 0x0 0x7ff 0x7fa", WaitReason(.child)),
    ])
    func `a call of arm64 tells what is waited for`(line: String, reason: WaitReason) {
        #expect(Self.reason(line, .arm64) == reason)
    }

    @Test(arguments: ["running\n", "", " ", "x", "12 zebra", "-", "999999999999999999999999"])
    func `what is no call has no reason`(line: String) {
        #expect(Self.reason(line) == nil)
    }

    @Test func `a call that nobody knows has no reason`() {
        #expect(Self.reason("9999 0x0 0x0 0x0 0x0 0x0 0x0 0x0 0x0") == nil)
    }

    @Test func `an event loop's sockets are counted`() {
        var view = Self.view
        view.descriptors = [3, 3, 3, 5, 7]
        let loop = Self.reason("232 0xa 0x7f 0x40 0xffffffff 0x0 0x8 0x7 0x7", in: view)
        #expect(loop == WaitReason(.network, .read, flights: 3))
        view.descriptors = [5, 7]
        let idle = Self.reason("232 0xa 0x7f 0x40 0xffffffff 0x0 0x8 0x7 0x7", in: view)
        #expect(idle?.kind == .pipe)
        view.descriptors = [7]
        #expect(
            Self.reason("232 0xa 0x7f 0x40 0xffffffff 0x0 0x8 0x7 0x7", in: view)?.kind == .idle)
        #expect(Self.reason("232 0xa 0x7f 0x40 0x64 0x0 0x8 0x7 0x7", in: view)?.kind == .loopTimer)
    }

    @Test func `sockets that listen are one wait, however many`() {
        var view = Self.view
        let line = "232 0xa 0x7f 0x40 0xffffffff 0x0 0x8 0x7 0x7"
        view.descriptors = [10, 10, 10]
        #expect(Self.reason(line, in: view) == WaitReason(.network, .read))
        view.descriptors = [10, 10, 3]
        #expect(Self.reason(line, in: view) == WaitReason(.network, .read))
        #expect(Self.reason("43 0xa 0x0 0x0 0x0 0x0 0x0 0x7 0x7")?.kind == .network)
    }

    @Test func `the timers of an event loop are counted, and one may stand for many`() {
        var view = Self.view
        let line = "232 0xa 0x7f 0x40 0xffffffff 0x0 0x8 0x7 0x7"
        view.descriptors = [8, 8, 8, 7]
        #expect(Self.reason(line, in: view) == WaitReason(.timer, flights: 3))
        view.descriptors = [8, 7]
        #expect(Self.reason(line, in: view) == WaitReason(.loopTimer))
    }

    @Test func `a loop's wait for a time has an end, and a reason if it is over before`() {
        typealias End = SleepReason.End
        var view = Self.view
        view.descriptors = [5, 7]
        let answer = WaitReason(.pipe, .read)
        let second = End(time: .afterStart(1_000_000_000), otherwise: answer)
        // epoll_wait, poll: milliseconds.
        #expect(Self.sleep("232 0xa 0x7f 0x40 0x3e8 0x0 0x8 0x7 0x7", in: view)?.end == second)
        #expect(Self.sleep("7 0x7f 0x2 0x3e8 0x0 0x0 0x0 0x7 0x7", in: view)?.end == second)
        // ppoll, epoll_pwait2, pselect6: nanoseconds; select: microseconds.
        view.time = (2, 500)
        let longer = End(time: .afterStart(2_000_000_500), otherwise: answer)
        #expect(Self.sleep("271 0x7f 0x2 0x7f 0x0 0x8 0x0 0x7 0x7", in: view)?.end == longer)
        #expect(Self.sleep("441 0xa 0x7f 0x40 0x7f 0x0 0x8 0x7 0x7", in: view)?.end == longer)
        #expect(Self.sleep("270 0x8 0x7f 0x0 0x0 0x7f 0x0 0x7 0x7", in: view)?.end == longer)
        #expect(
            Self.sleep("23 0x8 0x7f 0x0 0x0 0x7f 0x0 0x7 0x7", in: view)?.end?.time
                == .afterStart(2_000_500_000))
        // Nobody may read the time.
        view.time = nil
        let unread = Self.sleep("271 0x7f 0x2 0x7f 0x0 0x8 0x0 0x7 0x7", in: view)
        #expect(unread == SleepReason(reason: WaitReason(.loopTimer)))
    }

    @Test func `a loop's timer says when it goes off`() {
        var view = Self.view
        let line = "232 0xa 0x7f 0x40 0xffffffff 0x0 0x8 0x7 0x7"
        view.descriptors = [8, 7]
        view.timer = 40
        #expect(
            Self.sleep(line, in: view)?.end
                == .init(time: .afterNow(40), otherwise: WaitReason(.idle)))
        // A time of the call as well: which comes first is not known.
        let both = Self.sleep("232 0xa 0x7f 0x40 0x64 0x0 0x8 0x7 0x7", in: view)
        #expect(both == SleepReason(reason: WaitReason(.loopTimer)))
    }

    @Test(
        arguments: [
            ("settime flags: 01\nit_value: (2, 500)\nit_interval: (0, 0)\n", 2_000_000_500),
            ("it_value: (0, 0)\n", 0), ("it_value: (", nil), ("", nil), ("it_value: (a, 1)", nil),
        ] as [(String, UInt64?)])
    func `the time that a timer has left is read`(text: String, left: UInt64?) {
        #expect(LiveProcess.remaining(text) == left)
    }

    @Test func `a ring waits for what its operations wait for`() {
        var view = Self.view
        let line = "426 0x3 0x1 0x1 0x1 0x0 0x0 0x7ff 0x7f5"
        view.descriptors = [3, 3, 3]
        #expect(Self.reason(line, in: view) == WaitReason(.network, .read, flights: 3))
        view.descriptors = []
        #expect(Self.reason(line, in: view) == nil)
    }

    @Test(
        arguments: [
            ([RingOperation(.disk, .flush)], WaitReason(.disk, .flush)),
            (
                [.init(.descriptor(4), .read), .init(.descriptor(4), .read)],
                WaitReason(.disk, .read, flights: 2)
            ),
            ([.init(.descriptor(4), .read), .init(.disk, .write)], WaitReason(.disk, flights: 2)),
            ([.init(.time, .other)], WaitReason(.loopTimer)),
            ([.init(.time, .other), .init(.time, .other)], WaitReason(.timer, flights: 2)),
            ([.init(.descriptor(5), .read)], WaitReason(.pipe, .read)),
            ([.init(.descriptor(99), .read)], nil), ([], nil),
        ] as [([RingOperation], WaitReason?)])
    func `a ring waits for a disk or a time, as its entries say`(
        operations: [RingOperation], reason: WaitReason?
    ) {
        var view = Self.view
        view.operations = operations
        #expect(Self.reason("426 0x3 0x1 0x1 0x1 0x0 0x0 0x7ff 0x7f5", in: view) == reason)
    }

    @Test(arguments: [
        ("202 0x7f 0x80 0x2 0x0 0x0 0x0 0x7 0x7", WaitAct.take),  // a mutex of glibc
        ("202 0x7f 0x89 0x2 0x0 0x0 0xffffffff 0x7 0x7", .take),  // one of Rust
        ("202 0x7f 0x86 0x0 0x0 0x0 0x0 0x7 0x7", .take),  // one of Swift
        ("202 0x7f 0x189 0x0 0x0 0x0 0xffffffff 0x7 0x7", .other),  // a condition
        ("202 0x7f 0x80 0x0 0x0 0x0 0x0 0x7 0x7", .other),  // a thread of Go that rests
    ])
    func `a futex tells a lock from a condition`(line: String, act: WaitAct) {
        #expect(Self.reason(line) == WaitReason(.lock, act, object: 0x7f))
    }

    @Test func `the operations of a ring that wait are read`() {
        let text = """
            SqThread:\t-1
            PollList:
              op=27, task_works=0
              op=13, task_works=0
              op=22, task_works=0
            CqOverflowList:
              op=27, task_works=0
            """
        #expect(LiveProcess.operations(text) == [.network, .listener, .pipe])
        #expect(LiveProcess.operations("PollList:\nCqOverflowList:\n").isEmpty)
    }

    @Test func `sockets that listen are found in the list of the system`() {
        let text = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when    uid timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000   0       0 4711 1
               1: 0100007F:1F90 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
            """
        #expect(SocketKinds.listeners(text) == [4711])
    }

    @Test func `poll and select look into their arrays`() {
        var view = Self.view
        view.descriptors = [3]
        let poll = Self.reason("7 0x7f 0x1 0xffffffff 0x0 0x0 0x0 0x0 0x0", in: view)
        #expect(poll?.kind == .network)
        let select = Self.reason("23 0x4 0x7f 0x0 0x0 0x0 0x0 0x0 0x0", in: view)
        #expect(select?.kind == .network)
        view.descriptors = []
        #expect(Self.reason("7 0x0 0x0 0x64 0x0 0x0 0x0 0x0 0x0", in: view)?.kind == .timer)
        #expect(Self.reason("271 0x0 0x0 0x7ff 0x0 0x0 0x0 0x0 0x0", in: view)?.kind == .timer)
    }

    @Test(arguments: [
        ("socket:[4711]", DescriptorKind.network), ("socket:[12]", .pipe), ("pipe:[1]", .pipe),
        ("/dev/pts/0", .terminal), ("/home/a/b", .disk), ("anon_inode:[eventpoll]", .bell),
        ("anon_inode:[timerfd]", .timer), ("anon_inode:[io_uring]", .ring),
        ("anon_inode:[pidfd]", .child), ("/dev/null", .unknown),
        ("", .unknown), ("socket:[", .network),
    ])
    func `a link tells what a descriptor is`(link: String, kind: DescriptorKind) {
        #expect(DescriptorKind(link: link) { $0 == 12 ? .pipe : .network } == kind)
    }

    @Test func `a name with parentheses does not hide the state`() {
        let line = Array("12 (a) R (b) S 77 1 1 0".utf8)
        let status = ThreadStatus(line: line)
        #expect(status?.name == "a) R (b")
        #expect(status?.activity == .asleep)
        #expect(status?.parent == 77)
        #expect(ThreadStatus(line: Array("12 (a".utf8)) == nil)
        #expect(ThreadStatus(line: []) == nil)
    }

    @Test func `the numbers of schedstat are read`() {
        let statistics = ScheduleStatistics(line: "12 34 5\n".utf8)
        #expect(statistics?.ran == 12)
        #expect(statistics?.wanted == 34)
        #expect(statistics?.turns == 5)
        #expect(ScheduleStatistics(line: "12 34".utf8) == nil)
    }

    @Test func `the descriptors that an epoll watches are read`() {
        let text = "pos:\t0\nflags:\t02\ntfd:    5 events: 19 data: 5\ntfd:   12 events: 1\n"
        #expect(LiveProcess.targets(text) == [5, 12])
    }

    @Test func `looking pauses for longer the more it costs`() {
        var pace = Pace()
        #expect(pace.pause == Pace.shortest)
        for _ in 0..<100 { pace.looked(for: 200_000) }
        #expect(abs(Double(pace.pause) - 20e6) < 1e5)
        for _ in 0..<100 { pace.looked(for: 1_000_000_000) }
        #expect(pace.pause == Pace.longest)
        for _ in 0..<200 { pace.looked(for: 0) }
        #expect(pace.pause == Pace.shortest)
    }
}
