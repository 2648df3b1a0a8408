import Testing
import Tutti

@testable import TuttiFetch

@Suite struct WatchTests {
    private let second: UInt64 = 1_000_000_000

    private func limits(
        connect: Int? = nil, idle: Int? = nil, total: Int? = nil, slowest: Int? = nil
    ) -> Watch.Limits {
        var configuration = FetchConfiguration()
        configuration.timeouts.connect = connect.map { .seconds($0) }
        configuration.timeouts.idle = idle.map { .seconds($0) }
        configuration.timeouts.total = total.map { .seconds($0) }
        configuration.slowest = slowest.map { .init(bytesPerSecond: $0, window: .seconds(10)) }
        return Watch.Limits(configuration)
    }

    @Test func `a connection that takes too long is ended`() {
        var watch = Watch(at: 0)
        let limits = limits(connect: 5, idle: 1)
        #expect(watch.look(isConnected: false, bytes: 0, limits: limits, at: 4 * second) == nil)
        #expect(
            watch.look(isConnected: false, bytes: 0, limits: limits, at: 5 * second)
                == .timedOut(.connect, after: .seconds(5)))
    }

    @Test func `a silence is ended, and whatever comes begins it anew`() {
        var watch = Watch(at: 0)
        let limits = limits(idle: 5)
        #expect(watch.look(isConnected: true, bytes: 0, limits: limits, at: 3 * second) == nil)
        #expect(watch.look(isConnected: true, bytes: 1, limits: limits, at: 7 * second) == nil)
        #expect(watch.look(isConnected: true, bytes: 1, limits: limits, at: 11 * second) == nil)
        #expect(
            watch.look(isConnected: true, bytes: 1, limits: limits, at: 12 * second)
                == .timedOut(.idle, after: .seconds(5)))
    }

    @Test func `an attempt that takes too long in total is ended while bytes come`() {
        var watch = Watch(at: 0)
        let limits = limits(idle: 5, total: 10)
        for time in 1..<10 {
            let verdict = watch.look(
                isConnected: true, bytes: time, limits: limits, at: UInt64(time) * second)
            #expect(verdict == nil)
        }
        #expect(
            watch.look(isConnected: true, bytes: 10, limits: limits, at: 10 * second)
                == .timedOut(.total, after: .seconds(10)))
    }

    @Test func `what comes too slowly is ended after the window`() {
        var watch = Watch(at: 0)
        let limits = limits(slowest: 100)
        #expect(watch.look(isConnected: true, bytes: 0, limits: limits, at: 0) == nil)
        #expect(watch.look(isConnected: true, bytes: 2000, limits: limits, at: 10 * second) == nil)
        #expect(
            watch.look(isConnected: true, bytes: 2500, limits: limits, at: 20 * second)
                == .tooSlow(bytesPerSecond: 50, required: 100))
    }

    @Test func `without limits nothing is looked at`() {
        #expect(limits().interval == nil)
        #expect(limits(idle: 1).interval == 100_000_000)
        #expect(limits(connect: 60).interval == 250_000_000)
    }
}
