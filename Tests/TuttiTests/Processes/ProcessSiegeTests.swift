import Glibc
import Testing

@testable import Tutti

/// Jobs that trap, throw and hang, in a pool whose workers are killed and stopped meanwhile.
@Suite struct ProcessSiegeTests {
    // `TUTTI_SIEGE=3000 swift test --filter ProcessSiegeTests`, alone: its jobs have two seconds, which
    // the machine must be able to give. 100 000 take six minutes on two cores.
    @Test(.timeLimit(.minutes(30)), .enabled(if: getenv("TUTTI_SIEGE") != nil))
    func `each job of a pool under siege has one outcome, the right one`() async {
        // In a process of its own, where everything that is left can be counted.
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            let mark = "TUTTI_SIEGE_OF=\(getpid())"
            putenv(strdup(mark))
            let count = getenv("TUTTI_SIEGE").flatMap { Int(String(cString: $0)) } ?? 3000
            let jobs = (0..<count).map(SiegeJob.init)
            let before = try await Leftovers.beforeAll(mark: mark)

            let pool = ProcessPool(width: 8)
            let killer = SiegeKiller(pool)
            let raging = Task { await killer.rage(seed: 7) }
            var verdict = SiegeVerdict(jobs)
            // Fewer jobs than workers, so that some are hit while they are idle.
            let policy = Policy(limit: 6, timeout: .seconds(2), onError: .collect)
            for await outcome in Batch(jobs, on: pool, policy: policy) {
                verdict.judge(outcome, hits: killer.hits)
            }
            raging.cancel()
            await raging.value

            let isWide = try await meet(in: pool)
            await pool.shutdown()
            let (signals, deaths) = (killer.counts, verdict.deaths.values.reduce(0, +))
            print(
                """
                \(count) jobs: \(verdict.right), \(deaths) died, \(verdict.delays) were held up; \
                signals: \(signals); wide: \(isWide); \(verdict.wrong)
                """)

            #expect(verdict.wrong == [])
            #expect(verdict.isComplete)
            // A hit takes one job with it at most.
            for (pid, deaths) in verdict.deaths {
                #expect(deaths <= killer.hits(on: pid).count { $0 != SIGSTOP })
            }
            #expect(verdict.delays <= signals[SIGSTOP, default: 0])
            #expect(isWide)
            #expect(pool.workers.isEmpty)
            try await Leftovers.expectNone(since: before, mark: mark)
        }
        let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(text.contains(" jobs: "))
        print(text)
    }
}
