/// Goes through the moments at which any thread changes what it does, and sums what lies between.
///
/// Cost: `n log n` in the number of intervals.
struct Sweep {
    private struct Change {
        var time: UInt64
        var thread: Int32
        var stretch: Int32
    }

    private let threads: [LabelledThread]
    private let cores: Int

    /// Sums the threads of a recording into slices.
    ///
    /// - Parameters:
    ///   - recording: what was seen.
    ///   - count: how many slices of equal length, at most.
    ///   - shortest: no slice is shorter, in nanoseconds.
    /// - Returns: slices that follow each other and together are the part that is not folded.
    static func slices(
        of recording: Recording, count: Int = 512, shortest: UInt64 = 500_000
    ) -> [Slice] {
        let begin = UInt64(((recording.folded.last?.end ?? 0) * 1e9).rounded())
        guard recording.duration > begin else { return [] }
        let length = recording.duration - begin
        let width = max(shortest, (length + UInt64(count) - 1) / UInt64(count))
        return Sweep(recording, from: begin, width: width)
            .run(from: begin, to: recording.duration, width: width)
    }

    private init(_ recording: Recording, from begin: UInt64, width: UInt64) {
        cores = max(1, recording.processors)
        let busy = BusyThreads(recording, from: begin, width: width)
        let usual = UsualReasons(recording)
        let labelled = recording.threads.indices.map { place in
            LabelledThread(
                recording.threads[place], isBusy: busy.contains(place), reasons: recording.reasons,
                usual: usual.reason(of: recording.threads[place].name))
        }
        let holders = Holders(labelled)
        threads = labelled.map(holders.withoutParked)
    }

    private func run(from begin: UInt64, to end: UInt64, width: UInt64) -> [Slice] {
        var changes: [Change] = []
        changes.reserveCapacity(threads.reduce(0) { $0 + $1.stretches.count * 2 })
        for (place, thread) in threads.enumerated() {
            for (number, stretch) in thread.stretches.enumerated() where stretch.end > begin {
                changes.append(
                    Change(
                        time: max(begin, stretch.start), thread: Int32(place),
                        stretch: Int32(number)))
                let follower = number + 1
                if follower == thread.stretches.count
                    || thread.stretches[follower].start > stretch.end
                {
                    changes.append(Change(time: stretch.end, thread: Int32(place), stretch: -1))
                }
            }
        }
        changes.sort { $0.time < $1.time }

        var slices: [Slice] = []
        var slice = Slice(
            start: seconds(begin), end: seconds(min(end, begin + width)), cores: cores)
        var sliceEnd = min(end, begin + width)
        var moment = Moment(cores: cores, threads: threads.count)
        var now = begin
        func advance(to time: UInt64) {
            while now < time {
                let stop = min(time, sliceEnd)
                moment.pass(seconds(stop - now), into: &slice)
                now = stop
                guard now == sliceEnd, now < end else { continue }
                moment.flush(into: &slice)
                slices.append(slice)
                sliceEnd = min(end, now + width)
                slice = Slice(start: seconds(now), end: seconds(sliceEnd), cores: cores)
            }
        }
        for change in changes {
            advance(to: min(change.time, end))
            let stretches = threads[Int(change.thread)].stretches
            moment.set(
                Int(change.thread), to: change.stretch < 0 ? nil : stretches[Int(change.stretch)])
        }
        advance(to: end)
        moment.flush(into: &slice)
        slices.append(slice)
        tally(into: &slices, from: begin, to: end, width: width)
        return slices
    }

    /// Counts each wait in the slice that its middle lies in.
    private func tally(
        into slices: inout [Slice], from begin: UInt64, to end: UInt64, width: UInt64
    ) {
        for thread in threads {
            for stretch in thread.stretches where stretch.start >= begin {
                guard let wait = stretch.wait else { continue }
                let middle = stretch.start + (stretch.end - stretch.start) / 2
                guard middle < end else { continue }
                let place = min(slices.count - 1, Int((middle - begin) / width))
                let length = seconds(stretch.end - stretch.start)
                switch wait {
                case .outer(let reason), .background(let reason), .inner(let reason):
                    slices[place].waits[reason.kind, default: WaitTally()].add(
                        seconds: length, act: reason.act, times: max(1, reason.flights))
                case .held(let reason):
                    slices[place].locks[reason.object, default: WaitTally()].add(
                        seconds: length, act: reason.act)
                case .spare: break
                }
            }
        }
    }
}

/// Nanoseconds as seconds.
func seconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 }
