/// How long to wait before a failed job is tried again: exponential, capped, with full jitter.
///
/// Before retry `n` (from 1) the wait is random between zero and `initial · 2ⁿ⁻¹`, at most
/// `maximum`. The randomness keeps jobs that failed together from coming back together.
/// Source: M. Brooker, "Exponential Backoff and Jitter", 2015.
public struct Backoff: Hashable, Sendable {
    /// The longest wait before the first retry.
    public var initial: Duration
    /// The longest wait before any retry.
    public var maximum: Duration

    /// Makes a backoff; negative durations count as zero.
    public init(initial: Duration = .milliseconds(100), maximum: Duration = .seconds(30)) {
        self.initial = max(.zero, initial)
        self.maximum = max(.zero, maximum)
    }

    /// Try again at once.
    public static var none: Self { Self(initial: .zero, maximum: .zero) }

    /// The longest wait before retry `retry`, counted from 1.
    public func ceiling(beforeRetry retry: Int) -> Duration {
        // 2⁶² nanoseconds are 146 years: doubling further would only overflow.
        var wait = initial
        for _ in 1..<max(1, min(retry, 62)) where wait < maximum {
            wait = wait * 2
        }
        return min(wait, maximum)
    }

    /// A random wait before retry `retry`, counted from 1.
    public func wait(beforeRetry retry: Int) -> Duration {
        // Not with a generator of our own passed along: it has no size, and the thread sanitiser
        // takes all such values for one and the same.
        ceiling(beforeRetry: retry) * Double.random(in: 0...1)
    }
}
