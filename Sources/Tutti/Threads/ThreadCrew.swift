internal import Glibc

/// The threads of a ``ThreadPool`` and the watcher that sees which of them are blocked.
///
/// Lives as long as its last thread; the pool only holds its end. All decisions are
/// ``ThreadCrewState``'s, made under one lock and carried out after it.
final class ThreadCrew: Sendable {
    /// A task's piece that waits for a thread.
    struct Call: Sendable {
        let job: UnownedJob
        let executor: UnownedTaskExecutor
        /// Kept until the piece has run, since `executor` does not.
        let owner: PendingCall?
    }

    typealias Ticket = CallQueue<Call>.Ticket

    /// What the crew keeps of each thread, by the thread's number.
    private struct Member: Sendable {
        let parker: Parker
        var sleepProbe: SleepProbe?
    }

    private struct State: Sendable {
        var crew: ThreadCrewState<Call>
        var members: [Int: Member] = [:]
        var nextNumber = 0
        var watcherStarted = false
    }

    private let seesSleep: Bool
    private let state: Locked<State>
    private let watcher = Parker()

    /// What a thread may put on its stack; memory is used only as it is touched.
    static let stackSize = 8 << 20
    /// The pool's width where the kernel does not tell which threads sleep (no /proc).
    static let widthWithoutProbe = 64
    /// An idle thread ends after this long.
    private static let idleNanoseconds: Int64 = 2_000_000_000
    /// Two looks at a thread are at least this far apart.
    private static let shortestTick: Int64 = 200_000
    private static let longestTick: Int64 = 10_000_000
    /// So many of the threads known to be blocked are looked at again each tick.
    private static let blockedSample = 4

    init(processors: Int, maximum: Int, seesSleep: Bool) {
        let width = seesSleep ? processors : Self.widthWithoutProbe
        self.seesSleep = seesSleep
        state = Locked(State(crew: ThreadCrewState(processors: width, maximum: maximum)))
    }

    var threadCount: Int { state.withLock { $0.crew.threads } }

    /// Calls that no thread has taken yet.
    var queuedCount: Int { state.withLock { $0.crew.queue.count } }

    @discardableResult
    func add(
        _ job: UnownedJob, executor: UnownedTaskExecutor, owner: PendingCall? = nil
    ) -> Ticket {
        let call = Call(job: job, executor: executor, owner: owner)
        let (action, ticket) = state.withLock { $0.crew.add(call) }
        perform(action)
        return ticket
    }

    /// Takes a piece out of the queue; nil when a thread has it already.
    func remove(_ ticket: Ticket) -> UnownedJob? {
        state.withLock { $0.crew.remove(ticket)?.job }
    }

    /// Lets each thread end after its call.
    func shutDown() {
        let idle = state.withLock { state in
            state.crew.stop().compactMap { state.members.removeValue(forKey: $0)?.parker }
        }
        for parker in idle { parker.unpark() }
        watcher.unpark()
    }

    // MARK: - Decisions, carried out

    private func perform(_ action: ThreadCrewState<Call>.Action) {
        switch action {
        case .nothing: break
        case .wake(let number): state.withLock { $0.members[number]?.parker }?.unpark()
        case .start: startThread()
        case .watch: watch()
        }
    }

    private func startThread() {
        let parker = Parker()
        let number = state.withLock { state in
            state.nextNumber += 1
            state.members[state.nextNumber] = Member(parker: parker)
            return state.nextNumber
        }
        do throws(SystemError) {
            let thread = try Thread(name: "tutti-call-\(number)", stackSize: Self.stackSize) {
                [self] in work(number, parker)
            }
            thread.detach()
        } catch {
            // No thread to be had (limit, memory): the calls wait for those there are, and the
            // watcher tries again.
            state.withLock { state in
                state.members[number] = nil
                state.crew.startFailed()
            }
            watch()
        }
    }

