import Foundation
import Testing
import TuttiTesting

@testable import Tutti

/// The finder against simulated servers; seeds are fixed, so every run is the same.
@Suite(.timeLimit(.minutes(5))) struct LimitFinderTests {
    private static func even(_ mean: Double) -> (inout SplitMix64, Double) -> Double {
        { random, _ in mean * (0.95 + 0.1 * random.fraction()) }
    }

    private static func exponential(_ mean: Double) -> (inout SplitMix64, Double) -> Double {
        { random, _ in -mean * log(1 - random.fraction()) }
    }

    /// The share of the best fixed limit's throughput, in all and in the second half.
    private func shares(
        _ server: SimulatedServer, until end: Double, best: Double, seed: UInt64
    ) -> (all: Double, late: Double, record: SimulatedServer.Record) {
        let record = server.serve(until: end, seed: seed)
        return (
            Double(record.succeeded) / end / best,
            Double(record.succeededLate) / (end / 2) / best, record
        )
    }

    @Test(arguments: [0.01, 0.05])
    func `a server that saturates at 32 and slows beyond is kept near 32`(slope: Double) {
        let server = SimulatedServer(
            service: Self.even(0.05), channels: 32,
            stretch: { $0 <= 32 ? 1 : 1 + slope * Double($0 - 32) })
        let best = server.best(until: 20).perSecond
        for seed in UInt64(1)...5 {
            let (all, late, record) = shares(server, until: 20, best: best, seed: seed)
            #expect(all >= 0.95)
            #expect(late >= 0.98)
            let settled = record.limits.filter { $0.time > 3 }.map(\.limit)
            #expect(settled.allSatisfy { (24..<64).contains($0) }, "\(settled)")
        }
    }

    @Test(arguments: [8, 32, 200])
    func `a server whose jobs take random times is used nearly fully`(channels: Int) {
        let server = SimulatedServer(service: Self.exponential(0.05), channels: channels)
        let best = server.best(until: 20).perSecond
        for seed in UInt64(1)...3 {
            #expect(shares(server, until: 20, best: best, seed: seed).late >= 0.85)
        }
    }

    @Test func `waits without a server's limit are overlapped up to the maximum`() {
        let server = SimulatedServer(service: Self.even(0.05))
        let record = server.serve(jobs: 50_000)
        #expect(record.lastLimit >= 890)
        #expect(record.reason.contains("maximum"))
        let best = server.best(jobs: 50_000)
        #expect(Double(record.succeeded) / record.seconds >= 0.9 * best.perSecond)
        // From 2 to 1000 in the time that four jobs take one after the other.
        #expect(record.limits.first { $0.limit == 1000 }.map(\.time) ?? 9 < 0.25)
    }

    @Test func `jobs that become ten times as long lose none of their overlap`() {
        let server = SimulatedServer(
            service: { random, now in (now < 5 ? 0.05 : 0.5) * (0.95 + 0.1 * random.fraction()) })
        let record = server.serve(until: 20)
        // One trial downward when the mixture of both is seen, and back.
        let limits = record.limits.filter { $0.time > 1 }.map(\.limit)
        #expect(limits.allSatisfy { $0 >= 700 }, "\(limits)")
        #expect(record.lastLimit >= 890)
    }

    @Test func `a server that becomes faster is used as fully as before`() {
        // Each job takes a tenth of the time from then on: the same knee, ten times the rate.
        let server = SimulatedServer(
            service: { random, now in (now < 10 ? 0.05 : 0.005) * (0.95 + 0.1 * random.fraction())
            },
            channels: 8)
        let record = server.serve(until: 20)
        #expect(record.succeededLate > 14_000)
        #expect((6...24).contains(record.lastLimit))
    }

    @Test func `a server that refuses beyond 100 is kept below`() {
        let server = SimulatedServer(service: Self.even(0.05), refusesBeyond: 100)
        let record = server.serve(until: 20)
        #expect(Double(record.succeeded) / 20 >= 0.9 * 2000)
        let refusals = record.limits.filter { $0.limit > 100 }.count
        #expect(refusals < 20, "\(record.limits.map(\.limit))")
    }

    @Test func `an answer to an overload is not repeated for jobs that had started before it`() {
        var finder = LimitFinder(initial: 100, processors: 2, at: .zero)
        let tickets = (0..<100).map { _ in finder.started(at: .zero) }
        finder.ended(tickets[0], .overloaded, at: .milliseconds(5))
        #expect(finder.limit == 70)
        #expect(finder.reason == .overload)
        for ticket in tickets[1...] { finder.ended(ticket, .overloaded, at: .milliseconds(6)) }
        #expect(finder.limit == 70)
        let late = finder.started(at: .milliseconds(7))
        finder.ended(late, .overloaded, at: .milliseconds(8))
        #expect(finder.limit == 1)
    }

    @Test(arguments: [2, 8, 16])
    func `jobs that compute keep the processors, and are not many in flight`(processors: Int) {
        // Nobody else, or programs that come and go and make jobs take twice as long meanwhile.
        for (period, busy) in [(1.0, 0.0), (0.1, 0.4), (0.3, 0.3), (0.3, 0.5), (1, 0.3)] {
            for seed in UInt64(1)...8 {
                let start = 0.137 * Double(seed)
                let server = SimulatedServer(
                    service: { random, now in
                        let share = ((now + start) / period).truncatingRemainder(dividingBy: 1)
                        return 0.025 * (0.9 + 0.2 * random.fraction()) * (share < busy ? 2 : 1)
                    },
                    channels: processors, computes: true)
                let record = server.serve(
                    jobs: 100 * processors, processors: processors, seed: seed)
                #expect(record.limits.allSatisfy { $0.limit >= processors })
                if busy == 0 {
                    #expect(record.limits.allSatisfy { $0.limit <= 4 * processors })
                    #expect(record.lastLimit <= 2 * processors)
                }
            }
        }
    }

    @Test func `while nobody comes back the limit grows to 32 a processor`() {
        var finder = LimitFinder(processors: 3, at: .zero)
        var tickets: [LimitFinder.Ticket] = []
        for tick in 0...1000 {
            while finder.inFlight < finder.limit {
                tickets.append(finder.started(at: .milliseconds(tick)))
            }
            finder.tick(cpu: .zero, at: .milliseconds(tick))
        }
        #expect(finder.limit == 96)
        #expect(finder.isRampingUp)
        #expect(finder.reason == .begun)
    }

    @Test func `too few jobs change nothing and are told`() {
        var finder = LimitFinder(initial: 100, processors: 2, at: .zero)
        for second in 0..<2000 {
            let ticket = finder.started(at: .seconds(second))
            finder.ended(ticket, at: .seconds(second) + .milliseconds(500))
        }
        #expect(finder.limit == 100)
        #expect(finder.reason == .tooFewJobs)
    }

    @Test func `failures say nothing about the limit`() {
        var finder = LimitFinder(initial: 10, processors: 2, at: .zero)
        for step in 0..<1000 {
            let ticket = finder.started(at: .milliseconds(step))
            finder.ended(ticket, .failed, at: .milliseconds(step))
        }
        #expect(finder.limit == 10)
        #expect(finder.inFlight == 0)
    }

    @Test func `the limit stays between 1 and the maximum`() {
        for maximum in [1, 2, 7] {
            let server = SimulatedServer(service: Self.even(0.05))
            let record = server.serve(jobs: 2000, maximum: maximum)
            #expect(record.limits.allSatisfy { (1...maximum).contains($0.limit) })
            #expect(record.lastLimit == maximum)
        }
        var finder = LimitFinder(maximum: 0, at: .zero)
        #expect(finder.limit == 1)
        let ticket = finder.started(at: .zero)
        finder.ended(ticket, .overloaded, at: .seconds(1))
        #expect(finder.limit == 1)
    }
}
