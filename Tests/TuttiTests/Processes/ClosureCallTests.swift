import Glibc
import Testing

@testable import Tutti

private func doubled(_ number: Int) -> Int { number * 2 }

@Suite(.timeLimit(.minutes(5))) struct ClosureCallTests {
    let pool = ProcessPool(width: 2)

    @Test func `closures that capture nothing run in a worker`() async throws {
        let own = getpid()
        #expect(try await pool.run { getpid() } != own)
        #expect(try await pool.run("abc") { $0.uppercased() } == "ABC")
        #expect(try await pool.run([1, 2, 3]) { numbers in numbers.map { $0 + 1 } } == [2, 3, 4])
        #expect(try await pool.map(0..<1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
        #expect(try await pool.map(["a", "b"]) { $0 + "!" } == ["a!", "b!"])
        #expect(try await pool.map([1, 2]) { doubled($0) } == [2, 4])
        await pool.shutdown()
    }

    @Test func `a closure may wait and throw`() async throws {
        await #expect(throws: Moody.Trouble.odd(3)) {
            try await pool.run(3) { number -> Int in
                await Task.yield()
                throw Moody.Trouble.odd(number)
            }
        }
        await pool.shutdown()
    }

    @Test func `a closure that captures is refused with a sentence`() async throws {
        let factor = Int.random(in: 2...9)
        await #expect(throws: ProcessError.capturingClosure) {
            try await pool.run { factor }
        }
        await #expect(throws: ProcessError.capturingClosure) {
            try await pool.map([1]) { $0 * factor }
        }
        #expect(ProcessError.capturingClosure.description.contains("captures something"))
        #expect(pool.workers.isEmpty)
    }

    @Test func `a trap in a closure costs its worker only`() async throws {
        await #expect(throws: ProcessError.self) {
            try await pool.run(0) { [1, 2, 3][$0 + 3] }
        }
        #expect(try await pool.run { 1 } == 1)
        await pool.shutdown()
    }

    @Test func `a place in an image that is not there is an error`() throws {
        let place = try #require(CodePlace(UInt(bitPattern: unsafeBitCast(Int.self, to: Int.self))))
        #expect(try place.address == UInt(bitPattern: unsafeBitCast(Int.self, to: Int.self)))
        #expect(CodePlace(0) == nil)
    }
}