    private func watch() {
        let isFirst = state.withLock { state in
            defer { state.watcherStarted = true }
            return !state.watcherStarted
        }
        guard isFirst else { return watcher.unpark() }
        do throws(SystemError) {
            try Thread(name: "tutti-watch") { [self] in watchThreads() }.detach()
        } catch {
            state.withLock { $0.watcherStarted = false }
            if threadCount == 0 {
                fatalError("The system has no thread left for a call: \(error). Raise the limit.")
            }
        }
    }

    // MARK: - A thread's life

    private func work(_ number: Int, _ parker: Parker) {
        let span = OpenSpan.begin(.thread, number: number)
        defer { span.end() }
        let probe = seesSleep ? SleepProbe.ofCallingThread() : nil
        state.withLock { $0.members[number]?.sleepProbe = probe }
        while true {
            state.withLock { $0.crew.arrived() }
            while let (call, next) = state.withLock({ $0.crew.takeAndReinforce(number) }) {
                perform(next)
                call.job.runSynchronously(on: call.executor)
            }
            guard waitForCalls(number, parker) else { return }
        }
    }

    /// Parks an idle thread; false when it is to end.
    private func waitForCalls(_ number: Int, _ parker: Parker) -> Bool {
        if state.withLock({ $0.crew.stopped }) {
            state.withLock { state in
                if state.crew.retire(number) { state.members[number] = nil }
            }
            return false
        }
        while !parker.park(nanoseconds: Self.idleNanoseconds) {
            let retires = state.withLock { state in
                guard state.crew.retire(number) else { return false }
                state.members[number] = nil
                return true
            }
            if retires { return false }
            // Somebody took this thread off the idle list: its token is on the way.
        }
        return state.withLock { !$0.crew.stopped }
    }

    // MARK: - The watcher's life

    private func watchThreads() {
        var tick = Self.shortestTick
        var round = 0
        while !state.withLock({ $0.crew.stopped }) {
            guard state.withLock({ $0.crew.queue.count > 0 }) else {
                watcher.park()
                tick = Self.shortestTick
                continue
            }
            let time = MonotonicClock.nanoseconds
            if watcher.park(nanoseconds: tick) { tick = Self.shortestTick }
            sleepUntil(time + UInt64(Self.shortestTick))
            round += 1
            tick = look(round: round) ? Self.shortestTick : min(tick * 2, Self.longestTick)
        }
    }

    /// Looks once at the busy threads and brings in as many others as that allows; true when
    /// something had changed.
    private func look(round: Int) -> Bool {
        let probes = state.withLock { state in
            var chosen: [(Int, SleepProbe)] = []
            var blocked: [(Int, SleepProbe)] = []
            for (number, busy) in state.crew.busy {
                guard let probe = state.members[number]?.sleepProbe else { continue }
                if busy.isBlocked {
                    blocked.append((number, probe))
                } else {
                    chosen.append((number, probe))
                }
            }
            for index in blocked.indices.prefix(Self.blockedSample) {
                chosen.append(blocked[(round &* Self.blockedSample &+ index) % blocked.count])
            }
            return chosen
        }
        let seen = probes.map { number, probe in (number, probe.isAsleep) }
        var changed = false
        state.withLock { state in
            for (number, asleep) in seen {
                // Seen asleep for the first time it is worth a second look soon.
                if asleep, state.crew.busy[number]?.isBlocked == false { changed = true }
                _ = state.crew.saw(number, asleep: asleep)
            }
        }
        while true {
            let action = state.withLock { $0.crew.reinforce() }
            if action == .watch || action == .nothing { return changed }
            perform(action)
            changed = true
        }
    }

    private func sleepUntil(_ deadline: UInt64) {
        while true {
            let now = MonotonicClock.nanoseconds
            guard now < deadline else { return }
            _ = watcher.park(nanoseconds: Int64(deadline - now))
        }
    }
}
