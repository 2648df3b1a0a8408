/// Turns the old part of a long recording into sums, so that memory stays bounded.
struct Folding {
    /// Of what was folded, in order.
    private(set) var slices: [Slice] = []
    /// Up to when; nanoseconds since the beginning.
    private var end: UInt64 = 0

    /// More intervals are folded.
    ///
    /// To fold twice as many takes twice as long, and no record is taken out of the rings meanwhile.
    static var mostIntervals: Int { 400_000 }
    /// More slices are joined, two by two.
    static var mostSlices: Int { 2048 }

    /// Folds all but the last quarter of the time that is kept, when there is too much of it.
    mutating func fold(
        _ timeline: inout Timeline, processors: Int, now: UInt64,
        mostIntervals: Int = Self.mostIntervals
    ) {
        guard timeline.intervalCount > mostIntervals, now > end else { return }
        let cut = end + (now - end) / 4 * 3
        var old = Recording(
            command: [], processors: processors, source: .switches, duration: cut,
            threads: timeline.threads, reasons: timeline.reasons)
        old.folded = slices
        slices += Sweep.slices(of: old)
        end = cut
        timeline.forget(before: cut)
        while slices.count > Self.mostSlices {
            slices = stride(from: 0, to: slices.count, by: 2).map { place in
                var slice = slices[place]
                if place + 1 < slices.count { slice += slices[place + 1] }
                return slice
            }
        }
    }
}
