import Testing

@testable import TuttiTesting

@Suite struct TurnOrderTests {
    /// The order in which `count` jobs go that are all ready.
    private func order(seed: UInt64, count: Int, turnLimit: Int = 1000) -> [Int] {
        var turns = TurnOrder<Int>(seed: seed, turnLimit: turnLimit)
        for job in 0..<count { #expect(turns.append(job) == nil) }
        var taken: [Int] = []
        while case .run(let job) = turns.next() { taken.append(job) }
        #expect(turns.turns == taken.count)
        return taken
    }

    @Test(arguments: [0, 1, 2, 3, 100])
    func `each job goes once, in the order that the seed gives`(count: Int) {
        for seed in 0..<20 as Range<UInt64> {
            let first = order(seed: seed, count: count)
            #expect(first.sorted() == Array(0..<count))
            #expect(first == order(seed: seed, count: count))
        }
    }

    @Test func `a thousand seeds find each order of three, about equally often`() {
        var counts: [[Int]: Int] = [:]
        for seed in 0..<1000 as Range<UInt64> {
            counts[order(seed: seed, count: 3), default: 0] += 1
        }
        #expect(counts.count == 6)
        // 167 on average, with a standard deviation of 12.
        #expect(counts.values.allSatisfy { (107...227).contains($0) })
    }

    @Test func `the numbers are those of the published generator`() {
        var generator = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        ]
        #expect(expected == (0..<3).map { _ in generator.next() })
    }

    @Test func `no turn is taken beyond the limit`() {
        #expect(order(seed: 0, count: 5, turnLimit: 3).count == 3)
    }

    @Test func `after the end jobs are given back`() {
        var turns = TurnOrder<Int>(seed: 0, turnLimit: 1)
        #expect(turns.append(1) == nil)
        #expect(turns.close() == [1])
        #expect(turns.append(2) == 2)
    }
}
