import Testing

@testable import Tutti

@Suite struct ChunkPaceTests {
    /// Sizes of the chunks of a loop whose elements take `cost` nanoseconds each.
    private func chunks(of count: Int, cost: Double, grain: Grain = .automatic, width: Int = 2)
        -> (trial: [Int], rest: [Int])
    {
        var pace = ChunkPace(grain: grain)
        var (trial, sizes) = ([Int](), [Int]())
        var rest = count
        while rest > 0, !pace.endsTrial(rest: rest) {
            let size = pace.trialSize(rest: rest)
            trial.append(size)
            rest -= size
            pace.took(nanoseconds: UInt64(cost * Double(size)), elements: size)
        }
        while rest > 0 {
            let size = pace.size(rest: rest, width: width)
            sizes.append(size)
            rest -= size
            pace.took(nanoseconds: UInt64(cost * Double(size)), elements: size)
        }
        return (trial, sizes)
    }

    @Test func `a short loop is over before it is worth waking anybody`() {
        let (trial, rest) = chunks(of: 1000, cost: 1)
        #expect(trial.reduce(0, +) == 1000)
        #expect(trial.count <= 5)
        #expect(rest == [])
    }

    @Test func `a loop of heavy elements is tried out with one of them`() {
        let (trial, rest) = chunks(of: 500, cost: 1_000_000)
        #expect(trial == [1])
        #expect(rest.allSatisfy { $0 == 1 })
    }

    @Test func `chunks of cheap elements last about 50 microseconds`() {
        let (trial, rest) = chunks(of: 10_000_000, cost: 1)
        #expect(trial.reduce(0, +) < 20_000)
        #expect(rest.max() == 50_000)
    }

    @Test func `no chunk is smaller than the grain but one of a smaller loop`() {
        for count in [1, 2, 99, 100, 101, 199, 200, 201, 5000] {
            for cost in [0, 1, 100, 10_000.0] {
                let (trial, rest) = chunks(of: count, cost: cost, grain: 100)
                #expect((trial + rest).reduce(0, +) == count)
                #expect((trial + rest).allSatisfy { $0 >= min(100, count) })
            }
        }
    }

    @Test func `one cheap element does not make the next chunk a large one`() {
        var pace = ChunkPace(grain: .automatic)
        pace.took(nanoseconds: 0, elements: 1)
        #expect(pace.size(rest: 1_000_000, width: 2) <= 8)
    }

    @Test func `pieces that take less than the coming of a thief are not split`() {
        var pace = ChunkPace(grain: .automatic)
        #expect(pace.isWorthSplitting(2))
        #expect(!pace.isWorthSplitting(1))
        pace.took(nanoseconds: 1000, elements: 10)
        #expect(!pace.isWorthSplitting(199))
        #expect(pace.isWorthSplitting(200))
    }
}
