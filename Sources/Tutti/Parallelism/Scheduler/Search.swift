internal import CTutti
internal import Synchronization

/// What a search found.
enum Found {
    case branch(UnsafeMutablePointer<Branch>)
    case task(UnownedJob)
}

// Looking for work: branches of others first, since somebody waits for them, then tasks.
extension Scheduler {
    /// How long a worker looks for work before it sleeps: what a wake-up costs, in nanoseconds.
    private static var patience: UInt64 { 30_000 }
    /// The most pauses between two looks; each look disturbs those who publish, so they get rarer.
    private static var pauses: Int { 128 }

    /// Looks for work for a while; nil when there was none, or when `isDone` says so.
    ///
    /// After nil `worker` is still a searcher: it must sleep, or stop searching.
    func search(
        _ worker: UnsafeMutablePointer<Worker>, includingTasks: Bool, until isDone: () -> Bool
    ) -> Found? {
        startSearching(worker)
        var holdsBack = worker.pointee.reluctance > 0
        var pauses = max(1, worker.pointee.reluctance)
        var start: UInt64?
        while true {
            if isDone() { return nil }
            if !holdsBack {
                if let branch = stealBranch(worker) {
                    stopSearching(worker)
                    return .branch(branch)
                }
                if includingTasks, let task = nextTaskAtHand(worker) ?? stealTask(worker) {
                    stopSearching(worker)
                    return .task(task)
                }
            }
            holdsBack = false
            yieldToWaker(worker)
            for _ in 0..<pauses {
                tutti_spin_hint()
            }
            guard pauses == Self.pauses else {
                pauses *= 2
                continue
            }
            // How long a pause takes differs tenfold between processors.
            let now = MonotonicClock.nanoseconds
            if now &- (start ?? now) >= Self.patience { return nil }
            start = start ?? now
        }
    }

    /// Lets whoever woke `worker` go on, if both are on one processor.
    ///
    /// There a search keeps the very one from working who may publish more. It would end in sleep,
    /// and the next publication in the next wake-up; each stopped the waker for 40 µs. One that
    /// yields stays a searcher. See Scheduler.md.
    private func yieldToWaker(_ worker: UnsafeMutablePointer<Worker>) {
        // Not in any search: beside other programs a thief would lose its turn to them each time.
        let processor = worker.pointee.wakersProcessor
        guard processor >= 0, processor == tutti_current_processor() else { return }
        tutti_yield_processor()
    }

    /// How much longer a thief waits before its next look, in pauses, after a branch that took this
    /// many nanoseconds.
    ///
    /// A theft makes its victim wait for another core: what takes less had better stay, so a thief
    /// of such branches looks twice as late each time. With the first one that is worth it, it is
    /// as quick as ever.
    func reluctance(after duration: UInt64, before reluctance: Int) -> Int {
        duration < 400 ? min(max(8, 2 * reluctance), Self.pauses) : 0
    }

    /// Takes the oldest public branch of another worker, starting anywhere.
    private func stealBranch(_ thief: UnsafeMutablePointer<Worker>) -> UnsafeMutablePointer<Branch>?
    {
        let count = workers.count
        let start = thief.pointee.victims.next(below: count)
        for step in 0..<count {
            let victim = workers[(start + step) % count]
            guard victim != thief, let item = victim.pointee.thief.steal() else { continue }
            return item.assumingMemoryBound(to: Branch.self)
        }
        return nil
    }

    /// The next task without robbing anybody: its own, then from outside.
    ///
    /// Now and then from outside first, so that tasks that enqueue tasks starve nobody. 61: a prime,
    /// so that it falls in step with no pattern of the tasks.
    func nextTaskAtHand(_ worker: UnsafeMutablePointer<Worker>) -> UnownedJob? {
        worker.pointee.taskTick &+= 1
        if worker.pointee.taskTick % 61 == 0, let task = injector.removeFirst() {
            return task
        }
        if let task = worker.pointee.tasks.removeFirst() {
            return task
        }
        return takeShare(of: injector, among: width, for: worker)
    }

    /// Half of the tasks of another thread, starting anywhere.
    private func stealTask(_ thief: UnsafeMutablePointer<Worker>) -> UnownedJob? {
        let start = thief.pointee.victims.next(below: width)
        // Threads of the pool come first in the table; a seat has no tasks.
        for step in 0..<width {
            let victim = workers[(start + step) % width]
            guard victim != thief else { continue }
            if let task = takeShare(of: victim.pointee.tasks, among: 2, for: thief) {
                return task
            }
        }
        return nil
    }

    /// A task from any queue, for a thread that is no worker.
    func nextTaskOfAnybody() -> UnownedJob? {
        if let task = injector.removeFirst() { return task }
        for number in 0..<width {
            if let task = workers[number].pointee.tasks.removeFirst() { return task }
        }
        return nil
    }

    private func takeShare(
        of queue: borrowing TaskQueue, among takers: Int, for worker: UnsafeMutablePointer<Worker>
    ) -> UnownedJob? {
        let task = queue.removeShare(of: takers, into: worker.pointee.tasks)
        // Tasks on their way were in no queue: who looked just then needs to be told.
        if task != nil, !worker.pointee.tasks.isEmpty {
            workWasPublished(.tasks)
        }
        return task
    }

    // MARK: The count of searchers

    private func startSearching(_ worker: UnsafeMutablePointer<Worker>) {
        guard !worker.pointee.isSearching else { return }
        worker.pointee.isSearching = true
        census.add(searching: 1)
    }

    /// Stops searching, for whatever reason but sleep; the last one looks whether more is needed.
    func stopSearching(_ worker: UnsafeMutablePointer<Worker>) {
        guard worker.pointee.isSearching else { return }
        worker.pointee.isSearching = false
        if census.add(searching: -1).lacksSearchers {
            wakeIfThereIsWork()
        }
    }
}
