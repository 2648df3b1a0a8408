extension RandomAccessCollection where Self: Sendable, Element: Sendable {
    /// Combines each element with all before it, on every core.
    ///
    /// ```swift
    /// [1, 2, 3, 4].parallelInclusiveScan { $0 + $1 }  // [1, 3, 6, 10]
    /// ```
    ///
    /// `combine` must be associative; it need not be commutative, its arguments keep the order of
    /// the elements. What it is applied to depends on the number of workers and on time, so where
    /// it is associative only nearly, as addition of floating-point numbers is, results differ a
    /// little from call to call. It is called up to twice an element, since whoever begins in the
    /// middle must know the sum of what lies before.
    ///
    /// Goes through the collection in tiles that fit the caches, so that memory is read once
    /// (reduce, then scan: Blelloch, "Prefix Sums and Their Applications", 1990; in each tile
    /// one worker scans while the others reduce). One allocation, the array. Blocks until all is
    /// done, and computes meanwhile.
    ///
    /// - Parameters:
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - combine: combines what comes first with what comes after it.
    /// - Returns: as many elements as there are; the first one is that of the collection.
    /// - Throws: the first error that `combine` threw, or `CancellationError` when the calling
    ///   task is cancelled and `Failure` can be that. The rest is not begun, and what was made is
    ///   destroyed.
    @inlinable @inline(__always)
    public func parallelInclusiveScan<Failure: Error>(
        on pool: ForkJoinPool? = nil,
        _ combine: @Sendable (Element, Element) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        try scan(from: nil, on: pool, combine)
    }

    /// Combines all elements before each one, on every core.
    ///
    /// ```swift
    /// [1, 2, 3, 4].parallelExclusiveScan(0) { $0 + $1 }  // [0, 1, 3, 6]
    /// ```
    ///
    /// Like ``parallelInclusiveScan(on:_:)``, one element later: turns counts into places.
    ///
    /// - Parameters:
    ///   - initial: what comes before the first element.
    ///   - pool: where to run; nil for the pool that the calling thread works for, or
    ///     ``ForkJoinPool/shared``.
    ///   - combine: combines what comes first with what comes after it; associative.
    /// - Returns: as many elements as there are; the first one is `initial`, and the last element
    ///   of the collection counts for none.
    /// - Throws: the first error that `combine` threw, or `CancellationError` when the calling
    ///   task is cancelled and `Failure` can be that. The rest is not begun, and what was made is
    ///   destroyed.
    @inlinable @inline(__always)
    public func parallelExclusiveScan<Failure: Error>(
        _ initial: Element, on pool: ForkJoinPool? = nil,
        _ combine: @Sendable (Element, Element) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        try scan(from: initial, on: pool, combine)
    }

    /// Both scans: the exclusive one is the inclusive one of all but the last, after `initial`.
    @inlinable @inline(__always)
    func scan<Failure: Error>(
        from initial: Element?, on pool: ForkJoinPool?,
        _ combine: (Element, Element) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        let count = count
        // The initialiser below writes the count even into the empty array that all threads share.
        guard count > 0 else { return [] }
        var failure: Failure?
        let result = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress, count > 0 else { return }
            adviseLargePages(buffer)
            if let initial { base.initialize(to: initial) }
            let first = initial == nil ? 0 : 1
            let workers = workerCount(of: pool)
            let sums = UnsafeMutablePointer<Element?>.allocate(capacity: workers + 2)
            sums.initialize(repeating: nil, count: workers + 2)
            let times = UnsafeMutablePointer<UInt64>.allocate(capacity: workers)
            times.initialize(repeating: 0, count: workers)
            defer {
                times.deallocate()
                sums.deinitialize(count: workers + 2)
                sums.deallocate()
            }
            // Safety: each block initialises its own places and its own sum; when `combine` throws
            // it destroys those it had made, the loop undoes the complete blocks of this step, and
            // below goes what the steps before had made.
            var scan = ScanState(source: self, places: base + first, sums: sums, times: times)
            var tiles = ScanTiles(
                count: count - first, workers: workers, stride: MemoryLayout<Element>.stride)
            sums[0] = initial
            do throws(Failure) {
                while let step = tiles.next() {
                    scan.step = step
                    try withUnsafeMutablePointer(to: &scan) { scan throws(Failure) in
                        try forEachChunk(
                            of: 0..<step.workCount, grain: .elements(1), on: pool, state: scan
                        ) { scan, works throws(Failure) in
                            try scan.pointee.run(works, combine)
                        } undo: { scan, works in
                            scan.pointee.undo(works)
                        }
                    }
                    tiles.complete(step, times: times)
                    try scan.addUp(combine)
                }
                initialized = count
            } catch {
                base.deinitialize(count: first + tiles.done)
                failure = error
            }
        }
        if let failure { throw failure }
        return result
    }
}

