/// A thread of a pool that can be kept in an array, until it is waited for.
final class PoolThread: Sendable {
    // Safety: set before the object is shared; taken once, by whoever took it out of the pool.
    private nonisolated(unsafe) var thread: Thread?

    /// Starts the thread; traps when the system has none left, since a pool cannot do without.
    init(name: String, _ body: @escaping @Sendable () -> Void) {
        do throws(SystemError) {
            thread = try Thread(name: name, body)
        } catch {
            fatalError("A pool could not start its threads: \(error)")
        }
    }

    /// Waits until the thread has ended; lets it end by itself when it is the calling one.
    func end(isCaller: Bool) {
        guard let thread = thread.take() else { return }
        if isCaller {
            thread.detach()
        } else {
            thread.join()
        }
    }
}
