/// Serves one row, on as many threads as given.
typealias Row = @Sendable (Int) async -> Void

/// The borders of `count` pieces of almost equal length.
func pieces(_ count: Int, of length: Int) -> [Range<Int>] {
    (0..<count).map { (length * $0 / count)..<(length * ($0 + 1) / count) }
}
