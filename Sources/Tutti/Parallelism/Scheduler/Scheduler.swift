internal import Synchronization

/// What the threads of a pool share.
///
/// They hold it, and not the pool, so that a pool can go.
/// The protocol, and why no wake-up is lost, is in Scheduler.md.
final class Scheduler: Sendable {
    /// How many threads run together, callers included.
    let width: Int
    let workers: WorkerTable
    /// Who runs and who sleeps; its lock is also held while a seat is added.
    let roster: Locked<Roster>
    let census = Census()
    /// How many permits are waited for; written under the lock of `roster`.
    let wanted = Atomic<Int>(0)
    /// A vacant seat that kept its permit, for the next caller; 0 when there is none.
    let spareSeat = CacheLine(Atomic<Int>(0))
    /// Tasks that were enqueued outside the pool's threads.
    let injector = TaskQueue()
    let isStopped = Atomic<Bool>(false)

    init(width: Int) {
        self.width = width
        workers = WorkerTable(first: width)
        roster = Locked(Roster(width: width))
        for _ in 0..<width {
            _ = workers.append { Worker(number: $0, isThread: true, scheduler: self) }
        }
        census.add(asleep: width, free: width)
    }

    /// Runs what there is until the pool stops: the body of each thread of the pool.
    ///
    /// - Parameters:
    ///   - number: the worker that the thread is.
    ///   - executor: how tasks name the pool. Unretained, and used only for a task, which holds it.
    func work(as number: Int, executor: UnownedTaskExecutor) {
        let worker = workers[number]
        Worker.setCurrent(worker)
        // Born asleep and on the roster: there is no moment between birth and the first search.
        worker.pointee.parker.park()
        // Woken without being made a searcher, it is told to end.
        if worker.pointee.isSearching {
            repeat {
                while let work = search(worker, includingTasks: true, until: { false }) {
                    run(work, on: worker, executor: executor)
                }
            } while !sleepIdle(worker)
        }
        Worker.setCurrent(nil)
    }

    private func run(
        _ work: Found, on worker: UnsafeMutablePointer<Worker>, executor: UnownedTaskExecutor
    ) {
        switch work {
        case .branch(let branch):
            run(branch, on: worker)
            yieldPermit(of: worker)
        case .task(let task):
            task.runSynchronously(on: executor)
            yieldPermit(of: worker)
            // A few more before the next look at all the deques.
            for _ in 0..<15 {
                guard let task = nextTaskAtHand(worker) else { break }
                task.runSynchronously(on: executor)
                yieldPermit(of: worker)
            }
        }
    }

    private func run(
        _ branch: UnsafeMutablePointer<Branch>, on worker: UnsafeMutablePointer<Worker>
    ) {
        let span = OpenSpan.begin(.steal, number: branch.pointee.owner)
        defer { span.end() }
        let start = MonotonicClock.nanoseconds
        if let owner = Branch.run(branch) {
            resume(owner)
        }
        worker.pointee.reluctance = reluctance(
            after: MonotonicClock.nanoseconds &- start, before: worker.pointee.reluctance)
    }

    /// Waits until a branch that was stolen from `worker` has run, and helps meanwhile.
    ///
    /// Helps with branches only: a task may take any time, and could be one that the caller is
    /// waiting for to begin.
    func wait(for branch: UnsafeMutablePointer<Branch>, on worker: UnsafeMutablePointer<Worker>) {
        while !branch.pointee.isDone {
            let found = search(worker, includingTasks: false, until: { branch.pointee.isDone })
            switch found {
            case .branch(let other): run(other, on: worker)
            case .task: fatalError("a joining worker was given a task")
            case nil:
                if branch.pointee.isDone { break }
                sleep(worker, until: branch)
            }
        }
        // Woken for work just when the branch was done.
        stopSearching(worker)
    }
}
