import Testing
import Tutti

@testable import TuttiFetch

/// The queue under a clock of the test: times are nanoseconds that somebody says.
@Suite struct FetchQueueTests {
    private func queue(
        limit: Int = 100, perHost: Int = 100, rate: Double? = nil, retries: Int = 2,
        jobs: [Int] = []
    ) -> FetchQueue {
        var configuration = FetchConfiguration()
        configuration.limit = .fixed(limit)
        configuration.perHost = .fixed(perHost)
        configuration.rate = rate
        configuration.retries = retries
        configuration.backoff = Backoff(initial: .nanoseconds(100), maximum: .nanoseconds(1000))
        var queue = FetchQueue(configuration: configuration, maximum: 10_000, at: 0)
        for (job, host) in jobs.enumerated() { queue.add(job, host: host, at: 0) }
        return queue
    }

    /// Starts what can be started now.
    private func started(_ queue: inout FetchQueue, at now: UInt64) -> [FetchQueue.Flight] {
        var flights: [FetchQueue.Flight] = []
        while case .start(let flight) = queue.next(at: now) { flights.append(flight) }
        return flights
    }

    @Test func `an empty queue is finished`() {
        var queue = queue()
        #expect(queue.next(at: 0) == .finished)
    }

    @Test func `jobs of a host start in order, as many as the limit allows`() {
        var queue = queue(limit: 2, jobs: [0, 0, 0])
        let flights = started(&queue, at: 0)
        #expect(flights.map(\.job) == [0, 1])
        #expect(queue.next(at: 0) == .busy)
        queue.ended(flights[0], .succeeded, at: 1)
        #expect(started(&queue, at: 1).map(\.job) == [2])
    }

    @Test func `hosts share the places evenly, whatever stands in front of the list`() {
        var queue = queue(limit: 4, jobs: Array(repeating: 0, count: 1000) + [1, 1, 1])
        #expect(started(&queue, at: 0).map(\.host) == [0, 1, 0, 1])
    }

    @Test func `a host whose requests take long keeps its share and no more`() {
        // Host 0 never answers, host 1 at once.
        var queue = queue(
            limit: 10, jobs: Array(repeating: 0, count: 100) + Array(repeating: 1, count: 100))
        var stuck = 0
        var answered = 0
        var running = started(&queue, at: 0)
        while answered < 100, !running.isEmpty {
            let next = running.removeFirst()
            if next.host == 0 {
                stuck += 1
            } else {
                answered += 1
                queue.ended(next, .succeeded, at: 0)
                running += started(&queue, at: 0)
            }
        }
        #expect(answered == 100)
        #expect(stuck <= 10)
    }

    @Test func `no host has more in flight than its limit`() {
        var queue = queue(perHost: 3, jobs: Array(repeating: 0, count: 10) + [1])
        #expect(started(&queue, at: 0).map(\.host) == [0, 1, 0, 0])
    }

    @Test func `an overloaded host pauses and the others go on`() {
        var queue = queue(jobs: [0])
        let flight = started(&queue, at: 0)[0]
        queue.ended(flight, .overloaded(pause: 500), at: 10)
        queue.retry(0, notBefore: 0)
        queue.add(1, host: 1, at: 10)
        #expect(started(&queue, at: 10).map(\.job) == [1])
        #expect(queue.next(at: 10) == .wait(until: 510))
        #expect(started(&queue, at: 509).isEmpty)
        #expect(started(&queue, at: 510).map(\.job) == [0])
    }

    @Test func `a retry waits for its time and then comes first`() {
        var queue = queue(limit: 1, jobs: [0, 0])
        let flight = started(&queue, at: 0)[0]
        queue.ended(flight, .failed, at: 1)
        queue.retry(0, notBefore: 50)
        let second = started(&queue, at: 1)[0]
        #expect(second.job == 1)
        queue.ended(second, .succeeded, at: 2)
        #expect(queue.next(at: 2) == .wait(until: 50))
        #expect(started(&queue, at: 50).map(\.job) == [0])
    }

    @Test func `a redirected job starts at its new host`() {
        var queue = queue(jobs: [0])
        let flight = started(&queue, at: 0)[0]
        queue.ended(flight, .succeeded, at: 1)
        queue.move(0, to: 1, at: 1)
        #expect(started(&queue, at: 1).map(\.host) == [1])
    }

    @Test func `a host that cannot be reached is asked by one at a time, then given up`() {
        var queue = queue(retries: 2, jobs: Array(repeating: 0, count: 6) + [1])
        var flights = started(&queue, at: 0)
        #expect(flights.count == 7)
        // All that were in flight together are one round.
        for flight in flights where flight.host == 0 {
            queue.ended(flight, .unreachable(isFinal: false), at: 1)
            queue.retry(flight.job, notBefore: 1)
        }
        #expect(queue.next(at: 1) == .wait(until: 101))
        flights = started(&queue, at: 101)
        #expect(flights.count == 1)
        queue.ended(flights[0], .unreachable(isFinal: false), at: 102)
        queue.retry(flights[0].job, notBefore: 102)
        #expect(queue.next(at: 102) == .wait(until: 302))
        flights = started(&queue, at: 302)
        queue.ended(flights[0], .unreachable(isFinal: false), at: 303)
        var abandoned = 0
        while case .abandon = queue.next(at: 303) { abandoned += 1 }
        #expect(abandoned == 5)
        #expect(queue.inFlight == 1)
    }

