/// The jobs of a timeline, packed so that none covers another.
///
/// A worker that runs one job at a time has one row; an event loop has as many as jobs overlap.
/// Greedy interval partitioning: each job, by its start, takes the first row that is free, which
/// needs no more rows than the most jobs that overlap. O(jobs × rows).
struct Lanes {
    /// One worker.
    struct Lane {
        var number: Int
        /// Jobs side by side in time; rows lie above each other.
        var rows: [[JobSpan]]
    }

    let lanes: [Lane]

    var rowCount: Int { lanes.reduce(0) { $0 + $1.rows.count } }

    /// When the last job ended, in seconds.
    var end: Double { lanes.flatMap(\.rows).compactMap(\.last?.end).max() ?? 0 }

    init(_ spans: [JobSpan]) {
        let drawn = spans.filter { $0.start.isFinite && $0.end.isFinite && $0.end >= $0.start }
        let byLane = Dictionary(grouping: drawn, by: \.lane).sorted { $0.key < $1.key }
        lanes = byLane.map { Lane(number: $0.key, rows: Self.packed($0.value)) }
    }

    private static func packed(_ spans: [JobSpan]) -> [[JobSpan]] {
        var rows: [[JobSpan]] = []
        for span in spans.sorted(by: { ($0.start, $0.job) < ($1.start, $1.job) }) {
            let free = rows.firstIndex { row in row.last.map { $0.end <= span.start } ?? true }
            if let free {
                rows[free].append(span)
            } else {
                rows.append([span])
            }
        }
        return rows
    }
}
