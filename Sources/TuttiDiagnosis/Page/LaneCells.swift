/// A lane as shares: for each cell of time, how much of it was spent on what.
///
/// Threads that switch every few milliseconds would turn into stripes that come and go with the zoom
/// if their intervals were drawn one by one.
struct LaneCells {
    /// Cells as `place:letters`, a letter and a digit for each kind and its share in ninths; cells
    /// that are alike are counted: `120r9*40`.
    let text: String

    /// What is drawn: a letter each.
    private enum Kind: UInt8, CaseIterable {
        case running = 114  // r
        case ready = 119  // w
        case lock = 108  // l
        case network = 110  // n
        case disk = 100  // d
        case timer = 116  // t
        case other = 111  // o
    }

    init(_ lane: Lanes.Lane, of recording: Recording, most: Int) {
        let width = max(1, (recording.duration + UInt64(most) - 1) / UInt64(most))
        let kinds = Kind.allCases.count
        var shares = [UInt64](repeating: 0, count: most * kinds)
        for place in lane.threads {
            let thread = recording.threads[place]
            let known = LabelledThread.reasons(of: thread, reasons: recording.reasons)
            for (number, interval) in thread.intervals.enumerated() {
                let drawn = Self.kind(of: interval.state, known[number])
                guard let kind = Kind.allCases.firstIndex(of: drawn) else { continue }
                var start = interval.start
                while start < interval.end {
                    let cell = min(most - 1, Int(start / width))
                    let next = cell == most - 1 ? interval.end : UInt64(cell + 1) * width
                    let end = min(interval.end, next)
                    shares[cell * kinds + kind] += end - start
                    start = end
                }
            }
        }
        var cells: [String] = []
        for cell in 0..<most {
            cells.append(Self.letters(shares[(cell * kinds)..<((cell + 1) * kinds)], of: width))
        }
        text = Self.counted(cells)
    }

    private static func kind(of state: ThreadState, _ reason: WaitReason?) -> Kind {
        switch state {
        case .running: return .running
        case .ready: return .ready
        case .asleep:
            switch reason?.kind {
            case .lock: return .lock
            case .network: return .network
            case .disk: return .disk
            case .timer: return .timer
            default: return .other
            }
        }
    }

    private static func letters(_ shares: ArraySlice<UInt64>, of width: UInt64) -> String {
        var text = ""
        for (kind, share) in zip(Kind.allCases, shares) where share > 0 {
            let ninths = min(9, max(1, (share * 9 + width / 2) / width))
            text.unicodeScalars.append(Unicode.Scalar(kind.rawValue))
            text += "\(ninths)"
        }
        return text
    }

    /// Cells that are alike and follow each other, once with their number.
    private static func counted(_ cells: [String]) -> String {
        var parts: [String] = []
        var place = 0
        while place < cells.count {
            var end = place + 1
            while end < cells.count, cells[end] == cells[place] { end += 1 }
            parts.append(cells[place] + (end - place > 1 ? "*\(end - place)" : ""))
            place = end
        }
        return parts.joined(separator: ",")
    }
}
