import CTutti
import Testing

@testable import Tutti

@Suite struct WordSortTests {
    /// Words that differ, words that are often equal, and the ends of the range.
    private func words(_ count: Int, seed: Int) -> [UInt64] {
        var random = RandomVictims(seed: seed)
        return (0..<count).map { _ in
            switch random.next(below: 8) {
            case 0: [0, .max, 1 << 63, (1 << 63) - 1][random.next(below: 4)]
            case 1, 2: UInt64(random.next(below: 5))
            default:
                UInt64(random.next(below: 1 << 32)) << 32 | UInt64(random.next(below: 1 << 32))
            }
        }
    }

    @Test(.enabled(if: tutti_partitions_words() != 0), arguments: [UInt64(0), 1 << 63])
    func `a partition by vectors moves what is below before the rest, and loses nothing`(
        flip: UInt64
    ) {
        for count in Array(0...300) + [1000, 4095, 4096, 4097] {
            let before = words(count, seed: count)
            for pivot in [before.first ?? 0, 0, .max, 3, 1 << 63] {
                var after = before
                let lower = tutti_partition_words(&after, count, pivot, flip)
                #expect(after[..<lower].allSatisfy { $0 ^ flip < pivot ^ flip })
                #expect(after[lower...].allSatisfy { $0 ^ flip >= pivot ^ flip })
                #expect(after.sorted() == before.sorted())
            }
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `integers of 64 bits, signed or not, are sorted as by the library`(width: Int) {
        let pool = ForkJoinPool(width: width)
        for count in [0, 1, 2, 23, 24, 25, 26, 64, 65, 1000, 4096, 4097, 100_000] {
            var unsigned = words(count, seed: count)
            var signed = unsigned.map { Int64(bitPattern: $0) }
            var platform = unsigned.map { Int(truncatingIfNeeded: $0) }
            let expected = (unsigned.sorted(), signed.sorted(), platform.sorted())
            unsigned.parallelSort(on: pool)
            signed.parallelSort(on: pool)
            platform.parallelSort(on: pool)
            #expect(unsigned == expected.0)
            #expect(signed == expected.1)
            #expect(platform == expected.2)
        }
    }

    @Test func `patterns that defeat a pivot end as sorted`() {
        let count = 30_000
        let patterns: [[Int]] = [
            Array(0..<count), Array((0..<count).reversed()), Array(repeating: 7, count: count),
            (0..<count).map { min($0, count - $0) }, (0..<count).map { $0 % 1000 },
            (0..<count).map { $0 % 2 == 0 ? $0 : -$0 }, (0..<count).map { _ in .max },
        ]
        for pattern in patterns {
            var sorted = pattern
            sorted.parallelSort()
            #expect(sorted == pattern.sorted())
        }
    }
}
