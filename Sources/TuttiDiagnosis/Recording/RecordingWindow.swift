extension Recording {
    /// What happened from one moment to another, as a recording that begins with the first.
    ///
    /// Of what was folded, the slices that lie wholly within are kept. All threads are, since slices
    /// know them by their places.
    ///
    /// - Parameters:
    ///   - start: in nanoseconds since the recording began.
    ///   - end: no earlier than `start`.
    /// - Returns: the same threads, with what they did in that time.
    package func window(from start: UInt64, to end: UInt64) -> Recording {
        let end = min(max(start, end), duration)
        let start = min(start, end)
        func moved(_ time: UInt64) -> UInt64 { min(max(time, start), end) - start }
        var window = self
        window.began = began == 0 ? 0 : began + start
        window.duration = end - start
        for place in window.threads.indices {
            var thread = window.threads[place]
            (thread.born, thread.died) = (moved(thread.born), moved(thread.died))
            thread.intervals = thread.intervals.filter { $0.start < end && $0.end > start }
            for place in thread.intervals.indices {
                let interval = thread.intervals[place]
                thread.intervals[place].start = moved(interval.start)
                thread.intervals[place].end = moved(interval.end)
            }
            window.threads[place] = thread
        }
        window.spans = spans.filter { $0.start <= end && $0.end >= start }.map { span in
            var span = span
            (span.start, span.end) = (moved(span.start), moved(span.end))
            return span
        }
        let (first, last) = (seconds(start), seconds(end))
        window.folded = folded.filter { $0.start >= first && $0.end <= last }.map { slice in
            var slice = slice
            (slice.start, slice.end) = (slice.start - first, slice.end - first)
            return slice
        }
        let share = duration == 0 ? 0 : Double(window.duration) / Double(duration)
        window.looks = Int(Double(looks) * share)
        window.recorderTime = UInt64(Double(recorderTime) * share)
        return window
    }
}
