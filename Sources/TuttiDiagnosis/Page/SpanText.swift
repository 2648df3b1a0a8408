/// Spans as the script of a page reads them, joined until they fit.
///
/// A row is a list of numbers: how much later than the one before a span starts, its length, and the
/// place of its kind and name in ``said``; below zero, `-1 - place`, when it stands for several,
/// whose number comes next. Times count in ``tick``s.
struct SpanText {
    /// The rows of each lane: lists of lists.
    let rows: [String]
    /// Kinds and names.
    let said: String
    /// Nanoseconds; a power of ten, so fine that a hundred million of them are the whole time.
    let tick: UInt64

    /// Longer names are cut.
    private static var longestName: Int { 60 }

    /// Writes the rows of each lane.
    ///
    /// - Parameters:
    ///   - lanes: what is drawn in each lane.
    ///   - duration: of the whole recording, in nanoseconds.
    ///   - room: how many bytes they may take together.
    init(_ lanes: [SpanRows], duration: UInt64, room: Int) {
        var lanes = lanes
        var tick: UInt64 = 1
        while duration / tick > 100_000_000 { tick *= 10 }
        self.tick = tick
        var width: UInt64 = 0
        func widen() {
            width = width == 0 ? max(1, duration >> 16) : width * 2
            for place in lanes.indices { lanes[place].thin(to: width) }
        }
        // No span takes fewer bytes: these need not be written to be counted.
        while lanes.reduce(0, { $0 + $1.count }) * 6 > room, width <= duration { widen() }
        var text = Self.text(lanes, tick: tick)
        while text.size > room, width <= duration {
            widen()
            text = Self.text(lanes, tick: tick)
        }
        rows = text.rows
        said = "[\(text.said.joined(separator: ","))]"
    }

    private struct Text {
        var rows: [String] = []
        var said: [String] = []
        var size = 0
    }

    private static func text(_ lanes: [SpanRows], tick: UInt64) -> Text {
        var text = Text()
        var places: [String: Int] = [:]
        func place(of mark: SpanRows.Mark) -> Int {
            let name = String(mark.name.unicodeScalars.prefix(longestName))
            let said = "[\"\(mark.kind.rawValue)\",\(Quoted.json(name))]"
            if let place = places[said] { return place }
            places[said] = text.said.count
            text.said.append(said)
            return text.said.count - 1
        }
        for lane in lanes {
            let rows = lane.rows.map { row in
                var numbers: [String] = []
                var last: UInt64 = 0
                for mark in row {
                    let start = mark.start / tick
                    let end = max(start, (mark.end + tick / 2) / tick)
                    let place = place(of: mark)
                    numbers.append("\(start - last),\(end - start)")
                    numbers.append(mark.count == 1 ? "\(place)" : "\(-1 - place),\(mark.count)")
                    last = start
                }
                return "[\(numbers.joined(separator: ","))]"
            }
            text.rows.append("[\(rows.joined(separator: ","))]")
        }
        text.size = (text.rows + text.said).reduce(0) { $0 + $1.utf8.count + 1 }
        return text
    }
}
