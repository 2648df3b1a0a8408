extension ProcessPool {
    /// Runs many jobs in slices and returns their values, in the order of the jobs.
    ///
    /// ```swift
    /// let lengths = try await pool.map(words.map { Measure(word: $0) })
    /// ```
    ///
    /// A slice is sent and answered as one: tiny jobs cost a fraction of what a `run` costs for
    /// each. How many jobs make a slice is found by measuring, from one to thousands; jobs of
    /// a slice that takes long go to other workers. For timeouts, retries or outcomes one by one,
    /// use a `Batch` on the pool, or `outcomes(of:)`.
    ///
    /// - Throws: the error of the first job that failed, as `run` does; the others are
    ///   cancelled then. `CancellationError` when the calling task was cancelled.
    /// - Returns: as many values as there are jobs.
    public func map<Work: Job>(
        _ jobs: some Sequence<Work>
    ) async throws -> [Work.Output] {
        let jobs = Array(jobs)
        let beginning = try beginning(of: Work.self)
        return try await map(count: jobs.count, Work.self) { range in
            var next = range.lowerBound
            let written = try Slice.coded(beginning, most: range.count) {
                defer { next += 1 }
                return jobs[next]
            }
            // The values of the jobs before it would be of no use.
            if let failure = written.failure { throw failure }
            return written.slice
        } read: { answer in
            try JobMessage.output(Work.Output.self, from: answer)
        }
    }

    /// Runs many jobs that are nothing but their memory, and whose values are so too.
    ///
    /// As the other form, and many times faster for tiny jobs: jobs and values are copied as they
    /// lie in memory.
    ///
    /// - Throws: as the other form.
    /// - Returns: as many values as there are jobs.
    public func map<Work: Job & PackedValue>(
        _ jobs: some Sequence<Work>
    ) async throws -> [Work.Output] where Work.Output: PackedValue {
        let jobs = Array(jobs)
        let beginning = try beginning(of: Work.self)
        return try await map(count: jobs.count, Work.self) { range in
            try Slice.packed(beginning, jobs[range])
        } read: { answer in
            try JobMessage.packedOutput(Work.Output.self, from: answer)
        }
    }

    // Runs `count` jobs: `write` makes a slice of the first jobs of a range, `read` says what a job
    // gave, or throws what it threw.
    private func map<Work: Job>(
        count: Int, _: Work.Type,
        write: @escaping @Sendable (Range<Int>) throws -> Slice,
        read: @escaping @Sendable (JobAnswer) throws -> Work.Output
    ) async throws -> [Work.Output] {
        try checkPlace()
        let slices = SliceCursor(count: count, workers: width)
        let values = ResultSlots<Work.Output>(count: count)
        // Two slices a worker: one runs, the other is being made or read.
        try await Workers.run(limit: .atMost(2 * width), jobs: count) { _ in
            while var range = slices.next() {
                while !range.isEmpty {
                    try Task.checkCancellation()
                    let slice = try write(range)
                    let result = await self.run(slice: slice)
                    if let (_, error) = result.failures.first { throw error }
                    for case (let jobs, var answers) in result.answers {
                        for job in jobs {
                            values.put(
                                try read(answers.removeFirst()), at: range.lowerBound + job)
                        }
                    }
                    slices.ended(jobs: slice.count, after: result.nanoseconds)
                    range.removeFirst(slice.count)
                }
            }
        }
        return values.takeAll()
    }
}

/// Deals out a number of jobs in slices.
private final class SliceCursor: Sendable {
    private struct State {
        var next = 0
        var size = LoadSize(target: .milliseconds(4), most: 8192)
    }

    private let count: Int
    private let workers: Int
    private let state = Locked(State())

    init(count: Int, workers: Int) {
        self.count = count
        self.workers = workers
    }

    /// The next slice; nil when there is none.
    func next() -> Range<Int>? {
        state.withLock { state in
            guard state.next < count else { return nil }
            // Smaller ones at the end, so that all workers end together.
            let share = max(1, (count - state.next) / (4 * workers))
            let start = state.next
            state.next += min(share, state.size.jobs)
            return start..<state.next
        }
    }

    /// Learns from a slice that has ended.
    func ended(jobs: Int, after nanoseconds: UInt64) {
        state.withLock { $0.size.ended(jobs: jobs, after: nanoseconds) }
    }
}
