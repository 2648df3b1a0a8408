/// What all threads do right now.
struct Moment {
    private let cores: Int
    private var current: [LabelledThread.Stretch?]
    private var running: [Int] = []
    private var ready = 0
    private var held = 0
    /// Waits under way, by kind.
    private var outer = [Int](repeating: 0, count: WaitKind.allCases.count)
    private var background = [Int](repeating: 0, count: WaitKind.allCases.count)
    private var inner = [Int](repeating: 0, count: WaitKind.allCases.count)
    private var sparePoolThreads = 0
    /// Seconds of each thread since the last flush, and whose are not zero: a table of the slice would
    /// be searched at each moment.
    private var ran: [Double]
    private var whoRan: [Int] = []
    /// Quiet seconds since the last flush; few.
    private var activities: [(activity: Activity, seconds: Double)] = []

    init(cores: Int, threads: Int) {
        self.cores = cores
        current = Array(repeating: nil, count: threads)
        ran = Array(repeating: 0, count: threads)
    }

    /// Lets a thread do something else; nil when it is gone.
    mutating func set(_ thread: Int, to stretch: LabelledThread.Stretch?) {
        if let before = current[thread] { count(before, thread: thread, by: -1) }
        current[thread] = stretch
        if let stretch { count(stretch, thread: thread, by: 1) }
    }

    private mutating func count(
        _ stretch: LabelledThread.Stretch, thread: Int, by one: Int
    ) {
        switch (stretch.state, stretch.wait) {
        case (.running, _):
            if one > 0 {
                running.append(thread)
            } else if let place = running.firstIndex(of: thread) {
                running.swapAt(place, running.count - 1)
                running.removeLast()
            }
        case (.ready, _): ready += one
        case (.asleep, .outer(let reason)):
            outer[Int(reason.kind.rawValue)] += one * max(1, reason.flights)
        case (.asleep, .background(let reason)):
            background[Int(reason.kind.rawValue)] += one * max(1, reason.flights)
        case (.asleep, .inner(let reason)): inner[Int(reason.kind.rawValue)] += one
        case (.asleep, .held): held += one
        case (.asleep, .spare(let reason)) where reason.kind == .lock: sparePoolThreads += one
        case (.asleep, _): break
        }
    }

    /// Adds a time in which nothing changes.
    ///
    /// What is summed by thread and activity is in the slice after ``flush(into:)``.
    mutating func pass(_ seconds: Double, into slice: inout Slice) {
        let demand = running.count + ready
        let wanted = min(demand, cores)
        let had = min(running.count, wanted)
        let quiet =
            demand > 0
            ? seconds * Double(had) / Double(wanted)
            : isHandOff ? min(seconds, Self.longestHandOff) : seconds
        slice.quiet += quiet
        slice.demand[wanted] += quiet
        slice.excess += Double(demand - wanted) * quiet
        slice.wanted += demand > 0 ? Double(wanted) * seconds : isHandOff ? seconds - quiet : 0
        slice.received += Double(had) * seconds
        for thread in running {
            if ran[thread] == 0 { whoRan.append(thread) }
            ran[thread] += seconds
        }
        guard demand == 0 else {
            add(quiet, of: activity(demand: demand))
            return
        }
        let (kind, depth) = cause
        slice.waitsInFlight += Double(depth) * quiet
        add(
            quiet,
            of: kind == .lock && held > 0
                ? .locked : depth >= Self.overlap ? .overlapping(kind) : .waiting(kind))
    }

    private mutating func add(_ seconds: Double, of activity: Activity) {
        if let place = activities.firstIndex(where: { $0.activity == activity }) {
            activities[place].seconds += seconds
        } else {
            activities.append((activity, seconds))
        }
    }

    /// Hands the sums by thread and activity to the slice that ends here.
    mutating func flush(into slice: inout Slice) {
        for thread in whoRan {
            slice.processorTime[thread, default: 0] += ran[thread]
            ran[thread] = 0
        }
        for (activity, seconds) in activities { slice.activity[activity, default: 0] += seconds }
        whoRan.removeAll(keepingCapacity: true)
        activities.removeAll(keepingCapacity: true)
    }

    /// Whether a lock is being handed on: all who could work wait for it, so one of them was woken.
    private var isHandOff: Bool {
        held > 0 && outer.allSatisfy { $0 == 0 } && background.allSatisfy { $0 == 0 }
            && inner.allSatisfy { $0 == 0 }
    }

    /// To wake a thread takes so many seconds on a quiet machine; beyond, it waits for a core.
    static var longestHandOff: Double { 100e-6 }

    /// As many waits at once are concurrency already.
    static var overlap: Int { 3 }

    private func activity(demand: Int) -> Activity {
        if demand >= 2 * cores { return .crowded }
        if demand >= cores { return .allCores }
        if held > 0 { return .locked }
        return demand == 1 ? .oneCore : .someCores
    }

    /// Why no thread wants a processor, and how many waits are under way.
    ///
    /// What is waited for outside explains the waits for each other, not the other way round; and
    /// what wakes now and then in the background explains nothing where there is something else.
    private var cause: (WaitKind, depth: Int) {
        for kinds in [outer, background, inner] {
            guard let most = kinds.indices.max(by: { kinds[$0] < kinds[$1] }), kinds[most] > 0,
                let kind = WaitKind(rawValue: UInt8(most))
            else { continue }
            return (kind, kinds.reduce(0, +))
        }
        return held + sparePoolThreads > 0 ? (.lock, 1) : (.idle, 0)
    }
}
