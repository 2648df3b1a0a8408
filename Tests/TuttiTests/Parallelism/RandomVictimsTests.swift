import Testing

@testable import Tutti

@Suite struct RandomVictimsTests {
    @Test(arguments: [0, 1, 2, 1000])
    func `every victim comes up, and none that is not there`(seed: Int) {
        var random = RandomVictims(seed: seed)
        for count in [1, 2, 3, 8, 100] {
            var seen: Set<Int> = []
            for _ in 0..<count * 40 { seen.insert(random.next(below: count)) }
            #expect(seen == Set(0..<count))
        }
    }
}
