internal import Tutti

extension EventLoop {
    /// Tells which task held a loop for longer than it may.
    ///
    /// A task that computes or blocks on a loop stops everything there. The watch-dog has a thread
    /// of its own, so it tells while the loop is still held:
    ///
    /// ```swift
    /// let loop = EventLoop(watchdog: .after(.milliseconds(100)) { hold in
    ///     log.warning("\(hold)")
    /// })
    /// ```
    ///
    /// With one, a job costs two readings of the clock more; without, one branch. It sees tasks,
    /// not what NIO's channel handlers do.
    public struct Watchdog: Sendable {
        let nanoseconds: UInt64
        let report: @Sendable (Hold) -> Void

        /// Makes one that calls `report`, on its own thread, for each job that runs longer than
        /// `limit`: once while the job runs, and once when it is over.
        ///
        /// The first call comes at the latest after one and a quarter times the limit; a job that
        /// ends before it was seen is reported once, when it is over.
        ///
        /// - Parameters:
        ///   - limit: at least a millisecond; a shorter one is taken for that.
        ///   - report: must not wait for the loop.
        /// - Returns: what ``EventLoop/init(watchdog:)`` takes.
        public static func after(
            _ limit: Duration, _ report: @escaping @Sendable (Hold) -> Void
        ) -> Self {
            Self(nanoseconds: max(1_000_000, limit.wholeNanoseconds), report: report)
        }
    }

    /// One job that held the loop for long.
    public struct Hold: Hashable, Sendable, CustomStringConvertible {
        /// What the loop's thread was doing when it was looked at.
        public enum Activity: String, Sendable {
            /// It was running.
            case computing
            /// It was asleep in the kernel: a call that blocks.
            case blocked
            /// The job is over, or the kernel does not say.
            case unknown
        }

        /// The number that Swift gave the task, as LLDB and `UnownedJob` show it; nil if unknown.
        public let task: UInt64?
        /// For how long the loop has been held.
        public let duration: Duration
        /// Whether the job has given the loop back; else it still runs.
        public let isOver: Bool
        /// What the thread was doing.
        public let activity: Activity

        /// A sentence.
        ///
        /// `Task 7 has held the event loop for 0.1 seconds, blocked.`
        public var description: String {
            let name = task.map { "Task \($0)" } ?? "A job"
            let doing = activity == .unknown ? "" : ", \(activity.rawValue)"
            return isOver
                ? "\(name) held the event loop for \(duration)."
                : "\(name) has held the event loop for \(duration)\(doing)."
        }
    }
}

/// Which holds are to be reported: a pure state machine that is asked at each look.
struct HoldReports {
    /// How long a job may run, in nanoseconds.
    let limit: UInt64
    private var reported: UInt64 = 0

    init(limit: UInt64) {
        self.limit = limit
    }

    /// A look at the loop, on which a job began at `began`, or none if that is 0.
    ///
    /// - Returns: how long it has lasted, when that is too long and was not reported yet.
    mutating func look(began: UInt64, now: UInt64) -> UInt64? {
        guard began != 0, began != reported, now >= began, now - began >= limit else { return nil }
        reported = began
        return now - began
    }
}
