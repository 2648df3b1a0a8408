import Glibc
import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct ThreadPoolTests {
    @Test func `calls that wait for each other all get a thread`() async {
        let pool = ThreadPool()
        let count = Processors.usable.count * 20
        let barrier = Barrier(count)
        await withTaskGroup { group in
            for place in 0..<count {
                group.addTask { await pool.run { barrier.wait(at: place) } }
            }
        }
        #expect(pool.threadCount <= count)
    }

    @Test func `a call runs on a thread of the pool and returns its value`() async {
        let pool = ThreadPool()
        let name = await pool.run {
            readTextFile("/proc/self/task/\(Thread.currentID)/comm") ?? ""
        }
        #expect(name.hasPrefix("tutti-call"))
    }

    @MainActor
    @Test func `a call from the main actor leaves it, and so does a job`() async throws {
        struct Name: Job {
            func run() async throws -> String {
                readTextFile("/proc/self/task/\(Thread.currentID)/comm") ?? ""
            }
        }
        let name = await ThreadPool.shared.run {
            readTextFile("/proc/self/task/\(Thread.currentID)/comm") ?? ""
        }
        #expect(name.hasPrefix("tutti-call"))
        #expect(try await ThreadPool.shared.run(Name()).hasPrefix("tutti-call"))
        #expect(try await [Name()].run(on: .threads)[0].hasPrefix("tutti-call"))
        #expect(try await ForkJoinPool.shared.run(Name()).hasPrefix("tutti-core"))
    }

    @Test func `an error keeps its type`() async {
        let pool = ThreadPool()
        do throws(SystemError) {
            try await pool.run { () throws(SystemError) in throw SystemError("open", code: ENOENT) }
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == ENOENT)
        }
    }

    @Test func `computing calls use no more threads than processors`() async {
        let pool = ThreadPool()
        let running = Counter()
        await withTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    let x = await pool.run {
                        running.add(1)
                        defer { running.add(-1) }
                        var x = 1.0
                        for _ in 0..<200_000 { x = (x * 1.000001).squareRoot() }
                        return x
                    }
                    #expect(x > 0)
                }
            }
        }
        // Outside load can make a computing thread look asleep once, hardly twice.
        #expect(running.maximum <= Processors.usable.count + 2)
    }

    @Test func `without a sight of sleeping threads sixty-four calls run at once`() async {
        let pool = ThreadPool(seesSleep: false)
        let barrier = Barrier(ThreadCrew.widthWithoutProbe)
        #expect(ThreadCrew.widthWithoutProbe == 64)
        await withTaskGroup { group in
            for place in 0..<64 {
                group.addTask { await pool.run { barrier.wait(at: place) } }
            }
        }
        // Those that wait for longer than that find no thread, and nobody starts one for them.
        #expect(pool.threadCount <= 64)
        let running = Counter()
        await withTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    await pool.run {
                        running.add(1)
                        sched_yield()
                        running.add(-1)
                    }
                }
            }
        }
        #expect(running.maximum <= 64)
    }

    @Test func `ten thousand calls from many tasks each run once`() async {
        let pool = ThreadPool()
        let calls = Counter()
        await withTaskGroup { group in
            for _ in 0..<10_000 {
                group.addTask { await pool.run { _ = calls.add(1) } }
            }
        }
        #expect(calls.value == 10_000)
    }

    @Test func `a call may use the pool again`() async throws {
        let pool = ThreadPool()
        let sum = try await withTaskExecutorPreference(pool) {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 { group.addTask { await pool.run { number } } }
                return try await group.reduce(0, +)
            }
        }
        #expect(sum == 4950)
    }

    @Test func `pools that are dropped end their threads`() async {
        await #expect(processExitsWith: .success) {
            for _ in 0..<200 { await ThreadPool().run {} }
            // Every thread ends by itself; the watcher of no pool was needed.
            while true {
                var tasks = 0
                guard let folder = opendir("/proc/self/task") else { exit(2) }
                while readdir(folder) != nil { tasks += 1 }
                closedir(folder)
                if tasks < 40 { exit(0) }
                sched_yield()
            }
        }
    }
}
