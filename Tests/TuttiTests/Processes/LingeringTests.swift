import Testing

@testable import Tutti

@Suite struct LingeringTests {
    @Test func `only after a short wait does one stay awake`() {
        var lingering = Lingering(limit: 50_000)
        #expect(lingering.nanoseconds == 0)
        lingering.waited(99_999)
        #expect(lingering.nanoseconds == 50_000)
        lingering.waited(100_000)
        #expect(lingering.nanoseconds == 0)
    }

    @Test func `who may not stay awake never does`() {
        var lingering = Lingering(limit: 0)
        lingering.waited(0)
        #expect(lingering.nanoseconds == 0)
    }

    @Test func `more workers than processors never stay awake`() {
        #expect(Lingering.limit(workers: Processors.usable.count + 1) == 0)
        #expect((Lingering.limit(workers: 1) > 0) == (Processors.usable.count > 1))
    }
}
