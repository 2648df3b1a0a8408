import Testing
@testable import Tutti
nonisolated(unsafe) private var kept: [ProcessPool] = []
@Suite struct LeftoverTestsMutant {
    @Test func `leaks`() async throws {
        let pool = ProcessPool(width: 1); kept.append(pool)
        _ = try await pool.run(Sum(numbers: [1]))
    }
}
