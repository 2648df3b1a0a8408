/// How many elements make the next chunk of a loop: found by timing the chunks before it.
///
/// A chunk lasts some 50 µs: short enough for idle workers to get their share of an uneven loop
/// soon, long enough for the clock and the look at the deque to cost a thousandth of it. A body
/// of a nanosecond gets chunks of ten thousands of elements, one of a millisecond chunks of one.
struct ChunkPace {
    /// How long a chunk should take, in nanoseconds.
    private static var target: Double { 50_000 }
    /// What is worth giving away: a thief comes for it over some 10 µs.
    private static var worth: Double { 10_000 }
    /// How long a loop is tried out before anybody is woken for it.
    private static var trial: Double { 5_000 }
    /// A loop is tried out when it has this many elements a worker: one that turns out to be heavy
    /// has cost a sixteenth of what each has to do then.
    static var trialShare: Int { 16 }

    /// The fewest elements of a chunk.
    let grain: Int
    /// What one element took in the last chunk; nil before the first.
    private var cost: Double?
    /// The next chunk is at most this long, so that a few cheap elements prove little.
    private var reach: Int
    /// How long all chunks took together.
    private var spent = 0.0
    /// When the last chunk ended; nil when something else was done since.
    private var lastEnd: UInt64?

    init(grain: Grain) {
        switch grain {
        case .automatic: self.grain = 1
        case .elements(let number):
            guard number >= 1 else {
                fatalError("A grain of \(number) makes no chunk: give 1 or more.")
            }
            self.grain = number
        }
        reach = self.grain
    }

    /// Runs a chunk and takes note of how long it took; gives back what `body` said.
    mutating func time(_ chunk: Range<Int>, _ body: (Range<Int>) -> Bool) -> Bool {
        let start = lastEnd ?? MonotonicClock.nanoseconds
        let succeeded = body(chunk)
        let end = MonotonicClock.nanoseconds
        took(nanoseconds: end &- start, elements: chunk.count)
        lastEnd = end
        return succeeded
    }

    /// What is known of the chunks so far, for somebody who begins now.
    var forStart: ChunkPace {
        var pace = self
        pace.lastEnd = nil
        return pace
    }

    /// Takes note of a chunk.
    mutating func took(nanoseconds: UInt64, elements: Int) {
        let time = Double(nanoseconds)
        spent += time
        // A clock that did not move says that the chunk was too short to be timed.
        cost = max(time, 1) / Double(elements)
        reach = elements &* 7
    }

    /// Whether the loop was tried out long enough, with `rest` elements still to do.
    func endsTrial(rest: Int) -> Bool {
        guard let cost, spent >= Self.trial else { return false }
        return cost * Double(rest) >= Self.worth
    }

    /// The size of the next chunk out of `rest` elements while the loop is tried out.
    func trialSize(rest: Int) -> Int {
        size(lasting: Self.worth, rest: rest, most: rest)
    }

    /// The size of the next chunk out of `rest` elements.
    ///
    /// Never more than a small share of what is left: what comes may be heavier than what was.
    func size(rest: Int, width: Int) -> Int {
        size(lasting: Self.target, rest: rest, most: rest / (8 * width))
    }

    private func size(lasting time: Double, rest: Int, most: Int) -> Int {
        let wanted = cost.map { min(Double(reach), time / $0) } ?? Double(reach)
        let size = max(grain, min(Int(wanted), most), 1)
        // A last chunk below the grain joins the one before it.
        return rest - size < grain ? rest : size
    }

    /// Whether `rest` elements are worth being split in two.
    func isWorthSplitting(_ rest: Int) -> Bool {
        guard rest / 2 >= grain else { return false }
        guard let cost else { return true }
        return cost * Double(rest / 2) >= Self.worth
    }
}
