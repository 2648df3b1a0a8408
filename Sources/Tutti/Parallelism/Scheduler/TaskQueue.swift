internal import Synchronization

/// Swift jobs that are ready to run, first in, first out.
///
/// Under a lock: a job costs a microsecond, taking it here 20 nanoseconds, and thieves take half
/// of what they find, so that they seldom come.
struct TaskQueue: ~Copyable {
    private let jobs = Locked(Ring())
    /// The number of jobs; written under the lock, read by whoever looks for work.
    private let count = Atomic<Int>(0)

    /// Whether there was nothing to take.
    ///
    /// Sequentially consistent: partner of the store in `append`, see Scheduler.md.
    var isEmpty: Bool {
        count.load(ordering: .sequentiallyConsistent) == 0
    }

    /// Adds the newest job.
    borrowing func append(_ job: UnownedJob) {
        jobs.withLock { ring in
            ring.append(job)
            // Sequentially consistent: it comes before the enqueuer's load of the census.
            count.store(ring.count, ordering: .sequentiallyConsistent)
        }
    }

    /// Takes the oldest job.
    borrowing func removeFirst() -> UnownedJob? {
        guard !isEmpty else { return nil }
        return jobs.withLock { ring in
            let job = ring.removeFirst()
            count.store(ring.count, ordering: .sequentiallyConsistent)
            return job
        }
    }

    /// Takes a share of the jobs: gives back the oldest and moves the others to `queue`.
    ///
    /// - Parameters:
    ///   - takers: how many are expected to share what is there.
    ///   - queue: where the others go.
    /// - Returns: nil when there was nothing.
    borrowing func removeShare(of takers: Int, into queue: borrowing TaskQueue) -> UnownedJob? {
        guard !isEmpty else { return nil }
        // Never both locks at once: two thieves of each other would wait for ever.
        var share = jobs.withLock { ring in
            var share = Ring()
            for _ in 0..<min(64, (ring.count + takers - 1) / takers) {
                guard let job = ring.removeFirst() else { break }
                share.append(job)
            }
            count.store(ring.count, ordering: .sequentiallyConsistent)
            return share
        }
        let first = share.removeFirst()
        while let job = share.removeFirst() {
            queue.append(job)
        }
        return first
    }

    /// A queue in an array that grows by doubling.
    ///
    /// Not private: Swift 6.3.1 emits a broken module for the unoptimised copy of the lock then.
    struct Ring {
        private var slots: [UnownedJob?] = []
        private var first = 0
        private(set) var count = 0

        mutating func append(_ job: UnownedJob) {
            if count == slots.count {
                slots = Array(slots[first...] + slots[..<first])
                slots += Array(repeating: nil, count: max(16, count))
                first = 0
            }
            slots[(first + count) & (slots.count - 1)] = job
            count += 1
        }

        mutating func removeFirst() -> UnownedJob? {
            guard count > 0 else { return nil }
            let job = slots[first]
            first = (first + 1) & (slots.count - 1)
            count -= 1
            return job
        }
    }
}