/// One step of a scan: what can be worked on at the same time.
///
/// A tile is one block more than there are workers, and takes two steps. In the first one the first
/// block is scanned, since what comes before it is known, and the others but the last are reduced.
/// In the second one all but the first are scanned. A tile of one block takes one step.
@usableFromInline
struct ScanStep {
    /// The elements of the tile.
    @usableFromInline let start: Int
    @usableFromInline let end: Int
    @usableFromInline let firstLength: Int
    /// How long the blocks after the first one are, but for the last.
    @usableFromInline let blockLength: Int
    /// How many blocks the step works on.
    @usableFromInline let workCount: Int
    @usableFromInline let isSecond: Bool

    @usableFromInline
    init(
        start: Int, end: Int, firstLength: Int, blockLength: Int, workCount: Int, isSecond: Bool
    ) {
        self.start = start
        self.end = end
        self.firstLength = firstLength
        self.blockLength = blockLength
        self.workCount = workCount
        self.isSecond = isSecond
    }

    /// The block that the step works on at this place.
    ///
    /// The second step goes from the back: so the caller and a thief are likely to come to a block
    /// that they reduced.
    @inlinable @inline(__always)
    func block(of work: Int) -> Int {
        isSecond ? workCount - work : work
    }

    /// The elements of a block.
    @inlinable @inline(__always)
    func elements(of block: Int) -> Range<Int> {
        guard block > 0 else { return start..<start + firstLength }
        let first = start + firstLength + (block - 1) * blockLength
        return first..<min(first + blockLength, end)
    }

    /// Whether the step scans the block; otherwise it reduces it.
    @inlinable @inline(__always)
    func scans(_ block: Int) -> Bool { isSecond || block == 0 }

    /// Whether no step of the same tile comes after it.
    @inlinable @inline(__always)
    var endsTile: Bool { isSecond || start + firstLength == end }
}

/// Divides a scan into steps: how much is scanned at a time, by timing what was scanned before.
@usableFromInline
struct ScanTiles {
    /// A tile lies in the last cache of most machines, and a block comes with a few large pages.
    private static var blockBytes: Int { 4 << 20 }
    /// How long a block may take: the loop looks between the steps whether its task is cancelled.
    private static var blockTime: Double { 10_000_000 }
    /// What the caller does by itself, in nanoseconds, because help would not pay.
    private static var alone: Double { 20_000 }

    private let count: Int
    private let workers: Int
    private let most: Int
    /// How many elements are scanned.
    @usableFromInline private(set) var done = 0
    /// How many elements the caller scans next, while it is alone.
    private var reach = 1
    private var spent = 0.0
    /// What it takes to scan one element.
    private var cost = 0.0
    /// What it takes to reduce one, as a share of that: reducing writes nothing.
    private var ratio = 1.0
    /// The second step of the tile whose first one was given out.
    private var second: ScanStep?

    @usableFromInline
    init(count: Int, workers: Int, stride: Int) {
        self.count = count
        self.workers = workers
        most = max(16, Self.blockBytes / max(1, stride))
    }

    /// The next step; nil when all is scanned.
    @usableFromInline
    mutating func next() -> ScanStep? {
        if let step = second {
            second = nil
            return step
        }
        let rest = count - done
        guard rest > 0 else { return nil }
        if workers == 1 || spent < Self.alone / 4 {
            return alone(min(reach, rest, length))
        }
        // One worker scans the first block while each other one reduces a block; then each scans
        // one. The blocks of the last tile are smaller, not fewer.
        let share = Double(rest) / (Double(workers) + ratio)
        let blockLength = min(length, Int(share.rounded(.up)))
        let firstLength = max(1, Int(Double(blockLength) * ratio))
        guard cost * Double(blockLength) >= Self.alone / 4, firstLength < rest else {
            return alone(min(rest, length))
        }
        let end = min(count, done + firstLength + blockLength * workers)
        let workCount = (end - done - firstLength - 1) / blockLength + 1
        func step(isSecond: Bool) -> ScanStep {
            ScanStep(
                start: done, end: end, firstLength: firstLength, blockLength: blockLength,
                workCount: workCount, isSecond: isSecond)
        }
        second = step(isSecond: true)
        return step(isSecond: false)
    }

    /// How long a block may be.
    private var length: Int {
        // Shorter ones would leave nothing to do at the same time.
        cost > 0 ? max(16, Int(min(Double(most), Self.blockTime / cost))) : most
    }

    private func alone(_ length: Int) -> ScanStep {
        ScanStep(
            start: done, end: done + length, firstLength: length, blockLength: length, workCount: 1,
            isSecond: false)
    }

