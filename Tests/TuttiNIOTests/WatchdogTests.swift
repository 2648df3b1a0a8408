import NIOConcurrencyHelpers
import NIOCore
import Testing
import Tutti

@testable import TuttiNIO

@Suite(.timeLimit(.minutes(5))) struct WatchdogTests {
    private typealias Hold = TuttiNIO.EventLoop.Hold

    /// Reports in their order, and a lock on which their number can be awaited.
    private final class Reports: Sendable {
        private let holds = NIOLockedValueBox<[Hold]>([])
        private let count = ConditionLock(value: 0)

        func add(_ hold: Hold) {
            count.lock()
            let number = holds.withLockedValue {
                $0.append(hold)
                return $0.count
            }
            count.unlock(withValue: number)
        }

        /// Blocks the calling thread until there are `number` reports.
        func wait(for number: Int) -> [Hold] {
            count.lock(whenValue: number)
            defer { count.unlock() }
            return holds.withLockedValue { $0 }
        }
    }

    @Test func `a task that blocks is reported while it does and when it has ended`() async {
        let reports = Reports()
        let loop = TuttiNIO.EventLoop(watchdog: .after(.milliseconds(5)) { reports.add($0) })
        await Task(executorPreference: loop) {
            // The loop is free again only when the report has come.
            _ = reports.wait(for: 1)
        }.value
        let holds = await Task { @concurrent in reports.wait(for: 2) }.value
        #expect(holds.map(\.isOver) == [false, true])
        #expect(holds[0].activity == .blocked)
        #expect(holds[0].task != nil)
        #expect(holds[0].task == holds[1].task)
        #expect(holds[0].duration >= .milliseconds(5))
        #expect(holds[1].duration >= holds[0].duration)
        await loop.shutdown()
    }

    @Test func `a task that computes is told from one that blocks`() async {
        let reports = Reports()
        let loop = TuttiNIO.EventLoop(watchdog: .after(.milliseconds(5)) { reports.add($0) })
        let seen = NIOLockedValueBox(false)
        let watched = Task { @concurrent in
            let hold = reports.wait(for: 1)[0]
            seen.withLockedValue { $0 = true }
            return hold
        }
        await Task(executorPreference: loop) {
            while !seen.withLockedValue({ $0 }) {}
        }.value
        #expect(await watched.value.isOver == false)
        await loop.shutdown()
    }

    @Test func `short jobs are not reported`() async {
        let reports = NIOLockedValueBox(0)
        let loop = TuttiNIO.EventLoop(
            watchdog: .after(.seconds(3600)) { _ in reports.withLockedValue { $0 += 1 } })
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: loop) { await loop.yield() }
            }
        }
        await loop.shutdown()
        #expect(reports.withLockedValue { $0 } == 0)
    }

    @Test func `a hold is reported once, the next one again`() {
        var reports = HoldReports(limit: 100)
        #expect(reports.look(began: 0, now: 500) == nil)
        #expect(reports.look(began: 1000, now: 1099) == nil)
        #expect(reports.look(began: 1000, now: 1100) == 100)
        #expect(reports.look(began: 1000, now: 9000) == nil)
        #expect(reports.look(began: 9001, now: 9200) == 199)
        // The clock was read before the job began.
        #expect(reports.look(began: 9300, now: 9299) == nil)
    }

    @Test func `a hold says what it is`() {
        let held = Hold(task: 7, duration: .milliseconds(100), isOver: false, activity: .blocked)
        #expect(held.description == "Task 7 has held the event loop for 0.1 seconds, blocked.")
        let over = Hold(task: nil, duration: .seconds(2), isOver: true, activity: .unknown)
        #expect(over.description == "A job held the event loop for 2.0 seconds.")
    }
}
