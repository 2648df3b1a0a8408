/// Jobs of one type, written: the one that `run` was given, or many of a `map`.
struct Slice: Sendable {
    /// How the jobs and their values are written.
    enum Form: UInt32, Sendable {
        /// As the wire has all values.
        case coded = 0
        /// As they lie in memory, one after the other.
        case packed = 1
    }

    /// What stands in front of the type.
    struct Head {
        static let size = 12

        /// The first job that is to run, and the one behind the last.
        let jobs: Range<Int>
        let form: Form

        /// Reads it from a frame; nil when it is none.
        init?(_ frame: Frame) {
            guard frame.bytes.count >= Frame.headerSize + Self.size else { return nil }
            let (first, end, form) = frame.bytes.withUnsafeBytes { bytes in
                func number(at offset: Int) -> UInt32 {
                    let place = Frame.headerSize + offset
                    return UInt32(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                }
                return (number(at: 0), number(at: 4), number(at: 8))
            }
            guard first <= end, let form = Form(rawValue: form) else { return nil }
            jobs = Int(first)..<Int(end)
            self.form = form
        }
    }

    let work: any Job.Type
    let form: Form
    /// How many jobs it has.
    let count: Int
    /// All of them, as they are sent without others.
    let frame: Frame
    /// Where the first of them begins there.
    private let start: Int

    private init(
        _ work: any Job.Type, _ form: Form, count: Int, start: Int, bytes: consuming [UInt8],
        _ attachments: WireAttachments
    ) throws {
        var frame = try Frame(.slice, whole: bytes)
        frame.attach(attachments)
        frame.patch(UInt32(count), at: Frame.headerSize + 4)
        frame.patch(form.rawValue, at: Frame.headerSize + 8)
        self.work = work
        self.form = form
        self.count = count
        self.frame = frame
        self.start = start
    }

    /// The frame for some of the jobs.
    func frame(for jobs: Range<Int>) -> Frame {
        guard jobs != 0..<count else { return frame }
        var frame = frame
        frame.patch(UInt32(jobs.lowerBound), at: Frame.headerSize)
        frame.patch(UInt32(jobs.upperBound), at: Frame.headerSize + 4)
        return frame
    }

    /// The jobs alone.
    var body: ArraySlice<UInt8> { frame.bytes[start...] }

    /// Corrects the heads of a whole slice, from `start` to the end, to which jobs were appended.
    static func amend(_ bytes: inout [UInt8], from start: Int, count: Int) {
        let length = bytes.count - start - Frame.headerSize
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(
                of: UInt32(length).littleEndian, toByteOffset: start, as: UInt32.self)
            $0.storeBytes(
                of: UInt32(count).littleEndian, toByteOffset: start + Frame.headerSize + 4,
                as: UInt32.self)
        }
    }
}

// MARK: Writing

extension Slice {
    /// With so many bytes a slice takes no further job.
    static let enough = 256 << 10
    /// Nor with so many descriptors: a frame cannot have very many.
    static let enoughDescriptors = 32

    /// Jobs in a slice, and why there are no more.
    struct Written {
        var slice: Slice
        /// Why the job behind the last could not be written.
        var failure: (any Error)?
    }

    /// What stands in front of jobs of a type, with room for the heads; the same for all of them.
    static func beginning(of work: any Job.Type) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Frame.headerSize + Head.size)
        try WireEncoder().encode(TypeReference(work), to: &bytes)
        return bytes
    }

    /// Writes a job.
    static func coded<Work: Job>(_ beginning: [UInt8], _ job: Work) throws -> Slice {
        do {
            var bytes: [UInt8] = []
            // Most jobs fit; each further step of growth is a copy.
            bytes.reserveCapacity(beginning.count + 96)
            bytes += beginning
            var attachments = WireAttachments()
            try WireEncoder().encode(job, to: &bytes, with: &attachments)
            return try Slice(
                Work.self, .coded, count: 1, start: beginning.count, bytes: bytes, attachments)
        } catch {
            throw JobMessage.notEncodable(Work.self, error)
        }
    }

    /// Writes jobs until there are enough or no more, or until one cannot be written.
    static func coded<Work: Job>(
        _ beginning: [UInt8], most: Int, next: () throws -> Work?
    ) throws -> Written {
        let writer = WireWriter()
        writer.append(beginning)
        var count = 0
        var failure: (any Error)?
        while failure == nil, count < most,
            writer.bytes.count + writer.attachments.arrayBytes < enough,
            writer.attachments.descriptors.count < enoughDescriptors, let job = try next()
        {
            do {
                try writer.write(job)
                count += 1
            } catch {
                failure = JobMessage.notEncodable(Work.self, error)
            }
        }
        let slice = try Slice(
            Work.self, .coded, count: count, start: beginning.count, bytes: writer.takeBytes(),
            writer.attachments)
        return Written(slice: slice, failure: failure)
    }

    /// Copies the memory of a job that is nothing but its memory.
    static func packed<Work: Job & PackedValue>(
        _ beginning: [UInt8], _ job: Work
    ) throws -> Slice {
        try withUnsafeBytes(of: job) { try packed(Work.self, beginning, count: 1, $0) }
    }

    /// Copies the memory of jobs that are nothing but their memory.
    static func packed<Work: Job & PackedValue>(
        _ beginning: [UInt8], _ jobs: ArraySlice<Work>
    ) throws -> Slice {
        let size = MemoryLayout<Work>.size
        guard size < MemoryLayout<Work>.stride else {
            return try jobs.withUnsafeBytes {
                try packed(Work.self, beginning, count: jobs.count, $0)
            }
        }
        // What lies between them is not theirs.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(jobs.count * size)
        for job in jobs { withUnsafeBytes(of: job) { bytes += $0 } }
        return try bytes.withUnsafeBytes {
            try packed(Work.self, beginning, count: jobs.count, $0)
        }
    }

    // Not generic: in a program of another module nothing of it would be known when it is compiled.
    private static func packed(
        _ work: any Job.Type, _ beginning: [UInt8], count: Int, _ jobs: UnsafeRawBufferPointer
    ) throws -> Slice {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(beginning.count + jobs.count)
        bytes += beginning
        bytes += jobs
        return try Slice(
            work, .packed, count: count, start: beginning.count, bytes: bytes, WireAttachments())
    }
}