    /// Takes note that a step is done, and how long its works took, in nanoseconds.
    @usableFromInline
    mutating func complete(_ step: ScanStep, times: UnsafePointer<UInt64>) {
        done = step.isSecond ? step.end : step.start + step.firstLength
        guard !step.isSecond else { return }
        let scan = max(Double(times[0]), 1) / Double(step.firstLength)
        // Each time anew: a few elements that came with a fresh large page seem heavy.
        cost = scan
        if step.endsTile {
            spent += Double(times[0])
            reach = step.firstLength &* 4
        } else if step.workCount > 1 {
            let reduce = Double(times[1]) / Double(step.blockLength)
            ratio = (ratio + min(max(reduce / scan, 1 / 16), 1)) / 2
        }
    }
}

/// What time it is, in nanoseconds, for code that is compiled into the caller's.
@usableFromInline
func scanClock() -> UInt64 { MonotonicClock.nanoseconds }

/// What the blocks of a scan share.
@usableFromInline
struct ScanState<Source: RandomAccessCollection> {
    @usableFromInline let source: Source
    /// Where the results go.
    @usableFromInline let places: UnsafeMutablePointer<Source.Element>
    /// For each block of the tile what comes before it, and what comes before the next tile.
    ///
    /// After the first step, before they are added up, of each reduced block only its own sum.
    @usableFromInline let sums: UnsafeMutablePointer<Source.Element?>
    /// How long each work of the step took.
    @usableFromInline let times: UnsafeMutablePointer<UInt64>
    @usableFromInline var step = ScanStep(
        start: 0, end: 0, firstLength: 0, blockLength: 0, workCount: 0, isSecond: false)

    @inlinable
    init(
        source: Source, places: UnsafeMutablePointer<Source.Element>,
        sums: UnsafeMutablePointer<Source.Element?>, times: UnsafeMutablePointer<UInt64>
    ) {
        self.times = times
        self.source = source
        self.places = places
        self.sums = sums
    }

    /// Does what the step is for, on some of its blocks.
    @inlinable @inline(__always)
    func run<Failure: Error>(
        _ works: Range<Int>,
        _ combine: (Source.Element, Source.Element) throws(Failure) -> Source.Element
    ) throws(Failure) {
        for work in works {
            let block = step.block(of: work)
            let elements = step.elements(of: block)
            let start = scanClock()
            defer { times[work] = scanClock() &- start }
            do throws(Failure) {
                if !step.scans(block) {
                    sums[block + 1] = try reduce(elements, combine)
                } else {
                    let sum = try fill(elements, after: sums[block], combine)
                    // In the second step the others are known, and are being read.
                    if !step.isSecond || elements.upperBound == step.end { sums[block + 1] = sum }
                }
            } catch {
                undo(works.lowerBound..<work)
                throw error
            }
        }
    }

    /// Scans elements, and returns the sum of all so far; destroys its results when `combine` throws.
    @inlinable @inline(__always)
    func fill<Failure: Error>(
        _ elements: Range<Int>, after before: Source.Element?,
        _ combine: (Source.Element, Source.Element) throws(Failure) -> Source.Element
    ) throws(Failure) -> Source.Element {
        var place = elements.lowerBound
        let first = source[source.index(source.startIndex, offsetBy: place)]
        var sum = first
        if let before { sum = try combine(before, first) }
        (places + place).initialize(to: sum)
        place &+= 1
        do throws(Failure) {
            try source.forEachElement(of: place..<elements.upperBound) { element throws(Failure) in
                sum = try combine(sum, element)
                (places + place).initialize(to: sum)
                place &+= 1
            }
        } catch {
            (places + elements.lowerBound).deinitialize(count: place - elements.lowerBound)
            throw error
        }
        return sum
    }

    /// The sum of elements.
    @inlinable @inline(__always)
    func reduce<Failure: Error>(
        _ elements: Range<Int>,
        _ combine: (Source.Element, Source.Element) throws(Failure) -> Source.Element
    ) throws(Failure) -> Source.Element {
        var sum = source[source.index(source.startIndex, offsetBy: elements.lowerBound)]
        try source.forEachElement(of: elements.lowerBound + 1..<elements.upperBound) {
            element throws(Failure) in
            sum = try combine(sum, element)
        }
        return sum
    }

    /// Destroys what a step made.
    @inlinable
    func undo(_ works: Range<Int>) {
        for work in works {
            let block = step.block(of: work)
            guard step.scans(block) else { continue }
            let elements = step.elements(of: block)
            (places + elements.lowerBound).deinitialize(count: elements.count)
        }
    }

    /// Makes the sums of a step ready for the next one.
    @inlinable @inline(__always)
    func addUp<Failure: Error>(
        _ combine: (Source.Element, Source.Element) throws(Failure) -> Source.Element
    ) throws(Failure) {
        guard !step.endsTile else {
            sums[0] = sums[step.isSecond ? step.workCount + 1 : 1]
            return
        }
        for block in 1..<step.workCount {
            guard let before = sums[block], let sum = sums[block + 1] else { continue }
            sums[block + 1] = try combine(before, sum)
        }
    }
}
