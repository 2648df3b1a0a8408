/// Which threads did at least 3 % of the computing that was done while they lived.
struct BusyThreads {
    private let busy: [Bool]

    init(_ recording: Recording, from begin: UInt64, width: UInt64) {
        guard recording.duration > begin else {
            busy = recording.threads.map { _ in false }
            return
        }
        // Computing up to the beginning of each cell, so that a life is a difference of two.
        let cells = Int((recording.duration - begin) / width) + 1
        var used = [Double](repeating: 0, count: cells + 1)
        for thread in recording.threads {
            for interval in thread.intervals
            where interval.state == .running && interval.start >= begin {
                used[min(cells, Int((interval.start - begin) / width) + 1)] +=
                    seconds(interval.length)
            }
        }
        for cell in 1...cells { used[cell] += used[cell - 1] }
        func cell(_ time: UInt64) -> Int { Int((max(time, begin) - begin) / width) }
        busy = recording.threads.map { thread in
            let before = used[min(cells, cell(thread.born))]
            let after = used[min(cells, cell(max(thread.born, thread.died)) + 1)]
            let own = seconds(thread.processorTime)
            return own > 0 && own >= 0.03 * (after - before)
        }
    }

    func contains(_ thread: Int) -> Bool { busy[thread] }
}
