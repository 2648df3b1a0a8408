/// A limit that is found while workers run: what they share.
///
/// The workers tell it of each job; it tells them when there are too many of them, and its owner
/// when there may be more.
@usableFromInline
final class AutomaticLimit: Sendable {
    private struct State: Sendable {
        var finder: LimitFinder
        /// Workers that run or are about to be started.
        var workers = 0
        var toStart = 0
        var isOutOfJobs = false
        var owner: UnsafeContinuation<Int?, Never>?
        var lastTick: Int64
        /// The limit that traces have.
        var noted = 0
    }

    private let state: Locked<State>
    /// Two looks at the processor time are at least this far apart, once jobs have ended.
    private static let tick: Int64 = 100_000_000

    init(maximum: Int) {
        let now = Self.now
        state = Locked(
            State(
                finder: LimitFinder(
                    initial: nil, maximum: maximum, processors: Processors.usable.count, now: now),
                lastTick: now))
        state.withLock { Self.grow(&$0) }
    }

    private static var now: Int64 { Int64(MonotonicClock.nanoseconds) }

    /// What has been found so far.
    var finding: LimitFinder.Finding { state.withLock { $0.finder.finding } }

    // MARK: Workers

    /// A worker begins a job.
    @usableFromInline
    func begin() -> LimitFinder.Ticket {
        state.withLock { $0.finder.started(now: Self.now) }
    }

    /// A worker has ended a job; false when it is one worker too many.
    @usableFromInline
    func end(_ ticket: LimitFinder.Ticket, _ ending: LimitFinder.Ending) -> Bool {
        let now = Self.now
        let (isWanted, owner, start) = state.withLock { state in
            state.finder.ended(ticket, ending, now: now)
            if now - state.lastTick >= Self.tick { Self.tick(&state, now) }
            Self.grow(&state)
            let (owner, start) = Self.takeOwner(&state)
            return (state.workers <= state.finder.limit, owner, start)
        }
        owner?.resume(returning: start)
        return isWanted
    }

    /// A worker ends: it was one too many, or there are no more jobs for it.
    func leave(isOutOfJobs: Bool) {
        let owner = state.withLock { state -> Owner? in
            state.workers -= 1
            state.isOutOfJobs = state.isOutOfJobs || isOutOfJobs
            guard state.workers == 0 else { return nil }
            defer { state.owner = nil }
            return state.owner
        }
        owner?.resume(returning: nil)
    }

    private typealias Owner = UnsafeContinuation<Int?, Never>

    // MARK: The owner

    /// Waits until workers are to be started, and says how many; nil when all have ended.
    func workersToStart() async -> Int? {
        await withUnsafeContinuation { continuation in
            let answer: Int?? = state.withLock { state in
                if state.toStart > 0 {
                    defer { state.toStart = 0 }
                    return .some(state.toStart)
                }
                if state.workers == 0 { return .some(nil) }
                state.owner = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Lets the limit grow while nothing has ended yet; false when that time is over.
    func rampUp() -> Bool {
        let now = Self.now
        let (goesOn, owner, start) = state.withLock { state in
            Self.tick(&state, now)
            Self.grow(&state)
            let (owner, start) = Self.takeOwner(&state)
            return (state.finder.isRampingUp && !state.isOutOfJobs, owner, start)
        }
        owner?.resume(returning: start)
        return goesOn
    }

    private static func tick(_ state: inout State, _ now: Int64) {
        state.lastTick = now
        state.finder.tick(cpu: ProcessorTime.nanoseconds, now: now)
    }

    private static func grow(_ state: inout State) {
        if state.finder.limit != state.noted {
            state.noted = state.finder.limit
            Emission.note(.limit, number: state.noted)
        }
        guard !state.isOutOfJobs, state.workers < state.finder.limit else { return }
        state.toStart += state.finder.limit - state.workers
        state.workers = state.finder.limit
    }

    private static func takeOwner(_ state: inout State) -> (Owner?, Int) {
        guard state.toStart > 0, let owner = state.owner else { return (nil, 0) }
        defer { (state.owner, state.toStart) = (nil, 0) }
        return (owner, state.toStart)
    }
}
