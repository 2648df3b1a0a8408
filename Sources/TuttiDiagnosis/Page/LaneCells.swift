/// A lane as shares: for each cell of time, how much of it was spent on what.
///
/// Threads that switch every few milliseconds would turn into stripes that come and go with the zoom
/// if their intervals were drawn one by one.
struct LaneCells {
    /// The cells one after the other, such as `R3d6*40-*9`.
    ///
    /// A letter and a digit stand for each kind and its share in ninths, the first letter of a cell
    /// large; `-` for none. Cells that are alike are counted.
    let text: String

    /// What is drawn: a letter each.
    enum Kind: UInt8, CaseIterable {
        case running = 114  // r
        case ready = 119  // w
        case lock = 108  // l
        case network = 110  // n
        case disk = 100  // d
        case timer = 116  // t
        case other = 111  // o
    }

    /// Divides the whole time into `count` cells.
    init(_ lane: Lanes.Lane, of recording: Recording, count: Int) {
        let width = max(1, (recording.duration + UInt64(count) - 1) / UInt64(count))
        let kinds = Kind.allCases.count
        var shares = [UInt64](repeating: 0, count: count * kinds)
        for place in lane.threads {
            let thread = recording.threads[place]
            let known = LabelledThread.reasons(of: thread, reasons: recording.reasons)
            for (number, interval) in thread.intervals.enumerated() {
                let drawn = Self.kind(of: interval.state, known[number])
                guard let kind = Kind.allCases.firstIndex(of: drawn) else { continue }
                var start = interval.start
                while start < interval.end {
                    let cell = min(count - 1, Int(start / width))
                    let next = cell == count - 1 ? interval.end : UInt64(cell + 1) * width
                    let end = min(interval.end, next)
                    shares[cell * kinds + kind] += end - start
                    start = end
                }
            }
        }
        var text = ""
        var last = ""
        var alike = 0
        for cell in 0..<count {
            let letters = Self.letters(shares[(cell * kinds)..<((cell + 1) * kinds)], of: width)
            if letters == last {
                alike += 1
                continue
            }
            if alike > 1 { text += "*\(alike)" }
            text += letters
            (last, alike) = (letters, 1)
        }
        self.text = alike > 1 ? text + "*\(alike)" : text
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
            case .timer, .loopTimer: return .timer
            default: return .other
            }
        }
    }

    private static func letters(_ shares: ArraySlice<UInt64>, of width: UInt64) -> String {
        var text = ""
        for (kind, share) in zip(Kind.allCases, shares) where share > 0 {
            let ninths = min(9, max(1, (share * 9 + width / 2) / width))
            let letter = text.isEmpty ? kind.rawValue - 32 : kind.rawValue
            text.unicodeScalars.append(Unicode.Scalar(letter))
            text += "\(ninths)"
        }
        return text.isEmpty ? "-" : text
    }
}
