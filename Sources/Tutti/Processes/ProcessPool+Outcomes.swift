extension ProcessPool {
    /// Runs jobs as they come and gives the outcome of each as soon as it is there.
    ///
    /// ```swift
    /// for try await outcome in pool.outcomes(of: jobs) {
    ///     print(outcome.index, outcome.result)
    /// }
    /// ```
    ///
    /// With back-pressure, so that the jobs may be without end: no more of them are taken than are
    /// in flight or wait to be read, 64 a worker. Giving up the iteration cancels what is in flight.
    /// An error of a job is in its outcome and stops nothing; for retries and timeouts, give a
    /// `Batch` to the pool.
    ///
    /// - Returns: a sequence that starts to work when it is iterated, anew each time; it throws what
    ///   `jobs` throws.
    public func outcomes<Jobs: AsyncSequence & Sendable>(
        of jobs: Jobs
    ) -> some AsyncSequence<Outcome<Jobs.Element.Output>, any Error> & Sendable
    where Jobs.Element: Job {
        NumberedJobs(base: jobs).concurrentMap(
            limit: .atMost(64 * width), order: .asCompleted
        ) { [self] numbered in
            let begin = MonotonicClock().now
            let result: Result<Jobs.Element.Output, any Error>
            do {
                result = .success(try await run(numbered.job))
            } catch {
                result = .failure(error)
            }
            return Outcome(
                index: numbered.index, result: result, attempts: 1,
                waited: numbered.start.duration(to: begin),
                ran: begin.duration(to: MonotonicClock().now))
        }
    }

    /// Runs jobs and gives the outcome of each as soon as it is there.
    ///
    /// As the other form. The sequence may be without end, and is asked for one job at a time.
    ///
    /// - Returns: a sequence that starts to work when it is iterated, anew each time.
    public func outcomes<Jobs: Sequence & Sendable>(
        of jobs: Jobs
    ) -> some AsyncSequence<Outcome<Jobs.Element.Output>, any Error> & Sendable
    where Jobs.Element: Job {
        outcomes(of: AskedJobs(base: jobs))
    }
}

/// Jobs with their places in the order.
private struct NumberedJobs<Base: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Base.Element: Job {
    struct Element: Sendable {
        let index: Int
        let job: Base.Element
        /// When the iteration began.
        let start: MonotonicClock.Instant
    }

    let base: Base

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), start: MonotonicClock().now)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let start: MonotonicClock.Instant
        var next = 0

        mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> Element? {
            guard let job = try await base.next(isolation: actor) else { return nil }
            defer { next += 1 }
            return Element(index: next, job: job, start: start)
        }
    }
}

/// The elements of a sequence, as one that is waited for.
private struct AskedJobs<Base: Sequence & Sendable>: AsyncSequence, Sendable
where Base.Element: Sendable {
    let base: Base

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: base.makeIterator()) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: Base.Iterator

        mutating func next(isolation actor: isolated (any Actor)?) async -> Base.Element? {
            base.next()
        }
    }
}
