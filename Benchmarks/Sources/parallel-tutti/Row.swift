import Tutti

/// Serves one row on a pool.
typealias Row = @Sendable (ForkJoinPool) async -> Void
