internal import Synchronization

/// Memory that a worker and the program share: how far the worker is with its load of jobs.
///
/// Jobs are sent to a worker many at a time, but each is claimed when it begins. Until then the
/// program can recall it: of the two, who is first has the job. Answers lie here until the load has
/// ended, so that none is lost when the worker dies.
///
/// The memory may hold anything once a job has run wild in it: whatever the program reads here is
/// checked, and nothing is read twice.
final class Ledger: Sendable {
    /// The bytes of the memory; what is never touched costs nothing.
    static let size = 256 << 10
    /// Where the answers begin, behind the counters.
    static let firstAnswer = 192

    private let segment: SharedSegment

    var descriptor: SharedDescriptor { segment.descriptor }

    /// Makes one for a new worker.
    init() throws(SystemError) {
        segment = try .create("tutti-ledger", size: Self.size)
    }

    /// Opens the one that the program has sent.
    init(_ descriptor: SharedDescriptor) throws(SystemError) {
        segment = try .map(descriptor, isWritable: true)
        // Another build would not have come so far; a number that was closed and used again might.
        guard segment.size == Self.size else {
            throw SystemError("mmap", code: 0, subject: "a ledger of \(segment.size) bytes")
        }
    }

    // MARK: Counters

    /// In the low half how many jobs of the load have begun, in the high half how many may.
    private var claims: UnsafeMutablePointer<Atomic<UInt64>> { counter(at: 0) }
    /// How many answers lie here.
    private var published: UnsafeMutablePointer<Atomic<UInt64>> { counter(at: 64) }
    /// How many jobs the load had when it was sent.
    private var sent: UnsafeMutablePointer<Atomic<UInt64>> { counter(at: 128) }

    /// How long the worker stays awake between two loads; nanoseconds, written before its first.
    var lingering: UInt64 {
        get { counter(at: 136).pointee.load(ordering: .relaxed) }
        set { counter(at: 136).pointee.store(newValue, ordering: .relaxed) }
    }

    private func counter(at offset: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        (segment.base + offset).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    private static func begun(_ claims: UInt64) -> Int { Int(claims & 0xFFFF_FFFF) }
    private static func limit(_ claims: UInt64) -> Int { Int(claims >> 32) }

    // MARK: The program's side

    /// Begins a load of `count` jobs; the worker is between two loads.
    func open(_ count: Int) {
        published.pointee.store(0, ordering: .relaxed)
        sent.pointee.store(UInt64(count), ordering: .relaxed)
        // Releasing, for whoever recalls; the worker is told by the frames that follow.
        claims.pointee.store(UInt64(count) << 32, ordering: .releasing)
    }

    /// Lets no further job begin; returns how many have.
    func recall() -> Int {
        var seen = claims.pointee.load(ordering: .acquiring)
        while Self.begun(seen) < Self.limit(seen) {
            let closed = UInt64(Self.begun(seen)) << 32 | UInt64(Self.begun(seen))
            let (isDone, now) = claims.pointee.compareExchange(
                expected: seen, desired: closed, ordering: .acquiringAndReleasing)
            if isDone { break }
            seen = now
        }
        return Self.begun(seen)
    }

    /// How many jobs have begun.
    var begun: Int { Self.begun(claims.pointee.load(ordering: .acquiring)) }

    /// How many answers lie here.
    var answered: Int { Int(truncatingIfNeeded: published.pointee.load(ordering: .acquiring)) }

    /// Copies bytes out, as far as there are any.
    func copy(_ range: Range<Int>) -> [UInt8] {
        let range = range.clamped(to: Self.firstAnswer..<Self.size)
        return [UInt8](
            UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[range]))
    }

    /// The length that stands in front of the answer at `offset`; nil when it cannot be one.
    func length(at offset: Int) -> Int? {
        guard offset >= Self.firstAnswer, offset <= Self.size - Frame.headerSize else { return nil }
        let length = Int(
            UInt32(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        return length <= Self.size - Frame.headerSize - offset ? length : nil
    }

    // MARK: The worker's side

    /// How many jobs the load had when it was sent.
    var total: Int { Int(truncatingIfNeeded: sent.pointee.load(ordering: .relaxed)) }

    /// Claims the next job; false when it was recalled, as were all after it.
    func claim() -> Bool {
        var seen = claims.pointee.load(ordering: .acquiring)
        while Self.begun(seen) < Self.limit(seen) {
            let (isDone, now) = claims.pointee.compareExchange(
                expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
            if isDone { return true }
            seen = now
        }
        return false
    }

    /// Where answers are written.
    var memory: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: segment.base, count: Self.size)
    }

    /// Lets the program see one more answer.
    func publish() {
        published.pointee.wrappingAdd(1, ordering: .releasing)
    }
}
