import Testing

@testable import Tutti

/// Says where its waiting part and its computing part ran.
private struct Where: Job {
    struct Output: Codable, Sendable {
        var waited: String
        var computed: String
    }
    struct Refused: Error, Equatable {}
    var fails = false

    func run() async throws -> Output {
        let waited = Self.threadName
        let fails = fails
        let computed = try await computing { () throws(Refused) in
            if fails { throw Refused() }
            return Self.threadName
        }
        return Output(waited: waited, computed: computed)
    }

    private static var threadName: String {
        String((readTextFile("/proc/self/task/\(Thread.currentID)/comm") ?? "").prefix(10))
    }
}

@Suite struct ComputingTests {
    @Test func `without cores to feed, computing is a plain call`() async throws {
        let places = try await Where().run()
        #expect(places.waited == places.computed)
        let threads = try await [Where()].run(on: .threads)
        #expect(threads[0].waited == "tutti-call")
        #expect(threads[0].computed == "tutti-call")
    }

    @Test func `fed cores compute, the rest stays where it was`() async throws {
        let places = try await [Where(), Where()].run(on: .threads.feeding(.cores))
        for place in places {
            #expect(place.waited == "tutti-call")
            #expect(place.computed == "tutti-core")
        }
    }

    @MainActor
    @Test func `a job that is handed over from the main actor leaves it`() async throws {
        let both = ThreadPool.shared.feeding(.cores)
        let place = try await both.run(Where())
        #expect(place.waited == "tutti-call")
        #expect(place.computed == "tutti-core")
    }

    @Test func `an error of the computing part is the job's`() async {
        await #expect(throws: Where.Refused()) {
            try await [Where(fails: true)].run(on: .threads.feeding(.cores))
        }
    }

    @Test func `the combination has both names and takes what the first takes`() {
        let both = ThreadPool.shared.feeding(.cores)
        #expect(both.name == "threads+cores")
        #expect(both.capacity == nil)
        #expect(Feeding(InOrder(), cores: .cores, name: "x").name == "x")
    }
}
