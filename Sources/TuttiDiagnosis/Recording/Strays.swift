/// Threads that live although the kernel says that they ended: it records them no more.
///
/// A program that takes another user's rights, by executing a file that gives them, is taken out of the
/// records of whoever may not watch that user. Anybody may read its state in /proc.
final class Strays {
    private var suspects: [(process: Int32, thread: Int32)] = []
    private var samplers: [Int32: Sampler] = [:]

    /// The most that are looked up at one look; a program that forks wildly ends more.
    private static var mostSuspects: Int { 64 }

    /// A record says that a thread has ended.
    func ended(_ thread: Int32, of process: Int32) {
        guard suspects.count < Self.mostSuspects else { return }
        suspects.append((process, thread))
    }

    /// Looks for those that live on, and at what they do now; says which ended.
    func look(at timeline: inout Timeline, time: UInt64) -> [Int32] {
        for (process, thread) in suspects where samplers[process] == nil {
            // By now, a thread that ended is gone, or waits to be buried.
            guard !timeline.isAlive(thread), Sampler.lives(thread, of: process) else { continue }
            samplers[process] = Sampler(root: process)
        }
        suspects = []
        return samplers.values.flatMap { $0.look(at: &timeline, time: time) }
    }
}
