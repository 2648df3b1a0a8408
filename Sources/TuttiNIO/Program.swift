internal import Dispatch
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix

extension EventLoop {
    /// Runs a whole program on the calling thread: its tasks, their timers and all its I/O.
    ///
    /// ```swift
    /// @main struct Program {
    ///     static func main() throws {
    ///         try EventLoop.run { try await serve(on: EventLoop.shared) }
    ///     }
    /// }
    /// ```
    ///
    /// The thread becomes the loop until `body` has ended. `body` and the tasks that it awaits
    /// prefer the loop, which is ``shared`` meanwhile; unstructured tasks and actors run in Swift's
    /// global pool unless they are told. Code of the main actor does not run while its thread is
    /// the loop: in such a program call `run` on a thread that is not the main one, or enable the
    /// package's trait `ReplacedExecutors`. With it, `run` replaces the executors of the main actor
    /// and of all tasks, by an experimental interface of Swift 6.3: the process has one thread, a
    /// switch costs less, and `Task.sleep` uses the loop's timers. Then call it on the main thread,
    /// before anything else is asynchronous, and once.
    ///
    /// Traps when another call of `run` has not ended.
    ///
    /// - Parameters:
    ///   - watchdog: tells which task held the loop for long; nil costs nothing.
    ///   - body: the program; when it has ended, channels that are open are closed.
    /// - Throws: what `body` throws.
    /// - Returns: what `body` returns.
    @available(
        *, noasync, message: "It blocks its thread: prefer EventLoop.shared instead."
    )
    public static func run<Value: Sendable, Failure: Error>(
        watchdog: Watchdog? = nil, _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let outcome = NIOLockedValueBox<Result<Value, Failure>?>(nil)
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { nioLoop in
            let loop = EventLoop(.caller(nioLoop), isShared: true, watchdog: watchdog)
            program.withLockedValue { program in
                if program != nil {
                    fatalError("EventLoop.run is running already: one program has one loop.")
                }
                program = loop
            }
            replaceExecutors()
            // With replaced executors a preference would only cost.
            _ = Task(executorPreference: replacesExecutors ? nil : loop) {
                do throws(Failure) {
                    let value = try await body()
                    outcome.withLockedValue { $0 = .success(value) }
                } catch {
                    outcome.withLockedValue { $0 = .failure(error) }
                }
                loop.endProgram()
            }
        }
        guard let outcome = outcome.withLockedValue({ $0 }) else {
            fatalError("The event loop ended before its program.")
        }
        return try outcome.get()
    }

    private func endProgram() {
        Self.program.withLockedValue { $0 = nil }
        closeInbox()
        // Closes the channels; then the thread returns to its caller.
        nioLoop.shutdownGracefully(queue: .global()) { _ in }
    }
}