    @Test func `a host that answers again is trusted again`() {
        var queue = queue(jobs: [0, 0, 0])
        let flights = started(&queue, at: 0)
        queue.ended(flights[0], .unreachable(isFinal: false), at: 1)
        queue.retry(0, notBefore: 1)
        queue.ended(flights[1], .succeeded, at: 2)
        queue.ended(flights[2], .succeeded, at: 2)
        #expect(started(&queue, at: 101).map(\.job) == [0])
    }

    @Test func `a name without address is given up at once`() {
        var queue = queue(limit: 1, jobs: [0, 0])
        let flight = started(&queue, at: 0)[0]
        queue.ended(flight, .unreachable(isFinal: true), at: 1)
        #expect(queue.next(at: 1) == .abandon(job: 1, host: 0))
        #expect(queue.next(at: 1) == .finished)
    }

    @Test func `starts keep the rate`() {
        // One each 100 ms.
        var queue = queue(rate: 10, jobs: [0, 0, 0])
        #expect(started(&queue, at: 0).count == 1)
        #expect(queue.next(at: 0) == .wait(until: 100_000_000))
        #expect(started(&queue, at: 100_000_000).count == 1)
        #expect(started(&queue, at: 150_000_000).isEmpty)
        #expect(started(&queue, at: 1_000_000_000).count == 1)
    }

    @Test func `a stopped queue gives everything back that had not started`() {
        var queue = queue(limit: 2, jobs: [0, 1, 2, 2, 1])
        let flights = started(&queue, at: 0)
        queue.ended(flights[0], .failed, at: 1)
        queue.retry(flights[0].job, notBefore: 1_000_000)
        queue.stop(at: 2)
        var jobs: [Int] = []
        while case .abandon(let job, _) = queue.next(at: 3) { jobs.append(job) }
        #expect(jobs.sorted() == [0, 2, 3, 4])
        #expect(queue.next(at: 3) == .busy)
        // One that fails afterwards is not tried again.
        queue.ended(flights[1], .failed, at: 4)
        queue.retry(flights[1].job, notBefore: 1_000_000)
        #expect(queue.next(at: 4) == .abandon(job: 1, host: 1))
        #expect(queue.next(at: 4) == .finished)
    }

    @Test func `every job of a long list of many hosts starts once`() {
        let hosts = 300
        var queue = queue(limit: 64, perHost: 3, jobs: (0..<10_000).map { $0 * $0 % hosts })
        var starts = Array(repeating: 0, count: 10_000)
        var running: [FetchQueue.Flight] = []
        var now: UInt64 = 0
        while true {
            now += 1
            running += started(&queue, at: now)
            #expect(running.count <= 64)
            guard !running.isEmpty else { break }
            let flight = running.remove(at: Int(now * 7919) % running.count)
            starts[flight.job] += 1
            queue.ended(flight, .succeeded, at: now)
        }
        #expect(queue.next(at: now) == .finished)
        #expect(starts.allSatisfy { $0 == 1 })
    }

    /// A run against hosts that take so long each, without any number given.
    private func automaticRun(hosts: [UInt64], jobs: Int, until end: UInt64) -> (
        queue: FetchQueue, done: [Int]
    ) {
        var queue = FetchQueue(configuration: FetchConfiguration(), maximum: 1000, at: 0)
        for job in 0..<jobs { queue.add(job, host: job % hosts.count, at: 0) }
        var running = DelayHeap<FetchQueue.Flight>()
        var done = hosts.map { _ in 0 }
        var now: UInt64 = 0
        while now < end {
            while let flight = running.popFirst(dueBy: now) {
                done[flight.host] += 1
                queue.ended(flight, .succeeded, at: now)
            }
            if now % 1_000_000 == 0 { queue.tick(cpu: 0, at: now) }
            for flight in started(&queue, at: now) {
                running.insert(flight, at: now + hosts[flight.host])
            }
            now += 500_000
        }
        return (queue, done)
    }

    @Test func `without a number the limit grows while waiting is all that happens`() {
        let millisecond: UInt64 = 1_000_000
        let (queue, done) = automaticRun(
            hosts: [50 * millisecond], jobs: 100_000, until: 2000 * millisecond)
        #expect(queue.limit.count > 200, "\(queue.limit)")
        // The best fixed limit, 1000, gives 40 000.
        #expect(done[0] > 20_000)
    }

    @Test func `without a number a slow host does not hold up the others`() {
        let millisecond: UInt64 = 1_000_000
        let (_, done) = automaticRun(
            hosts: [5000 * millisecond, 20 * millisecond, 20 * millisecond], jobs: 30_000,
            until: 2000 * millisecond)
        #expect(done[1] == 10_000)
        #expect(done[2] == 10_000)
    }
}
