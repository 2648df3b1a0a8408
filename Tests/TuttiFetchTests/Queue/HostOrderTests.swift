import Testing

@testable import TuttiFetch

@Suite struct HostOrderTests {
    @Test func `the least loaded host comes first`() {
        var order = HostOrder()
        order.put(0, load: 70)
        order.put(1, load: 3)
        order.put(2, load: 200)
        #expect(order.first == 1)
        order.remove(1)
        #expect(order.first == 0)
        order.put(2, load: 0)
        #expect(order.first == 2)
    }

    @Test func `equal hosts take turns`() {
        var order = HostOrder()
        for host in 0..<3 { order.put(host, load: 0) }
        var turns: [Int] = []
        for turn in 1...6 {
            guard let host = order.first else { break }
            turns.append(host)
            order.put(host, load: (turn + 2) / 3)
        }
        #expect(turns == [0, 1, 2, 0, 1, 2])
    }

    @Test func `an empty order has no first, nor one whose hosts all left`() {
        var order = HostOrder()
        #expect(order.first == nil)
        order.put(5, load: 1)
        order.remove(5)
        order.remove(5)
        order.remove(9)
        #expect(order.first == nil)
    }

    @Test func `it agrees with a list that is sorted anew each time`() {
        var order = HostOrder()
        var loads: [Int: (load: Int, since: Int)] = [:]
        var state: UInt64 = 7
        for step in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let host = Int(state >> 40) % 20
            let load = Int(state >> 33) % 130
            if load > 100 {
                order.remove(host)
                loads[host] = nil
            } else {
                order.put(host, load: load)
                if loads[host]?.load != load { loads[host] = (load, step) }
            }
            let first = loads.min {
                ($0.value.load, $0.value.since) < ($1.value.load, $1.value.since)
            }
            #expect(order.first == first?.key)
        }
    }
}
