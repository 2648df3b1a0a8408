/// Runs two closures, at the same time if a core is free, and returns what both gave.
///
/// On the pool that the calling thread works for, or on ``ForkJoinPool/shared``. See
/// ``ForkJoinPool/join(_:_:)``.
///
/// - Throws: the error of `a`, else the error of `b`.
@inlinable @inline(__always)
public func join<A, B, Failure: Error>(
    _ a: () throws(Failure) -> A, _ b: @Sendable () throws(Failure) -> sending B
) throws(Failure) -> (A, B) {
    try joinResults(on: nil, a, b)
}

extension ForkJoinPool {
    /// Runs two closures, at the same time if a core is free, and returns what both gave.
    ///
    /// ```swift
    /// func sum(_ tree: Tree) -> Int {
    ///     guard let (left, right) = tree.children else { return tree.value }
    ///     let (a, b) = pool.join({ sum(left) }, { sum(right) })
    ///     return tree.value + a + b
    /// }
    /// ```
    ///
    /// `a` runs on the calling thread. `b` lies ready for the other workers meanwhile, and runs on
    /// the calling thread after `a` if none has come for it; so a join that nobody steals costs a
    /// few nanoseconds and no allocation, and joins may be nested as deep as calls. A caller from
    /// outside the pool becomes one of its workers for the time of the call. If ``width`` threads run
    /// already it waits for its turn, unless it runs a Swift task, which never waits for one. Nothing of either closure runs on after the return.
    ///
    /// Blocks the calling thread, which helps with other work of the pool while it waits.
    ///
    /// - Throws: the error of `a`, else the error of `b`. When `a` throws, `b` may not be run.
    @inlinable @inline(__always)
    public func join<A, B, Failure: Error>(
        _ a: () throws(Failure) -> A, _ b: @Sendable () throws(Failure) -> sending B
    ) throws(Failure) -> (A, B) {
        try joinResults(on: self, a, b)
    }
}

/// The shell that carries values and errors around the join without types.
@inlinable @inline(__always)
func joinResults<A, B, Failure: Error>(
    on pool: ForkJoinPool?,
    _ a: () throws(Failure) -> A, _ b: @Sendable () throws(Failure) -> sending B
) throws(Failure) -> (A, B) {
    // The error of `a` apart from its value: a result that cannot fail costs nothing to take apart.
    var first: A?
    var failure: Failure?
    // Written by `b` alone, read after the join, which orders the two.
    var second: Result<B, Failure>?
    let (worker, onSeat) = enter(pool)
    forkJoin(on: worker) {
        do throws(Failure) {
            first = try a()
            return true
        } catch {
            failure = error
            return false
        }
    } _: {
        do throws(Failure) {
            second = .success(try b())
        } catch {
            second = .failure(error)
        }
    }
    if onSeat { leaveSeat(worker) }
    if let failure { throw failure }
    guard let first, let second else { fatalError("a join did not run both halves") }
    return (first, try second.get())
}
