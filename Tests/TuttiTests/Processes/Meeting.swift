import Glibc
import Synchronization

@testable import Tutti

/// A job that ends when as many as there are seats run at once, each in a worker of its own.
struct Meet: Job {
    let seats: SharedArray<Int>
    let number: Int

    func run() -> Int {
        seats.withAtomic(at: number) { $0.store(Int(getpid()), ordering: .relaxed) }
        while seats.indices.contains(where: { seats.load($0) == 0 }) { usleep(1000) }
        return Set(seats.indices.map(seats.load)).count
    }
}

extension SharedArray<Int> {
    fileprivate func load(_ index: Int) -> Int {
        withAtomic(at: index) { $0.load(ordering: .relaxed) }
    }
}

/// Whether as many jobs as the pool is wide run at once.
///
/// Several times: a job that meets a stopped worker runs into its time, with the others that wait
/// for it, and that worker is replaced then.
func meet(in pool: ProcessPool, within time: Duration = .seconds(4)) async throws -> Bool {
    for _ in 0..<5 {
        let seats = try SharedArray<Int>(repeating: 0, count: pool.width)
        let jobs = (0..<pool.width).map { Meet(seats: seats, number: $0) }
        let policy = Policy(timeout: time, onError: .collect)
        let outcomes = await Batch(jobs, on: pool, policy: policy).outcomes()
        if outcomes.allSatisfy({ (try? $0.value) == pool.width }) { return true }
    }
    return false
}
