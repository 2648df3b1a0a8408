/// The spans of one lane, packed so that none covers another.
///
/// A thread that runs one job at a time has one row; an event loop has as many as its jobs overlap.
/// Greedy interval partitioning: each span, by its start, takes the first row that is free, which
/// needs no more rows than the most spans that overlap. O(spans × rows).
struct SpanRows {
    /// One span, or several in a row that are too short to be seen apart.
    struct Mark: Hashable {
        var kind: Recording.Span.Kind
        /// Of the span; empty for several.
        var name: String
        var start: UInt64
        var end: UInt64
        var count = 1
    }

    private(set) var rows: [[Mark]]
    /// Spans for which there was no row.
    private(set) var leftOut = 0

    /// Packs spans, given in the order of their starts, into at most so many rows.
    init(_ spans: some Sequence<Recording.Span>, most: Int) {
        rows = []
        var ends: [UInt64] = []
        for span in spans {
            let mark = Mark(kind: span.kind, name: span.name, start: span.start, end: span.end)
            if let free = ends.firstIndex(where: { $0 <= span.start }) {
                rows[free].append(mark)
                ends[free] = span.end
            } else if rows.count < most {
                rows.append([mark])
                ends.append(span.end)
            } else {
                leftOut += 1
            }
        }
    }

    /// How many marks there are.
    var count: Int { rows.reduce(0) { $0 + $1.count } }

    /// Joins what lies within one column of this width, in nanoseconds.
    ///
    /// It is drawn as the longest of them.
    mutating func thin(to width: UInt64) {
        for row in rows.indices {
            var thinned: [Mark] = []
            // Of the last mark, the longest span.
            var longest: UInt64 = 0
            for mark in rows[row] {
                let length = mark.end - mark.start
                guard let last = thinned.last, last.start / width == mark.end / width else {
                    thinned.append(mark)
                    longest = length
                    continue
                }
                let place = thinned.count - 1
                thinned[place].end = mark.end
                thinned[place].count += mark.count
                thinned[place].name = ""
                if length > longest { (thinned[place].kind, longest) = (mark.kind, length) }
            }
            rows[row] = thinned
        }
    }
}
