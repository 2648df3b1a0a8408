import Dispatch
import NIOPosix
import Tutti

/// Threads for calls that block, without a setting.
protocol BlockingPool: Sendable {
    /// Runs all calls and waits for them.
    func run(_ calls: [@Sendable () -> Void]) async
}

struct TuttiPool: BlockingPool {
    func run(_ calls: [@Sendable () -> Void]) async {
        await withTaskGroup { group in
            for call in calls { group.addTask { await ThreadPool.shared.run(call) } }
        }
    }
}

struct DispatchPool: BlockingPool {
    func run(_ calls: [@Sendable () -> Void]) async {
        await withCheckedContinuation { continuation in
            let group = DispatchGroup()
            for call in calls { DispatchQueue.global().async(group: group, execute: call) }
            group.notify(queue: .global()) { continuation.resume() }
        }
    }
}

struct NIOPool: BlockingPool {
    func run(_ calls: [@Sendable () -> Void]) async {
        await withTaskGroup { group in
            for call in calls {
                group.addTask { try? await NIOThreadPool.singleton.runIfActive(call) }
            }
        }
    }
}
